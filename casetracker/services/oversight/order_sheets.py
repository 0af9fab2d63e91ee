"""The register of orders as rows for a spreadsheet, and a line in the log when it is printed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.privacy import mask_text
from casetracker.labels import label
from casetracker.services.access_log import note_access
from casetracker.services.commands.oversight import OrderSearch
from casetracker.services.context import Context
from casetracker.services.oversight.orders import OrderLine, order_register
from casetracker.services.use_case import use_case

HEADER = (
    "督办编号", "工单编号", "事项", "督办单位", "督办方式", "督办事由", "督办要求", "督办人",
    "督办时间", "反馈时限", "状态", "反馈", "反馈时间", "退回次数", "整改方案", "销号时间",
)  # fmt: skip


def order_header(ctx: Context, asked: OrderSearch) -> Sequence[str]:
    return HEADER


def count_orders(ctx: Context, asked: OrderSearch) -> int:
    found = order_register(ctx, asked)
    return found.counts[asked.status] if asked.status else found.total


def order_lines(ctx: Context, asked: OrderSearch) -> Iterator[list[str]]:
    """What is asked for, newest first; texts are masked."""
    return (_row(line) for line in order_register(ctx, asked, page=None).orders)


@use_case
def note_printed(ctx: Context, session: Session, count: int) -> None:
    """The register went to paper."""
    note_access(ctx, session, Access.CASES_EXPORTED, f"打印督办登记簿 {count}")


def _row(line: OrderLine) -> list[str]:
    return [
        line.order,
        line.number,
        mask_text(line.title),
        line.unit or "",
        label(line.level),
        label(line.trigger),
        mask_text(line.requirement),
        line.issued_by or "系统",
        _moment(line.issued_at),
        _moment(line.due_at),
        label(line.status),
        mask_text(line.feedback or ""),
        _moment(line.feedback_at),
        str(line.sent_back_count),
        mask_text(line.plan or ""),
        _moment(line.closed_at),
    ]


def _moment(instant: datetime | None) -> str:
    return "" if instant is None else f"{local(instant):%Y-%m-%d %H:%M}"
