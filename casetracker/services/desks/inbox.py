"""One's own messages: listed, counted, read. `services.notifying` writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from casetracker.domain.errors import NotFound
from casetracker.persistence.case import Case
from casetracker.persistence.database import change_rows
from casetracker.persistence.outbox import InboxMessage
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import speaks_of_nothing_sealed, visible
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its owner reads it; `about` is the title of its case, if one may see it."""

    id: int
    topic: str
    title: str
    body: str
    link: str | None
    created_at: datetime
    read_at: datetime | None
    about: str | None


@query
def list_messages(
    ctx: Context,
    session: Session,
    *,
    before: int | None = None,
    unread: bool = False,
    size: int = 30,
) -> Sequence[Message]:
    """Newest first, up to `size` + 1 so that the page knows whether more follow."""
    scope = scope_of(ctx.actor, reference(session))
    wanted = (
        select(InboxMessage, Case.title)
        .outerjoin(Case, (Case.id == InboxMessage.case_id) & visible(scope))
        .where(*_readable(ctx, session))
    )
    if before is not None:
        wanted = wanted.where(InboxMessage.id < before)
    if unread:
        wanted = wanted.where(InboxMessage.read_at.is_(None))
    rows = session.execute(wanted.order_by(InboxMessage.id.desc()).limit(size + 1))
    return [
        Message(m.id, m.topic, m.title, m.body, m.link, m.created_at, m.read_at, about)
        for m, about in rows
    ]


@query
def count_unread(ctx: Context, session: Session) -> int:
    return session.scalar(
        select(func.count(InboxMessage.id)).where(
            *_readable(ctx, session), InboxMessage.read_at.is_(None)
        )
    ) or 0  # fmt: skip


def _readable(ctx: Context, session: Session) -> list[ColumnElement[bool]]:
    """One's own; what was on its way when its case was sealed is for the lane alone."""
    own = [InboxMessage.account_id == ctx.actor.account_id]
    if scope_of(ctx.actor, reference(session)).sees_lane:
        return own
    return [*own, speaks_of_nothing_sealed(InboxMessage.case_id)]


@use_case
def read_message(ctx: Context, session: Session, message_id: int) -> str | None:
    """Mark one's own message as read; where it leads. Raises NotFound for anybody else's."""
    message = session.scalar(
        select(InboxMessage).where(InboxMessage.id == message_id, *_readable(ctx, session))
    )
    if message is None:
        raise NotFound
    message.read_at = message.read_at or ctx.now
    return message.link


@use_case
def read_all(ctx: Context, session: Session) -> int:
    """Mark all of one's own messages as read; how many were not."""
    return change_rows(
        session,
        update(InboxMessage)
        .where(*_readable(ctx, session), InboxMessage.read_at.is_(None))
        .values(read_at=ctx.now),
    )
