"""The reminder scan: clocks whose next step has come are told, once, and then digested.

Level-triggered and without a window: it takes whatever is due now, in batches that are each one
transaction. A batch that was cut off left nothing; one that is run again finds nothing. Source:
docs/rules/reminders.md.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select, update
from sqlalchemy.orm import Session

from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock, Reminder
from casetracker.persistence.database import after_commit, locked_if_free
from casetracker.persistence.inserting import add_many_once
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services import heartbeats
from casetracker.services.context import Context
from casetracker.services.notifying import digests
from casetracker.services.notifying.hazard_watch import tell_hazards
from casetracker.services.notifying.ladder import Ladder, rows_of
from casetracker.services.notifying.recipients import Directory
from casetracker.services.recording import wake
from casetracker.services.use_case import query, use_case

HEARTBEAT = "reminders"
BATCH = 2000
IS_RUNNING: ColumnElement[bool] = literal_column("clocks.status = 'running'")
"""Written as in the partial index: SQLite would not use it for a bound value."""


@dataclass(slots=True)
class Scanned:
    """What one scan did: clocks looked at, people reminded of them, digests written."""

    clocks: int = 0
    reminders: int = 0
    digests: int = 0


@dataclass(slots=True)
class _Watch:
    """One scan, with what it need not work out twice."""

    directory: Directory
    ladder: Ladder
    done: Scanned = field(default_factory=Scanned)


def scan(ctx: Context) -> Scanned:
    """Tell every clock and hazard that has reached its next step, then one digest a person.

    Outside office hours nothing is told. Several scans may run at once.
    """
    heartbeats.beat(ctx, HEARTBEAT)
    ref = _reference(ctx)
    if not ref.settings.office_hours.is_open(ctx.now, ref.calendar):
        return Scanned()
    watch = _begin(ctx, ref)
    while _tell_batch(ctx, watch) == BATCH:
        pass
    watch.done.reminders += tell_hazards(ctx, watch.ladder)
    for account_id in digests.people_to_tell(ctx):
        watch.done.digests += digests.tell(ctx, account_id, watch.directory)
    return watch.done


@query
def _reference(ctx: Context, session: Session) -> Reference:
    return reference(session)


@query
def _begin(ctx: Context, session: Session, ref: Reference) -> _Watch:
    directory = Directory.load(session, ref)
    return _Watch(directory, Ladder(ref, directory, ctx.now))


@use_case
def _tell_batch(ctx: Context, session: Session, watch: _Watch) -> int:
    """One batch in one transaction; how many clocks there were in it."""
    clocks = session.execute(_due_clocks(session, ctx.now)).all()
    reminders: list[dict[str, Any]] = []
    moves: dict[tuple[datetime, str | None], list[int]] = {}
    for clock in clocks:
        step = watch.ladder.step_of(clock)
        moves.setdefault((step.next_at, step.mark), []).append(clock.id)
        reminders += rows_of(
            step, ctx.now, clock_id=clock.id, case_id=clock.case_id, due_version=clock.due_version
        )
    if reminders:
        add_many_once(session, Reminder, reminders)
        after_commit(session, wake)
    table: Any = Clock.__table__  # without the mapper: thousands of rows, none of them loaded
    for (next_at, mark), ids in moves.items():
        told = update(table).where(table.c.id.in_(ids))
        session.execute(told.values(next_reminder_at=next_at, reminded_step=mark))
    watch.done.clocks += len(clocks)
    watch.done.reminders += len(reminders)
    return len(clocks)


def _due_clocks(session: Session, now: datetime) -> Any:
    """Oldest step first by the partial index; rows that another scan holds are left to it."""
    due = (
        select(
            Clock.id, Clock.case_id, Clock.limit_code, Clock.unit_id, Clock.started_at,
            Clock.due_at, Clock.warn_at, Clock.due_version, Clock.reminded_step,
            Clock.next_reminder_at, Case.state, Case.track, Case.is_sealed, Case.lead_unit_id,
            Case.handler_id, Case.is_important,
        )
        .join(Case, Case.id == Clock.case_id)
        .where(IS_RUNNING, Clock.next_reminder_at <= now)
        .order_by(Clock.next_reminder_at, Clock.id)
        .limit(BATCH)
    )  # fmt: skip
    return locked_if_free(session, due, Clock, key_share=True)
