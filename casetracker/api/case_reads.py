"""`GET /cases/{number}` with its events and deadlines: scope first, persons masked."""

from functools import partial

from casetracker.api.case_json import CaseJson, ClocksJson, EventsJson, case_json
from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.api.plain import plain
from casetracker.api.representations import etag
from casetracker.domain.permissions import Right
from casetracker.services.case_reading.opening import explain_deadlines, open_case_file
from casetracker.services.people.api_clients import ApiScope


def _show(call: Call) -> Answer:
    file = open_case_file(call.ctx, call.path["number"])
    return Answer(case_json(file), headers={"ETag": etag(file.head.version)})


def _events(call: Call) -> Answer:
    file = open_case_file(call.ctx, call.path["number"])
    return Answer({"items": plain(file.timeline)}, headers={"ETag": etag(file.head.version)})


def _deadlines(call: Call) -> Answer:
    return Answer({"items": plain(explain_deadlines(call.ctx, call.path["number"]))})


_reading = partial(Operation, tag="工单", scope=ApiScope.CASES_READ, rights=(Right.CASES_LIST,))

OPERATIONS = (
    _reading(
        method="GET",
        path="/cases/{number}",
        name="show_case",
        summary="工单详情",
        description=(
            "诉求人信息已脱敏；`allowed` 为本人现在可以办理的事项。"
            "信访件另有 `petition`：分类、途径、各环节日期、处理、复查复核和评价；热线工单为 null。"
        ),
        view=_show,
        returns={200: Returned("工单", CaseJson, headers=("ETag",))},
        problems=(404,),
    ),
    _reading(
        method="GET",
        path="/cases/{number}/events",
        name="list_events",
        summary="办理过程",
        description="按发生先后列出全部环节；无权查看的文字为 null 且 `is_hidden` 为真。",
        view=_events,
        returns={200: Returned("办理过程", EventsJson, headers=("ETag",))},
        problems=(404,),
    ),
    _reading(
        method="GET",
        path="/cases/{number}/deadlines",
        name="list_deadlines",
        summary="时限及推算过程",
        view=_deadlines,
        returns={200: Returned("时限", ClocksJson)},
        problems=(404,),
    ),
)
