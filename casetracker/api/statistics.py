"""`GET /statistics/monthly`, the cases behind each of its figures, and `/statistics/annual`."""

from typing_extensions import TypedDict

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.api.plain import plain
from casetracker.api.representations import CaseInList, listed
from casetracker.domain.permissions import Right
from casetracker.services.commands.searching import (
    AnnualQuestion,
    CaseFiguresQuestion,
    FigureQuestion,
    MonthlyQuestion,
)
from casetracker.services.figures.cases import cases_of_figure, figures_of_case
from casetracker.services.figures.monthly import annual_figures, monthly_figures
from casetracker.services.figures.reasons import FigurePart, InFigure
from casetracker.services.people.api_clients import ApiScope


class RateJson(TypedDict):
    """`value` is a fraction, null for a count and for an empty denominator."""

    value: float | None
    numerator: float
    denominator: int | None
    excluded: dict[str, int]


class FiguresJson(TypedDict):
    """Metrics by code."""

    metrics: dict[str, RateJson]


class OtherMonthJson(FiguresJson):
    """The figures of another month, by the definitions that held for it."""

    profile: str
    name: str
    definition_version: str


class ComparedMonthJson(OtherMonthJson):
    """A month that is compared with: `basis` is `frozen` or `corrected` where it was published."""

    basis: str


class RowJson(FiguresJson):
    """One line; `key` is null where a case has none yet."""

    key: str | None
    label: str


class MetricJson(TypedDict):
    """What a metric counts, and where that stands."""

    name: str
    text: str
    source: str


class DefinitionJson(TypedDict):
    """The profile's definitions."""

    name: str
    effective_from: str
    aggregation: str
    decimals: int
    metrics: dict[str, MetricJson]


class CorrectionJson(TypedDict):
    """One correction (更正) of a frozen month."""

    number: int
    document_number: str | None
    issued_at: str
    issued_by: str
    reason: str
    sha256: str


class SnapshotJson(TypedDict):
    """A month that was frozen by these definitions."""

    frozen_at: str
    frozen_by: str
    definition_version: str
    sha256: str
    corrections: list[CorrectionJson]


class MonthlyJson(TypedDict):
    """The month, its rows and total, and the months it is compared with."""

    month: str
    profile: str
    definition_version: str
    basis: str
    as_of: str
    by: str
    rows: list[RowJson]
    total: FiguresJson
    previous: ComparedMonthJson
    last_year: ComparedMonthJson
    snapshot: SnapshotJson | None
    definition: DefinitionJson


class ExclusionJson(TypedDict):
    """Who asked to leave the case out, on what grounds, and who granted it."""

    requested_by: str | None
    requested_at: str
    grounds: str
    decided_by: str | None
    decided_at: str | None


class InFigureJson(TypedDict):
    """Where a case stands in a figure: `credit` is what it adds to the numerator."""

    part: FigurePart
    credit: float
    words: list[str]
    exclusion: ExclusionJson | None


class CaseOfFigure(CaseInList):
    """A case of a list with why it is there."""

    why: InFigureJson


class FigureCasesJson(TypedDict):
    """One page; give `next_cursor` as `cursor` for the next one, null on the last."""

    items: list[CaseOfFigure]
    next_cursor: str | None


class CaseFiguresJson(TypedDict):
    """How one case stands to every metric of the profile in the month, by code."""

    number: str
    month: str
    profile: str
    definition_version: str
    metrics: dict[str, InFigureJson]


class MonthJson(OtherMonthJson):
    """One month of the year."""

    month: str


class AnnualJson(TypedDict):
    """The year by months, and the months together."""

    year: int
    profile: str
    definition_version: str
    as_of: str
    months: list[MonthJson]
    total: FiguresJson
    definition: DefinitionJson


def _monthly(call: Call) -> Answer:
    asked: MonthlyQuestion = call.query
    return Answer(monthly_figures(call.ctx, asked))


def _annual(call: Call) -> Answer:
    asked: AnnualQuestion = call.query
    return Answer(annual_figures(call.ctx, asked))


def _cases(call: Call) -> Answer:
    asked: FigureQuestion = call.query
    page = cases_of_figure(call.ctx, asked)
    items = [{**listed(row), "why": _in_figure(page.reasons[row.id])} for row in page.rows]
    return Answer({"items": items, "next_cursor": page.next_cursor})


def _of_case(call: Call) -> Answer:
    asked: CaseFiguresQuestion = call.query
    found = figures_of_case(call.ctx, call.path["number"], asked)
    return Answer(
        {
            "number": found.number,
            "month": found.month,
            "profile": found.profile.code,
            "definition_version": found.profile.version,
            "metrics": {metric.code: _in_figure(one) for metric, one in found.standings},
        }
    )


def _in_figure(one: InFigure) -> InFigureJson:
    return {
        "part": one.part,
        "credit": float(one.credit),
        "words": list(one.words),
        "exclusion": plain(one.exclusion),
    }


OPERATIONS = (
    Operation(
        method="GET",
        path="/statistics/monthly",
        name="monthly_statistics",
        summary="月度指标",
        description="默认实时计算，只含本人岗位可见的工单。`previous` 为上月，`last_year` 为"
        "上年同月；看得到全街道的，已冻结的月份取公布的数字（有更正的取最近一次更正后的），"
        "各自的 `basis` 说明取的是哪一套。`snapshot` 说明本月是否已按此口径冻结；"
        "`basis=frozen` 读取冻结时的数字，`basis=corrected` 读取最近一次更正后的数字，"
        "须有编制通报的权限。",
        tag="统计",
        scope=ApiScope.STATISTICS_READ,
        rights=(Right.STATISTICS,),
        view=_monthly,
        query=MonthlyQuestion,
        returns={200: Returned("月度指标", MonthlyJson)},
    ),
    Operation(
        method="GET",
        path="/statistics/monthly/cases",
        name="monthly_cases",
        summary="数字背后的工单",
        description="某个指标的分子、分母或剔除的工单，件数与月度指标一致；`why` 说明每件的原因。"
        "`period` 也可为周、日、年或起止日期；`month` 与之同义。"
        "`basis=frozen`、`basis=corrected` 为冻结、更正时的名单（现已不可查看的除外），"
        "`why` 仍说明现在的情况。",
        tag="统计",
        scope=ApiScope.STATISTICS_READ,
        rights=(Right.STATISTICS,),
        view=_cases,
        query=FigureQuestion,
        returns={200: Returned("一页工单", FigureCasesJson)},
    ),
    Operation(
        method="GET",
        path="/cases/{number}/figures",
        name="case_figures",
        summary="一件工单在各项指标中",
        description="所问月份的每一项指标：计入分子、只计分母、剔除或不计入，并说明原因。",
        tag="统计",
        scope=ApiScope.STATISTICS_READ,
        rights=(Right.STATISTICS,),
        view=_of_case,
        query=CaseFiguresQuestion,
        returns={200: Returned("各项指标中的这件工单", CaseFiguresJson)},
        problems=(404,),
    ),
    Operation(
        method="GET",
        path="/statistics/annual",
        name="annual_statistics",
        summary="年度指标",
        description="各月分列，`total` 为全年合并计算；尚未到来的月份为空。",
        tag="统计",
        scope=ApiScope.STATISTICS_READ,
        rights=(Right.STATISTICS,),
        view=_annual,
        query=AnnualQuestion,
        returns={200: Returned("年度指标", AnnualJson)},
    ),
)
