"""How long handling took, in working days: from registration to the first reply that reached.

The day of registration is not counted, as in every limit (docs/rules/deadlines.md R1); a case
answered on its day took none. Source: docs/rules/reports.md 3.
"""

from dataclasses import dataclass
from fractions import Fraction

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


def handling_times(
    session: Session, asked: Received, window: Window, calendar: WorkingCalendar
) -> Handling:
    """Over the cases of the profile that were answered in the window; excluded ones left out."""
    rows = session.execute(
        select(Case.received_at, Case.replied_at).where(
            within(Case.replied_at, window),
            condition(asked.profile.population, asked.as_of),
            and_(
                Case.excluded.is_(None) | Case.excluded.not_in(sorted(asked.profile.exclusions)),
                visible(asked.scope),
            ),
        )
    )
    days = sorted(
        calendar.working_days_between(local_date(received), local_date(replied))
        for received, replied in rows
        if replied is not None
    )
    if not days:
        return Handling(0, None, None)
    place = -(-len(days) * MOST_SLOW // 100) - 1  # nearest rank
    return Handling(len(days), Fraction(sum(days), len(days)), days[place])
