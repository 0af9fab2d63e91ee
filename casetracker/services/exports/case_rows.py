"""Cases as rows of a table, page by page, within what the actor may see."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.privacy import mask_address, mask_text
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort
from casetracker.services.context import Context
from casetracker.services.use_case import query

Plan = Callable[[Context, Session], tuple[Question, Sort]]
"""Which cases and in which order, within the actor's scope at the moment of reading."""

PAGE = 500
HEADER = (
    "编号", "上级平台单号", "状态", "来源渠道", "诉求类型", "问题分类",
    "紧急程度", "标题", "诉求内容", "诉求人", "事发地址", "人数",
    "主办单位", "承办人", "受理时间", "派单时间", "签收时间", "首次联系时间",
    "办理期限", "答复时间", "办结时间", "处理结果", "是否有效回访", "是否解决",
    "满意度", "重办次数", "退单次数", "催办次数", "不计考核原因",
)  # fmt: skip
"""Names are masked, numbers of telephones left out: who needs them reveals them one by one."""


def case_lines(ctx: Context, plan: Plan) -> Iterator[list[str]]:
    """All of them, a page in memory at a time."""
    place = None
    while True:
        lines, place = _page(ctx, plan, place)
        yield from lines
        if place is None:
            return


@query
def _page(ctx: Context, session: Session, plan: Plan, place: Any) -> tuple[list[Any], Any]:
    question, sort = plan(ctx, session)
    page = read_page(session, question, sort, place=place, limit=PAGE)
    table = Case.__table__
    wanted = select(*table.c).where(table.c.id.in_([row.id for row in page.rows]))
    whole = {row.id: row for row in session.execute(wanted)}
    return [_line(row, whole[row.id]) for row in page.rows], page.next


def _line(row: CaseRow, case: Any) -> list[str]:
    return [
        row.number,
        row.external_number or "",
        label(row.state),
        label(row.channel),
        label(row.kind),
        row.category or "",
        label(row.urgency),
        mask_text(row.title),
        mask_text(case.content),
        row.person,
        mask_address(case.address) if case.address else "",
        str(case.persons),
        row.unit or "",
        row.handler or "",
        *(_moment(moment) for moment in (
            case.received_at, case.dispatched_at, case.signed_at, case.contacted_at,
            case.handle_due_at, case.replied_at, case.closed_at,
        )),
        label(case.result) if case.result else "",
        _flag(case.callback_valid),
        _flag(case.resolved),
        label(case.satisfaction) if case.satisfaction else "",
        str(case.redo_count),
        str(case.return_count),
        str(case.urge_count),
        label(case.excluded) if case.excluded else "",
    ]  # fmt: skip


def _moment(instant: datetime | None) -> str:
    return "" if instant is None else f"{local(instant):%Y-%m-%d %H:%M:%S}"


def _flag(value: bool | None) -> str:
    return {True: "是", False: "否", None: ""}[value]
