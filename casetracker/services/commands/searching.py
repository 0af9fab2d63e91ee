"""What may be asked of a list of cases, given as text by programs: the API and exports."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from casetracker.domain.days import at
from casetracker.domain.reports.figure_periods import FigurePeriod, figure_period
from casetracker.domain.vocabulary import (
    Basis,
    Channel,
    Dimension,
    ExcludeReason,
    Kind,
    RequestKind,
    State,
    Track,
)
from casetracker.services.commands.fields import (
    YEARS,
    BlankIsNone,
    Command,
    Line,
    OptionalLine,
    code_of,
    read_instant,
)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,9}")
LONGEST_PAGE = 200


def read_day(value: Any) -> Any:
    """`YYYY-MM-DD` as a date."""
    day = value if isinstance(value, date) else None
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        with suppress(ValueError):
            day = date.fromisoformat(value.strip())
    if day is None or day.year not in YEARS:
        raise PydanticCustomError("bad_date", "bad_date")
    return day


def read_whole(value: Any) -> Any:
    """Plain digits only: no signs, blanks or full-width digits."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise PydanticCustomError("bad_number", "bad_number")
        return int(value)
    return value


SAID_AS = WithJsonSchema(
    {"type": "string", "examples": ["2026-03-01", "2026-03-01T09:30:00+08:00"]}
)


def _moment(*, end: bool) -> Any:
    """An instant, or a whole day in Shanghai: from its start, or until its end."""

    def read(value: Any) -> Any:
        if isinstance(value, str) and _DAY.fullmatch(value.strip()):
            day = read_day(value)
            return at(day + timedelta(days=1) if end else day, datetime.min.time())
        return read_instant(value)

    return BeforeValidator(read)


class CaseSearch(Command):
    """查询工单: all conditions hold together."""

    state: Annotated[State | None, code_of(State), BlankIsNone] = Field(None, title="状态")
    track: Annotated[Track | None, code_of(Track), BlankIsNone] = Field(None, title="办件类别")
    channel: Annotated[Channel | None, code_of(Channel), BlankIsNone] = Field(
        None, title="来源渠道"
    )
    kind: Annotated[Kind | None, code_of(Kind), BlankIsNone] = Field(None, title="诉求类型")
    category: OptionalLine = Field(None, title="问题分类（名称或代码，含下级）")
    unit: OptionalLine = Field(None, title="主办单位（名称或代码，含下级）")
    assignee: OptionalLine = Field(None, title="承办人用户名，或 me")
    standing: Annotated[Literal["overdue", "due_soon"] | None, BlankIsNone] = Field(
        None, title="时限情况：overdue 已超期，due_soon 临期"
    )
    received_from: Annotated[datetime | None, SAID_AS, _moment(end=False), BlankIsNone] = Field(
        None, title="受理时间起（日期或时刻）"
    )
    received_to: Annotated[datetime | None, SAID_AS, _moment(end=True), BlankIsNone] = Field(
        None, title="受理时间止（日期含当日，时刻不含）"
    )
    q: OptionalLine = Field(None, title="关键词、编号、电话或姓名")


class CasePageSearch(CaseSearch):
    """One page of what is asked for."""

    sort: Annotated[
        Literal["due", "received", "-received", "number", "-number", "newest"] | None, BlankIsNone
    ] = Field(None, title="排序，减号为倒序")
    limit: Annotated[int, BeforeValidator(read_whole)] = Field(
        50, ge=1, le=LONGEST_PAGE, title="每页条数"
    )
    cursor: Annotated[str | None, BlankIsNone] = Field(
        None, max_length=300, title="上一页给出的 next_cursor"
    )


class DayRange(Command):
    """Days from the first to the last, both included."""

    first: Annotated[date, BeforeValidator(read_day)] = Field(alias="from", title="起始日期")
    last: Annotated[date, BeforeValidator(read_day)] = Field(alias="to", title="结束日期")


