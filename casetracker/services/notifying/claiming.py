"""Taking outbox rows in hand: a claim that lapses, an intent before the effect, a result after it.

A row goes waiting → (claimed, still waiting) → sending → sent | waiting again | unknown | dead.
A claim moves `next_at` to its end, so a claim that nobody followed up lapses by itself; a lapsed
`sending` is `unknown`, because the message may have gone.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, literal_column, or_, select, update
from sqlalchemy.orm import Session, aliased

from casetracker.persistence.database import change_rows, locked_if_free
from casetracker.persistence.outbox import OutboxRow, OutboxState
from casetracker.services.context import Context
from casetracker.services.notifying.codes_by_sms import without_code
from casetracker.services.notifying.outside import MAIL, SMS
from casetracker.services.recording import RELAY
from casetracker.services.use_case import use_case

CLAIM = timedelta(seconds=150)
"""How long a batch is in hand; longer than all its calls together may take."""
SENDING = timedelta(seconds=60)
"""How long one call may take before it is given up as unknown."""
IS_WAITING: ColumnElement[bool] = literal_column("outbox.state = 'waiting'")
IS_SENDING: ColumnElement[bool] = literal_column("outbox.state = 'sending'")
"""Written as in the partial indexes: SQLite would not use them for a bound value."""
MOST_ATTEMPTS = {RELAY: 6, MAIL: 12, SMS: 12}
"""After so many failures a row is a dead letter: half an hour inside the house, a day outside."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=6)
_UNFINISHED = (OutboxState.WAITING, OutboxState.SENDING)
_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at handing a row over; its id goes along, so that the far side can tell doubles."""

    row_id: int
    id: str


@use_case
def claim(
    ctx: Context, session: Session, owner: str, channel: str, count: int, *, dropped: bool = False
) -> list[int]:
    """Ids of rows now in the owner's hands, oldest first; each claim counts as an attempt.

    With `dropped` those whose last holder died with them in hand: take them one by one, so that
    one that kills whoever touches it takes no other along.
    A case's messages to one recipient by one channel keep their order: a later one waits until
    the earlier one is done with.
    """
    earlier = aliased(OutboxRow)
    overtaken = (
        select(earlier.id)
        .where(
            earlier.case_id == OutboxRow.case_id,
            earlier.channel == OutboxRow.channel,
            earlier.recipient == OutboxRow.recipient,
            earlier.id < OutboxRow.id,
            earlier.state.in_(_UNFINISHED),
        )
        .exists()
    )
    ready = (
        select(OutboxRow.id)
        .where(
            IS_WAITING,
            OutboxRow.next_at <= ctx.now,
            OutboxRow.channel == channel,
            OutboxRow.lease_owner.is_not(None) if dropped else OutboxRow.lease_owner.is_(None),
            ~overtaken,
        )
        .order_by(OutboxRow.next_at, OutboxRow.id)
        .limit(count)
    )
    # Two statements: inside an UPDATE a planner may run the subquery again and again, each time
    # past what it has locked, and so take more than `count`.
    ids = list(session.scalars(locked_if_free(session, ready, OutboxRow)))
    if not ids:
        return []
    until = ctx.now + CLAIM
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids))
        .values(
            lease_owner=owner, lease_until=until, next_at=until, attempts=OutboxRow.attempts + 1
        )
        .execution_options(synchronize_session=False)
    )
    return sorted(ids)


def held(session: Session, row_id: int, owner: str, now: datetime) -> OutboxRow | None:
    """The claimed row, if it still is the owner's; to be changed in the caller's transaction."""
    return session.scalar(
        select(OutboxRow)
        .where(
            OutboxRow.id == row_id,
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.lease_owner == owner,
            OutboxRow.lease_until > now,
        )
        .execution_options(populate_existing=True)
    )


@use_case
def put_back(ctx: Context, session: Session, ids: Iterable[int], owner: str) -> None:
    """Rows that were claimed and not tried: they wait as before, and no attempt is counted."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id.in_(list(ids)),
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.lease_owner == owner,
        )
        .values(
            lease_owner=None,
            lease_until=None,
            attempts=OutboxRow.attempts - 1,
            next_at=ctx.now + FIRST_PAUSE,
        )
        .execution_options(synchronize_session=False)
    )


