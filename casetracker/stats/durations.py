"""How long handling took, in working days: from registration to the first reply that reached.

The day of registration is not counted, as in every limit (docs/rules/deadlines.md R1); a case
answered on its day took none. Source: docs/rules/reports.md 3.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.rates import Window
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.persistence.case import Case
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import condition
from casetracker.stats.placing import within
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
    return of_spans([span for span, _ in spans(session, asked, window, calendar)])


Span = tuple[int, tuple[Any, ...]]
"""Working days that a case took, and what the columns asked for say of it."""


def spans(
    session: Session, asked: Received, window: Window, calendar: WorkingCalendar, *columns: Any
) -> list[Span]:
    """One span for each of these cases."""
    rows = session.execute(
        select(Case.received_at, Case.replied_at, *columns).where(
            within(Case.replied_at, window),
            condition(asked.profile.population, asked.as_of),
            and_(
                Case.excluded.is_(None) | Case.excluded.not_in(sorted(asked.profile.exclusions)),
                visible(asked.scope),
            ),
        )
    )
    return [
        (calendar.working_days_between(local_date(received), local_date(replied)), tuple(keys))
        for received, replied, *keys in rows
        if replied is not None
    ]


def handling_by(found: Iterable[Span], place: int) -> dict[Any, Handling]:
    """Mean and P90 for each value of the column that was asked for at that place."""
    by_key: defaultdict[Any, list[int]] = defaultdict(list)
    for days, keys in found:
        by_key[keys[place]].append(days)
    return {key: of_spans(days) for key, days in by_key.items()}


def of_spans(days: Sequence[int]) -> Handling:
    """Mean and P90 (nearest rank) of so many working days."""
    if not days:
        return NOBODY_ANSWERED
    place = -(-len(days) * MOST_SLOW // 100) - 1
    return Handling(len(days), Fraction(sum(days), len(days)), sorted(days)[place])
