"""`GET /units`, `/categories` and `/calendar`: what other programs name cases' facts by."""

from typing_extensions import TypedDict

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import UnitKind
from casetracker.services.commands.searching import DayRange
from casetracker.services.office import catalogues, day_table
from casetracker.services.people.api_clients import ApiScope


class UnitJson(TypedDict):
    """A unit; `parent` is a code."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None
    handles_cases: bool
    is_active: bool


class CategoryJson(TypedDict):
    """A category; `parent` and `default_unit` are codes."""

    code: str
    name: str
    full_name: str
    level: int
    parent: str | None
    default_unit: str | None
    is_active: bool


class DayJson(TypedDict):
    """A day; `name` of a statutory holiday, else empty; `provisional` before the notice is out."""

    date: str
    is_workday: bool
    name: str
    provisional: bool


class Units(TypedDict):
    """All units."""

    items: list[UnitJson]


class Categories(TypedDict):
    """All categories."""

    items: list[CategoryJson]


class Days(TypedDict):
    """Days in order."""

    items: list[DayJson]


def _units(call: Call) -> Answer:
    return Answer({"items": catalogues.units(call.ctx)})


def _categories(call: Call) -> Answer:
    return Answer({"items": catalogues.categories(call.ctx)})


def _calendar(call: Call) -> Answer:
    asked: DayRange = call.query
    return Answer({"items": day_table.days(call.ctx, asked)})


_READ = (Right.REFERENCE_READ,)
_TAG = "基础数据"

OPERATIONS = (
    Operation(
        method="GET", path="/units", name="list_units", summary="单位", tag=_TAG,
        scope=ApiScope.REFERENCE_READ, rights=_READ, view=_units,
        returns={200: Returned("全部单位", Units)},
    ),
    Operation(
        method="GET", path="/categories", name="list_categories", summary="问题分类", tag=_TAG,
        scope=ApiScope.REFERENCE_READ, rights=_READ, view=_categories,
        returns={200: Returned("全部分类", Categories)},
    ),
    Operation(
        method="GET", path="/calendar", name="list_days", summary="工作日历", tag=_TAG,
        description="逐日列出是否上班，一次最多 1100 天。",
        scope=ApiScope.REFERENCE_READ, rights=_READ, view=_calendar, query=DayRange,
        returns={200: Returned("逐日的工作日历", Days)},
    ),
)  # fmt: skip
