"""`POST /cases` and `GET /cases`: log a matter, list what the token's person sees."""

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.api.representations import CasePageJson, Registered, listed, outcome_answer
from casetracker.api.serving import ROOT
from casetracker.domain.permissions import Right
from casetracker.services.case_reading.case_search import filter_of
from casetracker.services.case_reading.listing import list_cases
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.searching import CasePageSearch
from casetracker.services.people.api_clients import ApiScope
from casetracker.services.receiving.intake import register_case
from casetracker.web.rate_limits import SEARCH, brake

EXAMPLE = {
    "track": "hotline",
    "channel": "hotline_12345",
    "kind": "help",
    "content": "东风小区三栋门口的路灯坏了一周，晚上老人出行不安全，请尽快维修。",
    "external_number": "WH20260302000123",
    "petitioner": {"name": "张三", "phone": "13812345678"},
    "location": {"address": "东风小区三栋"},
}
PETITION_EXAMPLE = {
    "track": "petition",
    "channel": "forwarded",
    "source_level": "district",
    "kind": "complaint",
    "content": "三号楼屋面漏水两年，六户顶层住户多次反映无人维修，请求尽快维修。",
    "external_number": "区信〔2026〕17号",
    "persons": 6,
    "petitioner": {
        "name": "李四",
        "phone": "13987654321",
        "id_number": "420112196503073313",
        "address": "新沟镇东风小区三号楼",
    },
    "petition": {
        "purpose": "demand",
        "joint": True,
        "representative": True,
        "people": [{"name": "王五", "phone": "13712345678", "representative": True}],
        "sender": "区信访局",
        "sent_on": "2026-02-27",
    },
}


def _register(call: Call) -> Answer:
    done = register_case(call.ctx, call.body)
    place = f"{ROOT}/cases/{done.number}"
    return outcome_answer(done, 201 if done.created else 200, Location=place)


def _list(call: Call) -> Answer:
    asked: CasePageSearch = call.query
    if asked.q is not None:
        brake(SEARCH, call.ctx.actor.principal)
    wanted = filter_of(call.ctx, asked)
    page = list_cases(call.ctx, wanted, sort=asked.sort, cursor=asked.cursor, limit=asked.limit)
    items = [listed(row) for row in page.rows]
    return Answer({"items": items, "next_cursor": page.next_cursor})


OPERATIONS = (
    Operation(
        method="POST",
        path="/cases",
        name="register_case",
        summary="登记工单",
        description=(
            "`external_number` 为上级平台单号：同一单号再次提交，应答 200 和已有工单。"
            "信访件（`track` 为 `petition`）另填 `petition`：信访目的、其他信访人和代表、"
            "被反映单位、转送交办机关；登记时即属检举控告的，直接转入保密通道，应答只有编号和查询码。"
        ),
        tag="工单",
        scope=ApiScope.CASES_WRITE,
        rights=(Right.CASES_REGISTER,),
        view=_register,
        body=RegisterCase,
        example=EXAMPLE,
        more_examples={"登记信访件": PETITION_EXAMPLE},
        returns={
            201: Returned("已登记", Registered, headers=("Location", "ETag")),
            200: Returned("该上级平台单号已登记过", Registered, headers=("Location", "ETag")),
        },
        problems=(409,),
    ),
    Operation(
        method="GET",
        path="/cases",
        name="list_cases",
        summary="查询工单",
        description="只含本人岗位可见的工单。没有页码：以 `next_cursor` 取下一页，顺序稳定。",
        tag="工单",
        scope=ApiScope.CASES_READ,
        rights=(Right.CASES_LIST,),
        view=_list,
        query=CasePageSearch,
        returns={200: Returned("一页工单", CasePageJson)},
    ),
)
