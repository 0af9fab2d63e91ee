"""Cases as a table, within what the actor may see; every export is kept in the access log."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.permissions import Right
from casetracker.domain.privacy import mask_address, mask_text
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseFilter, CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of
from casetracker.services.sheets import write_csv, write_workbook
from casetracker.services.use_case import query, use_case

PAGE = 500
HEADER = (
    "编号", "上级平台单号", "状态", "来源渠道", "诉求类型", "问题分类",
    "紧急程度", "标题", "诉求内容", "诉求人", "事发地址", "人数",
    "主办单位", "承办人", "受理时间", "派单时间", "签收时间", "首次联系时间",
    "办理期限", "答复时间", "办结时间", "处理结果", "是否有效回访", "是否解决",
    "满意度", "重办次数", "退单次数", "催办次数", "不计考核原因",
)  # fmt: skip
"""Names are masked, numbers of telephones left out: who needs them reveals them one by one."""


def export_cases(ctx: Context, asked: CaseFilter, path: Path) -> int:
    """Write the cases to an .xlsx or .csv file; how many. Raises NotPermitted."""
    require_right(ctx, Right.CASES_EXPORT)
    write = write_csv if path.suffix.lower() == ".csv" else write_workbook
    count = write(path, HEADER, _lines(ctx, asked))
    _note(ctx, f"{path.name} {count}")
    return count


@use_case
def _note(ctx: Context, session: Session, detail: str) -> None:
    note_access(ctx, session, Access.CASES_EXPORTED, detail)


def _lines(ctx: Context, asked: CaseFilter) -> Iterator[list[str]]:
    place = None
    while True:
        lines, place = _page(ctx, asked, place)
        yield from lines
        if place is None:
            return


@query
def _page(ctx: Context, session: Session, asked: CaseFilter, place: Any) -> tuple[list[Any], Any]:
    ref = reference(session)
    question = Question(asked, visible(scope_of(ctx.actor, ref)), ref, ctx.now)
    page = read_page(session, question, Sort.NUMBER, place=place, limit=PAGE)
    table = Case.__table__
    query = select(*table.c).where(table.c.id.in_([row.id for row in page.rows]))
    whole = {row.id: row for row in session.execute(query)}
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
