"""Noting that a reply was carried over to the upstream platform: by hand, or a day in one file.

When stands at the reply, by whom in the access log.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Reply
from casetracker.services.access_log import note_access
from casetracker.services.commands.upstream import ExportReplies, MarkCopied
from casetracker.services.context import Context, require_right
from casetracker.services.desks.upstream_replies import UpstreamReply, upstream_replies
from casetracker.services.scoping import scope_of
from casetracker.services.sheets import write_csv, write_workbook
from casetracker.services.steps.replies import last_reply
from casetracker.services.use_case import use_case

HEADER = (
    "上级平台单号", "来源渠道", "编号", "标题", "承办单位", "办理结果", "答复时间", "上级时限",
    "回告内容",
)  # fmt: skip


@use_case
def mark_copied(ctx: Context, session: Session, number: str, command: MarkCopied) -> None:
    """已回填, once. Raises NotFound, and GuardRefused when another reply went out meanwhile."""
    require_right(ctx, Right.UPSTREAM_REPLY)
    ticket = session.scalar(
        select(Case).where(
            Case.number == number,
            Case.external_number.is_not(None),
            visible(scope_of(ctx.actor, reference(session))),
        )
    )
    reply = last_reply(session, ticket) if ticket else None
    if reply is None:
        raise NotFound(number=number)
    if reply.id != command.reply:
        raise GuardRefused("reply_changed")
    _mark(ctx, session, {reply.id: number}, "逐件复制")


def export_replies(ctx: Context, command: ExportReplies, path: Path) -> int:
    """Write the day's replies to an .xlsx or .csv and note them as carried over; how many."""
    rows = [
        reply for reply in upstream_replies(ctx, command.day)
        if command.with_copied or reply.copied_at is None
    ]  # fmt: skip
    write = write_csv if command.form == "csv" else write_workbook
    count = write(path, HEADER, [_line(reply) for reply in rows])
    if count:
        _note_export(ctx, command.day, path.name, rows)
    return count


@use_case
def _note_export(
    ctx: Context, session: Session, day: date, name: str, rows: Sequence[UpstreamReply]
) -> None:
    note_access(ctx, session, Access.CASES_EXPORTED, f"{name} {len(rows)} 件，答复日期 {day}")
    _mark(ctx, session, {row.reply_id: row.number for row in rows}, f"批量导出 {day}")


def _mark(ctx: Context, session: Session, numbers: dict[int, str], how: str) -> None:
    """Those that were not noted yet, each with a line in the access log."""
    query = select(Reply).where(
        Reply.id.in_(numbers), Reply.copied_upstream_at.is_(None)
    ).order_by(Reply.id)  # fmt: skip
    for reply in session.scalars(locked(session, query)):
        reply.copied_upstream_at = ctx.now
        note_access(
            ctx, session, Access.UPSTREAM_COPIED, how, case_number=numbers[reply.id]
        )  # fmt: skip


def _line(reply: UpstreamReply) -> list[str]:
    return [
        reply.external_number,
        label(reply.channel),
        reply.number,
        reply.title,
        reply.unit,
        label(reply.result),
        f"{local(reply.replied_at):%Y-%m-%d %H:%M}",
        f"{local(reply.due_at):%Y-%m-%d %H:%M}" if reply.due_at else "",
        reply.wording,
    ]
