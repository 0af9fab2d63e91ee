"""领导接访: sessions planned, published with the five facts (五公开), held or cancelled.

Source: 《信访工作条例》 art. 18(2); docs/rules/ledgers.md 3.
"""

from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import at, local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.ledgers import SESSION_STEPS, next_month
from casetracker.domain.permissions import RIGHTS, Right
from casetracker.domain.petition_vocabulary import SessionStatus
from casetracker.labels import label
from casetracker.persistence.account import Account
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import ReceptionSession
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import CancelSession, PlanSession
from casetracker.services.context import Context, require_right
from casetracker.services.outcome import Made
from casetracker.services.use_case import query, use_case

LEADERS = RIGHTS[Right.PETITIONS_SIGN]


@query
def leaders(ctx: Context, session: Session) -> list[tuple[str, str]]:
    """Username and name of the leaders who may receive, read letters, undertake."""
    require_right(ctx, Right.LEDGERS_READ)
    rows = session.scalars(select(Account).where(Account.is_active).order_by(Account.id))
    return [(row.username, row.name) for row in rows if LEADERS & row.roles]


def leader_named(session: Session, username: str, field: str = "leader") -> Account:
    """An active leader. Raises InvalidInput."""
    account = lookup.active_account(session, field, username)
    if not LEADERS & account.roles:
        raise InvalidInput({field: "not_a_leader"})
    return account


@use_case
def plan_session(ctx: Context, session: Session, command: PlanSession) -> Made:
    """安排接访. Raises InvalidInput, NotPermitted."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = ReceptionSession(
        status=SessionStatus.PLANNED, entered_by=ctx.actor.account_id, entered_at=ctx.now
    )
    _fill(session, row, command)
    session.add(row)
    session.flush()
    note_access(ctx, session, Access.LEDGER_KEPT, f"安排接访 {row.id}")
    return Made(str(row.id))


@use_case
def change_session(ctx: Context, session: Session, row_id: int, command: PlanSession) -> None:
    """A session that was not held yet; what is published follows at once."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = session_to_keep(session, row_id)
    if not SESSION_STEPS[row.status]:
        raise GuardRefused("session_not_so", status=label(row.status))
    _fill(session, row, command)
    note_access(ctx, session, Access.LEDGER_KEPT, f"更改接访安排 {row_id}")


@use_case
def publish_session(ctx: Context, session: Session, row_id: int) -> None:
    """公布: from now on residents read it at the portal."""
    require_right(ctx, Right.LEDGERS_KEEP)
    _publish(ctx, session, session_to_keep(session, row_id))


@use_case
def publish_next_month(ctx: Context, session: Session) -> None:
    """公布下月日程 in one go. Raises GuardRefused where nothing waits."""
    require_right(ctx, Right.LEDGERS_KEEP)
    first, after = next_month(local_date(ctx.now))
    waiting = select(ReceptionSession).where(
        ReceptionSession.status == SessionStatus.PLANNED,
        ReceptionSession.starts_at >= at(first, time()),
        ReceptionSession.starts_at < at(after, time()),
    )
    rows = session.scalars(locked(session, waiting)).all()
    if not rows:
        raise GuardRefused("nothing_to_publish")
    for row in rows:
        _publish(ctx, session, row)


@use_case
def cancel_session(ctx: Context, session: Session, row_id: int, command: CancelSession) -> None:
    """取消: whoever read of it at the portal reads there that it is off, and why."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = session_to_keep(session, row_id)
    _move(row, SessionStatus.CANCELLED)
    row.cancel_reason = command.reason
    note_access(ctx, session, Access.LEDGER_KEPT, f"取消接访 {row_id}")


def session_to_keep(session: Session, row_id: int) -> ReceptionSession:
    """The row, locked. Raises NotFound."""
    wanted = select(ReceptionSession).where(ReceptionSession.id == row_id)
    row = session.scalar(locked(session, wanted))
    if row is None:
        raise NotFound(id=row_id)
    return row


def mark_held(ctx: Context, row: ReceptionSession) -> None:
    """It took place. Raises GuardRefused before its time or where it was cancelled."""
    if row.starts_at > ctx.now:
        raise GuardRefused("session_not_over")
    if row.status is not SessionStatus.HELD:
        _move(row, SessionStatus.HELD)


def _publish(ctx: Context, session: Session, row: ReceptionSession) -> None:
    _move(row, SessionStatus.PUBLISHED)
    row.published_at = ctx.now
    note_access(ctx, session, Access.LEDGER_KEPT, f"公布接访 {row.id}")


def _move(row: ReceptionSession, status: SessionStatus) -> None:
    if status not in SESSION_STEPS[row.status]:
        raise GuardRefused("session_not_so", status=label(row.status))
    row.status = status


def _fill(session: Session, row: ReceptionSession, command: PlanSession) -> None:
    if command.ends <= command.starts:
        raise InvalidInput({"ends": "ends_before_start"})
    row.leader_id = leader_named(session, command.leader).id
    row.post, row.duty, row.place = command.post, command.duty, command.place
    row.starts_at = at(command.day, command.starts)
    row.ends_at = at(command.day, command.ends)
    row.kind, row.accompanying = command.kind, command.accompanying