class _OfFigures(Command):
    """By which definitions, in lines of what, as of when."""

    profile: OptionalLine = Field(None, title="口径代码，缺省为本街道所用口径")
    by: Annotated[Dimension, code_of(Dimension)] = Field(Dimension.UNIT, title="按什么分行")
    basis: Annotated[Basis, code_of(Basis)] = Field(
        Basis.LIVE, title="哪一套数字（live 实时，frozen 冻结时，corrected 最近一次更正后）"
    )


class MonthlyQuestion(_OfFigures):
    """月度指标 of one month."""

    month: Line = Field(title="月份，如 2026-03", json_schema_extra={"examples": ["2026-03"]})


class AppraisalSearch(Command):
    """查询剔除、申诉、第三方评价: waiting ones, or those decided in a month."""

    status: Literal["waiting", "decided"] = Field("waiting", title="待审定或已审定")
    kind: Annotated[RequestKind | None, code_of(RequestKind), BlankIsNone] = Field(
        None, title="类别"
    )
    month: OptionalLine = Field(None, title="审定月份，如 2026-03")
    finding: Annotated[
        Literal["reasonable", "unreasonable", "done", "not_done"] | None, BlankIsNone
    ] = Field(None, title="第三方评价结论")


class AnnualQuestion(Command):
    """年度指标: which year by which definitions."""

    year: Annotated[int, BeforeValidator(read_whole)] = Field(
        ge=2000, le=2100, title="年份，如 2026"
    )
    profile: OptionalLine = Field(None, title="口径代码，缺省为本街道所用口径")


class CaseFiguresQuestion(Command):
    """How one case stands to the metrics of a month: which month, by which definitions."""

    month: OptionalLine = Field(None, title="月份，如 2026-03；缺省为办理期限所在的月份")
    profile: OptionalLine = Field(None, title="口径，缺省按办件类别")


class FigureQuestion(_OfFigures):
    """The cases behind one figure. An empty `key` is the row without one, none at all the total.

    `metric` names a metric of the profile, or a figure of `stats.report_figures`.
    """

    period: Line = Field(
        title="期间",
        description="月 2026-03、周 2026-W10、日 2026-03-05、年 2026，"
        "或起止日期 2026-03-01--2026-03-07",
        json_schema_extra={"examples": ["2026-03", "2026-W10"]},
    )
    metric: Line = Field(title="指标代码")
    part: Literal["numerator", "denominator", "excluded"] = Field("denominator", title="哪一部分")
    key: str | None = Field(None, max_length=200, title="行的 key；留空为没有 key 的那一行")
    reason: Annotated[ExcludeReason | None, code_of(ExcludeReason), BlankIsNone] = Field(
        None, title="剔除原因，只用于剔除的工单"
    )
    kind: Annotated[Kind | None, code_of(Kind), BlankIsNone] = Field(None, title="诉求类型")
    topic: OptionalLine = Field(None, title="问题分类（含下级）")
    area: OptionalLine = Field(None, title="所在社区（不含下级网格）")
    channels: OptionalLine = Field(None, title="来源渠道代码，几个的以逗号分开")
    settled: OptionalLine = Field(None, title="化解层级代码，几个的以逗号分开")
    community: str | None = Field(None, max_length=200, title="所属社区；留空为未登记所属社区的")
    limit: Annotated[int, BeforeValidator(read_whole)] = Field(
        50, ge=1, le=LONGEST_PAGE, title="每页条数"
    )
    cursor: Annotated[str | None, BlankIsNone] = Field(
        None, max_length=300, title="上一页给出的 next_cursor"
    )

    @model_validator(mode="before")
    @classmethod
    def _of_a_month(cls, given: Any) -> Any:
        return dated(given) if isinstance(given, dict) else given

    @property
    def covered(self) -> FigurePeriod:
        """What the figure is counted in. Raises InvalidInput for what is no period."""
        return figure_period(self.period)

    @property
    def is_of_month(self) -> bool:
        """Whether that is a month, which alone can be frozen. Raises InvalidInput as above."""
        return self.covered.key == self.covered.month


def dated(given: dict[str, Any]) -> dict[str, Any]:
    """A month may be named `month`, as the API has it and files printed earlier do."""
    if "period" in given or "month" not in given:
        return given
    return {"period" if name == "month" else name: value for name, value in given.items()}
