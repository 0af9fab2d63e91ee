"""What may be asked of the insight pages."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.days import local_date
from casetracker.services.commands.fields import BlankIsNone, Command, Line, OptionalLine
from casetracker.services.commands.searching import read_day, read_whole

_Day = Annotated[date, BeforeValidator(read_day)]
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")


def _read_month(value: Any) -> Any:
    """`YYYY-MM`."""
    if isinstance(value, str) and _MONTH.fullmatch(value.strip()):
        return value.strip()
    raise PydanticCustomError("bad_month", "bad_month")


_Month = Annotated[str, BeforeValidator(_read_month)]


class TopicsQuestion(Command):
    """热点: so many days up to a day, today where none is given."""

    days: Annotated[Literal[7, 30, 90], BeforeValidator(read_whole)] = Field(7, title="天数")
    until: Annotated[_Day | None, BlankIsNone] = Field(None, title="截至日期")

    def last_day(self, now: datetime) -> date:
        """No day later than today."""
        today = local_date(now)
        return min(self.until or today, today)


class MatterQuestion(TopicsQuestion):
    """One matter of those days: all its cases, or those still open."""

    only_open: bool = Field(default=False, title="只看在办")


class NoQuestion(Command):
    """Nothing is asked for: the page shows one thing."""


class HoursQuestion(Command):
    """民生十二时辰: so many days up to today."""

    days: Annotated[Literal[30, 90, 365], BeforeValidator(read_whole)] = Field(90, title="天数")


class MonthQuestion(Command):
    """A month, the running one where none is given."""

    month: Annotated[_Month | None, BlankIsNone] = Field(None, title="月份，如 2026-03")

    def chosen(self, now: datetime) -> str:
        """The month asked for, or the running one, as YYYY-MM."""
        return self.month or local_date(now).strftime("%Y-%m")


class InsightCasesQuestion(Command):
    """The cases behind one figure of these pages: a row is named by codes, an empty code is the
    row without one."""

    figure: Annotated[str, Field(max_length=20)] = Field(title="指标")
    first: Annotated[_Day | None, BlankIsNone] = Field(None, title="起始日期")
    last: Annotated[_Day | None, BlankIsNone] = Field(None, title="结束日期")
    definition: Annotated[_Day | None, BlankIsNone] = Field(
        None, title="按哪一天的口径，缺省为结束日期"
    )
    unit: str | None = Field(None, max_length=200, title="承办单位")
    area: str | None = Field(None, max_length=200, title="所在社区")
    category: str | None = Field(None, max_length=200, title="问题分类（含下级）")
    leaf: str | None = Field(None, max_length=200, title="问题分类（不含下级）")
    channel: str | None = Field(None, max_length=200, title="来源渠道")
    person: str | None = Field(None, max_length=200, title="承办人")
    dispatcher: str | None = Field(None, max_length=200, title="派单员")
    weekday: Annotated[int | None, BeforeValidator(read_whole), BlankIsNone] = Field(
        None, ge=0, le=6, title="星期"
    )
    watch: Annotated[int | None, BeforeValidator(read_whole), BlankIsNone] = Field(
        None, ge=0, le=11, title="时辰"
    )
    cursor: OptionalLine = Field(None, title="上一页给出的位置")


class PlaceScreen(Command):
    """设为大屏: this very computer shows the wall from now on."""

    name: Annotated[Line, Field(max_length=40)] = Field(
        title="位置", description="如：指挥中心东墙"
    )
