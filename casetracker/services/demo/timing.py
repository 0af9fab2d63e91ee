"""Moments for the demonstration: working days, office hours, and how long people take."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from casetracker.domain.days import SHANGHAI, OfficeHours
from casetracker.domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Pace:
    """Moves in office time, as the street's calendar and hours have it."""

    calendar: WorkingCalendar
    office: OfficeHours

    def arrival(self, random: Random, day: date) -> datetime:
        """When somebody speaks up on that day: mostly by day, on any day of the week."""
        seconds = random.randint(8 * 3600, 20 * 3600)
        start = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
        return start + timedelta(seconds=seconds)

    def after(self, moment: datetime, hours: float) -> datetime:
        """That much office time later, in whole seconds."""
        return self.office.add_office_time(moment, hours, self.calendar).replace(microsecond=0)


def month_days(month: date) -> int:
    """How many days the month of that first day has."""
    return ((month.replace(day=28) + timedelta(days=4)).replace(day=1) - month).days


def months_back(today: date, count: int) -> list[date]:
    """The first days of the current month and of that many before it, oldest first."""
    month, firsts = today.replace(day=1), []
    for _ in range(count + 1):
        firsts.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return firsts[::-1]
