"""Messages that did not get through, or may have: seen and decided by an administrator.

And the one rule that decides by itself: a reminder whose outcome is unknown is sent once more
after two hours, marked 可能重复. Nothing else is ever sent again by itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.database import after_commit, locked
from casetracker.persistence.inserting import add_once
from casetracker.persistence.outbox import OutboxRow, OutboxState
from casetracker.persistence.queries.visible import speaks_of_nothing_sealed
from casetracker.services.access_log import note_access
from casetracker.services.commands.delivery import DecideDelivery, DeliveryDecision
from casetracker.services.context import Context, require_right
from casetracker.services.notifying.digests import TOPIC
from casetracker.services.recording import wake
from casetracker.services.use_case import query, use_case

TROUBLED = (OutboxState.UNKNOWN, OutboxState.DEAD)
IS_TROUBLED: ColumnElement[bool] = literal_column("outbox.state IN ('unknown', 'dead')")
"""Written as in the partial index: SQLite would not use it for bound values."""
OF_THE_OPEN_DESK = speaks_of_nothing_sealed(OutboxRow.case_id)
"""What was on its way when its case was sealed is no administrator's matter; it is not sent again.
"""
SENT_ONCE_MORE = frozenset({TOPIC})
ONCE_MORE_AFTER = timedelta(hours=2)
DONE_WITH = datetime(9999, 1, 1, tzinfo=UTC)
PAGE = 100


@dataclass(frozen=True, slots=True)
class TroubledMessage:
    """One message as the operations page shows it; `recipient` is a member of staff's name, or
    empty for a resident, whose name and number are not shown here.
    """

    id: int
    state: OutboxState
    channel: str
    topic: str
    recipient: str
    case_number: str | None
    attempts: int
    created_at: datetime
    error: str


@query
def list_troubled(
    ctx: Context, session: Session, state: OutboxState | None = None, *, after: int = 0
) -> list[TroubledMessage]:
    """Undelivered messages, oldest first, a page of 100 after an id. Raises NotPermitted."""
    require_right(ctx, Right.DELIVERY_MANAGE)
    chosen = select(OutboxRow, Case.number).outerjoin(Case, Case.id == OutboxRow.case_id)
    rows = session.execute(
        chosen.where(
            IS_TROUBLED,
            OF_THE_OPEN_DESK,
            OutboxRow.state.in_((state,) if state else TROUBLED),
            OutboxRow.id > after,
        )
        .order_by(OutboxRow.id)
        .limit(PAGE)
    ).all()
    names = _names(session, [row.OutboxRow.recipient for row in rows])
    return [_shown(row.OutboxRow, row.number, names) for row in rows]


@query
def count_troubled(ctx: Context, session: Session) -> dict[OutboxState, int]:
    """How many messages are unknown and how many are dead."""
    counted = select(OutboxRow.state, func.count()).where(IS_TROUBLED, OF_THE_OPEN_DESK)
    found = {row[0]: row[1] for row in session.execute(counted.group_by(OutboxRow.state))}
    return {state: found.get(state, 0) for state in TROUBLED}


@query
def find_troubled(ctx: Context, session: Session, row_id: int) -> TroubledMessage:
    """One undelivered message. Raises NotPermitted, NotFound."""
    found = [one for one in list_troubled(ctx, after=row_id - 1) if one.id == row_id]
    if not found:
        raise NotFound(row_id=row_id)
    return found[0]


@use_case
def decide_delivery(ctx: Context, session: Session, row_id: int, command: DecideDelivery) -> None:
    """重试 or 放弃. One that may have gone before is sent again marked 可能重复.

    Raises NotPermitted, and NotFound for a message that is not (or no more) in trouble.
    """
    require_right(ctx, Right.DELIVERY_MANAGE)
    chosen = select(OutboxRow).where(
        OutboxRow.id == row_id, OutboxRow.state.in_(TROUBLED), OF_THE_OPEN_DESK
    )
    row = session.scalar(locked(session, chosen).execution_options(populate_existing=True))
    if row is None:
        raise NotFound(row_id=row_id)
    told = f"{command.decision} outbox {row.id}: {command.reason}"
    note_access(ctx, session, Access.DELIVERY_DECIDED, told)
    if command.decision is DeliveryDecision.GIVE_UP:
        row.state = OutboxState.GIVEN_UP
        return
    series = row.payload.get("series", 0) + 1
    again = {"again": True} if row.state is OutboxState.UNKNOWN else {}
    row.payload = {**row.payload, **again, "series": series}
    row.state, row.attempts, row.next_at = OutboxState.WAITING, 0, ctx.now
    row.attempt_id = row.last_error = None
    after_commit(session, wake)


@use_case
def repeat_reminders(ctx: Context, session: Session) -> int:
    """Send reminders of unknown outcome once more, as rows of their own beside the old ones."""
    rows = session.scalars(
        select(OutboxRow).where(
            IS_TROUBLED,
            OutboxRow.state == OutboxState.UNKNOWN,
            OutboxRow.topic.in_(SENT_ONCE_MORE),
            OutboxRow.next_at <= ctx.now - ONCE_MORE_AFTER,
        )
    ).all()
    for row in rows:
        row.next_at = DONE_WITH
        if not row.payload.get("again"):
            add_once(session, OutboxRow, _second(row, ctx.now))
    if rows:
        after_commit(session, wake)
    return len(rows)


def _second(row: OutboxRow, now: datetime) -> dict[str, object]:
    return {
        "topic": row.topic,
        "channel": row.channel,
        "recipient": row.recipient,
        "dedupe_key": f"{row.dedupe_key}:again",
        "payload": {**row.payload, "again": True},
        "state": OutboxState.WAITING,
        "attempts": 0,
        "next_at": now,
        "created_at": now,
    }


def _names(session: Session, recipients: list[str]) -> dict[str, str]:
    ids = {int(one.partition(":")[2]) for one in recipients if one.startswith("account:")}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {f"account:{row.id}": row.name for row in rows}


def _shown(row: OutboxRow, number: str | None, names: dict[str, str]) -> TroubledMessage:
    return TroubledMessage(
        id=row.id,
        state=row.state,
        channel=row.channel,
        topic=row.topic,
        recipient=names.get(row.recipient, ""),
        case_number=number,
        attempts=row.attempts,
        created_at=row.created_at,
        error=row.last_error or "",
    )