@use_case
def lapse(ctx: Context, session: Session) -> int:
    """Calls that never came back become `unknown`: they are not sent again silently."""
    return change_rows(
        session,
        update(OutboxRow)
        .where(IS_SENDING, OutboxRow.lease_until < ctx.now)
        .values(
            state=OutboxState.UNKNOWN,
            next_at=ctx.now,
            lease_owner=None,
            lease_until=None,
            last_error="发送过程中断，结果未知",
        )
        .execution_options(synchronize_session=False),
    )


def intend(row: OutboxRow, now: datetime) -> None:
    """From the commit of this on the message may have gone."""
    row.state = OutboxState.SENDING
    row.lease_until = now + SENDING


@use_case
def bury(ctx: Context, session: Session) -> int:
    """Rows whose holders kept dying with them are dead letters, however little was learnt."""
    used_up = [
        and_(OutboxRow.channel == channel, OutboxRow.attempts >= most)
        for channel, most in MOST_ATTEMPTS.items()
    ]
    return change_rows(
        session,
        update(OutboxRow)
        .where(
            IS_WAITING,
            OutboxRow.next_at <= ctx.now,
            OutboxRow.lease_owner.is_not(None),
            or_(*used_up),
        )
        .values(
            state=OutboxState.DEAD,
            lease_owner=None,
            lease_until=None,
            last_error="处理时程序多次中断",
        )
        .execution_options(synchronize_session=False),
    )


@use_case
def settle(
    ctx: Context, session: Session, attempt: Attempt, state: OutboxState, error: str | None = None
) -> None:
    """What came of an attempt; a row that somebody has decided about meanwhile is left alone."""
    row = _tried(session, attempt)
    if row is None:
        return
    row.state, row.last_error, row.next_at = state, error, ctx.now
    row.lease_owner = row.lease_until = None
    if state is OutboxState.SENT:
        row.sent_at = ctx.now
        row.payload = without_code(row.payload)


@use_case
def failed(
    ctx: Context, session: Session, row_id: int, owner: str | None, error: str, *,
    attempt: Attempt | None = None, wait_s: int | None = None,
) -> None:  # fmt: skip
    """Certainly not delivered: it waits and is tried again, or is a dead letter."""
    row = _tried(session, attempt) if attempt else held(session, row_id, owner or "", ctx.now)
    if row is None:
        return
    last = row.attempts >= MOST_ATTEMPTS[row.channel]
    row.state = OutboxState.DEAD if last else OutboxState.WAITING
    row.next_at = ctx.now + pause(row.attempts, wait_s)
    row.last_error = error
    row.lease_owner = row.lease_until = None


def _tried(session: Session, attempt: Attempt) -> OutboxRow | None:
    """The row while this attempt is the last one, even if it was held for lost meanwhile."""
    return session.scalar(
        select(OutboxRow)
        .where(
            OutboxRow.id == attempt.row_id,
            OutboxRow.attempt_id == attempt.id,
            OutboxRow.state.in_((OutboxState.SENDING, OutboxState.UNKNOWN)),
        )
        .execution_options(populate_existing=True)
    )


def pause(attempts: int, asked_s: int | None = None) -> timedelta:
    """How long to wait after so many failures: doubled each time, with jitter, at most six hours.

    Never shorter than what the other side asked for, in seconds.
    """
    doubled = FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 12)
    jittered = min(doubled, LONGEST_PAUSE) * _random.uniform(0.8, 1.2)
    return max(jittered, timedelta(seconds=asked_s or 0))
