"""Calendars of the petition track: which notices and which opinions are due on which day.

Two dates stand side by side: `due_raw` as supervising platforms count, `due_legal` rolled over
holidays; lateness is judged by the second. Source: docs/rules/deadlines.md; 《信访工作条例》 art.
23, 34.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.limits import MAIN
from casetracker.domain.petition_vocabulary import Disposal
from casetracker.domain.vocabulary import ClockStatus, State, Track
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.case_filter import IS_OPEN, CaseFilter
from casetracker.persistence.queries.case_list import shown_name
from casetracker.persistence.queries.petition_filter import IS_PETITION
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.within import within
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

OPEN_PETITIONS = CaseFilter(track=Track.PETITION, is_open=True)
MOST = 100
"""Lines that one page shows; days are counted whole."""


class DueCalendar(StrEnum):
    """Which limits a calendar is about: fifteen days to tell, sixty days to answer."""

    NOTICES = "notices"
    OPINIONS = "opinions"


LIMITS = {
    DueCalendar.NOTICES: ("notify15",),
    DueCalendar.OPINIONS: tuple(code for code in MAIN if code != "handle"),
}


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How many fall due on a day: as the law counts, and as platforms do."""

    legal: int = 0
    raw: int = 0


@dataclass(frozen=True, slots=True)
class DueLine:
    """One petition with the limit that runs; instants aware, UTC."""

    number: str
    title: str
    person: str
    persons: int
    state: State
    unit: str | None
    disposal: Disposal | None
    limit: str
    started_at: datetime
    due_raw: datetime
    due_legal: datetime
    standing: Standing
    provisional: bool
    extended_days: int


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month of one calendar: loads by day, what is late, and the lines of one day or of the month
    but for what is late.

    `total` is how many lines there are, of which the first `MOST` are given.
    """

    days: dict[date, DayLoad]
    lines: tuple[DueLine, ...]
    total: int
    late: tuple[DueLine, ...]
    late_total: int


@query
def calendar_month(
    ctx: Context, session: Session, calendar: DueCalendar, month: date, *, day: date | None = None
) -> CalendarMonth:
    """What is open and due in the month of that day, within what the actor sees."""
    ref = reference(session)
    running = _running(ctx, ref, calendar)
    first, beyond = _span(month.replace(day=1), _next_month(month))
    days = _loads(session, running, first, beyond)
    asked = _span(day, day + timedelta(days=1)) if day else (first, beyond)
    within = or_(_between(Clock.due_legal, *asked), _between(Clock.due_raw, *asked))
    late = Clock.due_at < ctx.now
    shown = [*running, within, *([] if day else [~late])]
    return CalendarMonth(
        days=days,
        lines=_lines(ctx, session, ref, shown),
        total=_count(session, shown),
        late=_lines(ctx, session, ref, [*running, late]),
        late_total=_count(session, [*running, late]),
    )


def _running(ctx: Context, ref: Reference, calendar: DueCalendar) -> list[ColumnElement[bool]]:
    return [
        IS_OPEN,
        IS_PETITION,
        within(scope_of(ctx.actor, ref), OPEN_PETITIONS),
        Clock.limit_code.in_(LIMITS[calendar]),
        Clock.status == ClockStatus.RUNNING,
    ]


def _span(first: date, beyond: date) -> tuple[datetime, datetime]:
    midnight = datetime.min.time()
    return at(first, midnight), at(beyond, midnight)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _between(column: Any, first: datetime, beyond: datetime) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = (column >= first) & (column < beyond)
    return inside


def _loads(
    session: Session, running: list[ColumnElement[bool]], first: datetime, beyond: datetime
) -> dict[date, DayLoad]:
    found: dict[date, DayLoad] = {}
    for column, name in ((Clock.due_legal, "legal"), (Clock.due_raw, "raw")):
        for due, count in _by_day(session, column, [*running, _between(column, first, beyond)]):
            day = local_date(due)
            load = found.get(day, DayLoad())
            counts = {"legal": load.legal, "raw": load.raw}
            counts[name] += count
            found[day] = DayLoad(**counts)
    return found


def _by_day(session: Session, column: Any, conditions: list[ColumnElement[bool]]) -> Sequence[Any]:
    """Limits counted in days end at the end of a day, so that there are few moments."""
    return session.execute(
        select(column, func.count())
        .select_from(Clock)
        .join(Case, Case.id == Clock.case_id)
        .where(*conditions)
        .group_by(column)
    ).all()


def _count(session: Session, conditions: list[ColumnElement[bool]]) -> int:
    counted = select(func.count()).select_from(Clock).join(Case, Case.id == Clock.case_id)
    return session.scalar(counted.where(*conditions)) or 0


def _lines(
    ctx: Context, session: Session, ref: Reference, conditions: list[ColumnElement[bool]]
) -> tuple[DueLine, ...]:
    rows = session.execute(
        select(Clock, Case, Petitioner.name, Petitioner.is_confidential, Petition.disposal)
        .join(Case, Case.id == Clock.case_id)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .join(Petition, Petition.case_id == Case.id)
        .where(*conditions)
        .order_by(Clock.due_at, Clock.id)
        .limit(MOST)
    )
    return tuple(_line(ctx, ref, *row) for row in rows)


def _line(
    ctx: Context, ref: Reference, clock: Clock, case: Case, name: str | None,
    is_confidential: bool, disposal: Disposal | None,
) -> DueLine:  # fmt: skip
    return DueLine(
        number=case.number,
        title=case.title,
        person=shown_name(name, confidential=is_confidential),
        persons=case.persons,
        state=case.state,
        unit=ref.unit_name(case.lead_unit_id),
        disposal=disposal,
        limit=clock.limit_code,
        started_at=clock.started_at,
        due_raw=clock.due_raw,
        due_legal=clock.due_legal,
        standing=standing(clock.due_at, clock.warn_at, ctx.now),
        provisional=clock.provisional,
        extended_days=clock.extended_days,
    )
