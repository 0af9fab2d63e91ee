"""`GET /hazards` and `GET /hazards/{number}`: the register of safety patrols, read only.

People of the office alone stand in it; whoever was found at fault is a place, never a person.
"""

from functools import partial

from typing_extensions import TypedDict

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.api.plain import plain
from casetracker.api.representations import etag
from casetracker.domain.patrol_vocabulary import (
    HazardKind,
    HazardLevel,
    HazardSource,
    HazardState,
    HazardStep,
)
from casetracker.domain.permissions import Right
from casetracker.services.commands.patrol import HazardPageSearch
from casetracker.services.patrol.hazard_paging import hazards_behind
from casetracker.services.patrol.hazard_reading import HazardFile, HazardLine, open_hazard
from casetracker.services.people.api_clients import ApiScope


class HazardInList(TypedDict):
    """A hazard as lists show it. `due_on` ends with its day; `is_late` while the place owes it."""

    number: str
    found_on: str
    source: HazardSource
    kind: HazardKind
    level: HazardLevel
    place: str
    address: str | None
    area: str | None
    unit: str
    description: str
    due_on: str
    state: HazardState
    is_late: bool
    verified_on: str | None
    version: int


class HazardPageJson(TypedDict):
    """One page; give `next_cursor` as `cursor` for the next one, null on the last."""

    items: list[HazardInList]
    next_cursor: str | None


class HazardEventJson(TypedDict):
    """One step; `day` when it happened, `at` when it was entered, `due_on` where it set one."""

    at: str
    day: str
    actor: str
    unit: str | None
    step: HazardStep
    to_state: HazardState
    due_on: str | None
    words: str | None


class HazardJson(HazardInList):
    """A hazard with its history, the newest step first. `case` while its hotline case runs."""

    demand: str | None
    plan: str | None
    evidence: str | None
    handed_to: str | None
    inspection: str | None
    case: str | None
    events: list[HazardEventJson]


def _list(call: Call) -> Answer:
    asked: HazardPageSearch = call.query
    page = hazards_behind(call.ctx, asked)
    items = [_listed(line) for line in page.lines]
    return Answer({"items": items, "next_cursor": page.next_cursor})


def _show(call: Call) -> Answer:
    file = open_hazard(call.ctx, call.path["number"])
    return Answer(_whole(file), headers={"ETag": etag(file.line.version)})


def _listed(line: HazardLine) -> HazardInList:
    found: HazardInList = {
        name: plain(getattr(line, name)) for name in HazardInList.__annotations__
    }  # type: ignore[assignment]
    return found


def _whole(file: HazardFile) -> HazardJson:
    return {
        **_listed(file.line),
        "demand": file.demand,
        "plan": file.plan,
        "evidence": file.evidence,
        "handed_to": file.handed_to,
        "inspection": file.inspection,
        "case": file.case,
        "events": plain(file.entries),
    }


_reading = partial(
    Operation,
    method="GET",
    tag="隐患",
    scope=ApiScope.PATROLS_READ,
    rights=(Right.PATROL_READ,),
)

OPERATIONS = (
    _reading(
        path="/hazards",
        name="list_hazards",
        summary="查询隐患",
        description=(
            "只含本人岗位可见的隐患，最近发现的在前。没有页码：以 `next_cursor` 取下一页。"
            "`part` 为整改率的一部分（`counted` 计入排查、`rectified` 期内整改、`left` 未整改、"
            "`to_date` 至今整改）或待办（`open` 在办、`late` 超期）。"
        ),
        view=_list,
        query=HazardPageSearch,
        returns={200: Returned("一页隐患", HazardPageJson)},
    ),
    _reading(
        path="/hazards/{number}",
        name="show_hazard",
        summary="隐患详情",
        description="含全部办理记录，最近的在前；更正前的编号也能查到，应答中是现在的编号。",
        view=_show,
        returns={200: Returned("隐患", HazardJson, headers=("ETag",))},
        problems=(404,),
    ),
)
