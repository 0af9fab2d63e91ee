"""How long handling took, in working days: from registration to the first reply that reached.

The day of registration is not counted, as in every limit (docs/rules/deadlines.md R1); a case
answered on its day took none. Source: docs/rules/reports.md 3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.rates import Window
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.persistence.case import Case
from casetracker.persistence.local_time import local_day
from casetracker.persistence.queries.visible import visible
from casetracker.stats.insights import Asked, answered_cases
from casetracker.stats.tallies import Received

MOST_SLOW = 90
"""P90: nine cases out of ten took no longer."""


@dataclass(frozen=True, slots=True)
class Handling:
    """Working days over the cases answered in a window; None where there was none."""

    answered: int
    average: Fraction | None
    slow: int | None


NOBODY_ANSWERED = Handling(0, None, None)


def handling_times(
    session: Session, asked: Received, window: Window, calendar: WorkingCalendar
) -> Handling:
    """Over the cases of the profile that were answered in the window; excluded ones left out."""
    return of_spans(spans(session, asked, window, calendar))


class Span(NamedTuple):
    """So many cases took so many working days; `keys` is what the columns asked for say of them."""

    days: int
    cases: int
    keys: tuple[Any, ...]


def spans(
    session: Session, asked: Received, window: Window, calendar: WorkingCalendar, *columns: Any
) -> list[Span]:
    """All of these cases, those together that came and were answered on the same days."""
    keys = [
        local_day(Case.received_at).label("came_on"),
        local_day(Case.replied_at).label("answered_on"),
        *(column.label(f"key_{at}") for at, column in enumerate(columns)),
    ]
    rows = session.execute(
        select(func.count(Case.id), *keys)
        .where(answered_cases(Asked(asked.profile, window, asked.as_of)), visible(asked.scope))
        .group_by(*(key.name for key in keys))
    )
    return [
        Span(calendar.working_days_between(came, answered), cases, tuple(others))
        for cases, came, answered, *others in rows
    ]


def days_taken(calendar: WorkingCalendar, received: datetime, replied: datetime) -> int:
    """Working days between two instants by their Shanghai dates."""
    return calendar.working_days_between(local_date(received), local_date(replied))


def handling_by(found: Iterable[Span], place: int) -> dict[Any, Handling]:
    """Mean and P90 for each value of the column that was asked for at that place."""
    by_key: defaultdict[Any, list[Span]] = defaultdict(list)
    for span in found:
        by_key[span.keys[place]].append(span)
    return {key: of_spans(of_key) for key, of_key in by_key.items()}


def of_spans(found: Iterable[Span]) -> Handling:
    """Mean and P90 (nearest rank) of so many working days."""
    cases = Counter[int]()
    for span in found:
        cases[span.days] += span.cases
    total = cases.total()
    if not total:
        return NOBODY_ANSWERED
    worked = sum(days * count for days, count in cases.items())
    return Handling(total, Fraction(worked, total), _of_rank(cases, -(-total * MOST_SLOW // 100)))


def _of_rank(cases: Counter[int], rank: int) -> int:
    """The days of the case at that place, the quickest at the first."""
    ordered = sorted(cases)
    reached = accumulate(cases[days] for days in ordered)
    return next(days for days, so_far in zip(ordered, reached, strict=True) if so_far >= rank)
