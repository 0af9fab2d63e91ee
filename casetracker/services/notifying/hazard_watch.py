"""Hazards whose deadline comes near or is over are told by the ladder of cases, in its digests.

The deadline is the end of its day. Source: docs/rules/patrol.md 4; docs/rules/reminders.md.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from casetracker.domain.days import at, end_of_day, local_date
from casetracker.domain.deadlines import stated_due, warn_at
from casetracker.domain.patrol_vocabulary import HazardState
from casetracker.domain.vocabulary import State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.database import after_commit, locked_if_free
from casetracker.persistence.inserting import add_many_once
from casetracker.persistence.patrol import Hazard, HazardEntry, HazardReminder
from casetracker.services.context import Context
from casetracker.services.notifying.ladder import Ladder, Step, rows_of
from casetracker.services.recording import wake
from casetracker.services.use_case import use_case

BATCH = 500


@dataclass(slots=True)
class _DueHazard:
    """A hazard as the ladder looks at a clock: its watching unit holds it."""

    unit_id: int | None
    lead_unit_id: int | None
    handler_id: int | None
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    reminded_step: str | None
    next_reminder_at: datetime
    limit_code: str = "hazard"
    state: State = State.HANDLING
    track: Track = Track.HOTLINE
    is_sealed: bool = False
    is_important: bool = False


def tell_hazards(ctx: Context, ladder: Ladder) -> int:
    """Every hazard that has reached its next step; how many people were reminded."""
    looked, told = _tell_batch(ctx, ladder)
    while looked == BATCH:
        looked, more = _tell_batch(ctx, ladder)
        told += more
    return told


@use_case
def _tell_batch(ctx: Context, session: Session, ladder: Ladder) -> tuple[int, int]:
    """One batch in one transaction: how many hazards were in it, and how many reminders."""
    hazards = session.execute(_due_hazards(session, ctx.now)).all()
    reminders: list[dict[str, Any]] = []
    moves: dict[tuple[datetime, str | None], list[int]] = defaultdict(list)
    for hazard in hazards:
        step = _step_of(ladder, hazard)
        moves[step.next_at, step.mark].append(hazard.id)
        subject = {"hazard_id": hazard.id, "round": hazard.round, "due_on": hazard.due_on}
        reminders += rows_of(step, ctx.now, **subject)
    table: Any = Hazard.__table__  # without the mapper: many rows, none of them loaded
    for (next_at, mark), ids in moves.items():
        told = update(table).where(table.c.id.in_(ids))
        session.execute(told.values(next_reminder_at=next_at, reminded_step=mark))
    if reminders:
        add_many_once(session, HazardReminder, reminders)
        after_commit(session, wake)
    return len(hazards), len(reminders)


def _due_hazards(session: Session, now: datetime) -> Any:
    """With the moment at which each deadline was set; rows that another scan holds are left."""
    was_set = (
        select(func.max(HazardEntry.at))
        .where(HazardEntry.hazard_id == Hazard.id, HazardEntry.due_on.is_not(None))
        .scalar_subquery()
    )
    case_is_open = select(Case.is_open).where(Case.id == Hazard.case_id).scalar_subquery()
    due = (
        select(
            Hazard.id, Hazard.unit_id, Hazard.found_by, Hazard.round, Hazard.due_on, Hazard.state,
            Hazard.next_reminder_at, Hazard.reminded_step, was_set.label("was_set"),
            case_is_open.label("case_is_open"),
        )
        .where(Hazard.next_reminder_at <= now)
        .order_by(Hazard.next_reminder_at, Hazard.id)
        .limit(BATCH)
    )  # fmt: skip
    return locked_if_free(session, due, Hazard)


def _step_of(ladder: Ladder, hazard: Row[Any]) -> Step:
    """While a case of it runs, the limits of the case speak; it is looked at again next day."""
    if hazard.state is HazardState.IN_CASE and hazard.case_is_open:
        day = ladder.ref.calendar.next_working_day(local_date(ladder.now))
        opening = at(day, ladder.ref.settings.office_hours.start_of_office)
        return Step(None, (), False, opening, hazard.reminded_step)
    return ladder.step_of(_as_clock(ladder, hazard))


def _as_clock(ladder: Ladder, hazard: Row[Any]) -> _DueHazard:
    calendar, office = ladder.ref.calendar, ladder.ref.settings.office_hours
    due_at = end_of_day(hazard.due_on)
    return _DueHazard(
        unit_id=hazard.unit_id,
        lead_unit_id=hazard.unit_id,
        handler_id=_finder(ladder, hazard),
        started_at=hazard.was_set,
        due_at=due_at,
        warn_at=warn_at(hazard.was_set, stated_due(due_at), calendar, office),
        reminded_step=hazard.reminded_step,
        next_reminder_at=hazard.next_reminder_at,
    )


def _finder(ladder: Ladder, hazard: Row[Any]) -> int | None:
    """Whoever found it, while they are of the unit that watches it."""
    person = ladder.directory.people.get(hazard.found_by or 0)
    is_there = person is not None and person.actor.unit_id == hazard.unit_id
    return hazard.found_by if is_there else None
