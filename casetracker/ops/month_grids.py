"""Months of the working calendar as grids, each week from Monday."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from casetracker.domain.working_calendar import WorkingCalendar

OFF, WORKED = "休", "班"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: `mark` where it differs from the plain week, else empty."""

    day: date
    mark: str
    name: str
    is_workday: bool


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` hold seven places each, None outside the month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


def months_of(year: int, calendar: WorkingCalendar) -> list[Month]:
    return [Month(number, weeks_of(year, number, calendar)) for number in range(1, 13)]


def weeks_of(
    year: int, month: int, calendar: WorkingCalendar
) -> tuple[tuple[Cell | None, ...], ...]:
    """Weeks from Monday with seven places each, None outside the month."""
    weeks = Calendar().monthdatescalendar(year, month)
    return tuple(
        tuple(_cell(day, calendar) if day.month == month else None for day in week)
        for week in weeks
    )


def _cell(day: date, calendar: WorkingCalendar) -> Cell:
    name = calendar.holiday_name(day)
    mark = WORKED if calendar.is_make_up_day(day) else "" if name is None else OFF
    return Cell(day, mark, name or "", calendar.is_working_day(day))
