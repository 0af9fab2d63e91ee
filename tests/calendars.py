"""Working calendars for tests, built from the published notices that `chinesecalendar` carries."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from chinese_calendar.constants import holidays, workdays

from casetracker.domain.working_calendar import CalendarYear, WorkingCalendar
from casetracker.services.office.calendar_notices import NAMES, title_of


def published_year(year: int) -> CalendarYear:
    """One year as published: every rest day of a holiday run, and the make-up days."""
    off = {day: NAMES[name] for day, name in holidays.items() if day.year == year}
    on = frozenset(day for day in workdays if day.year == year)
    if not off:
        raise ValueError(f"no notice for {year}")
    return CalendarYear(
        year=year,
        holidays=frozenset(off),
        make_up_days=on,
        version="1",
        source=title_of(year),
        names=off,
    )


@lru_cache(maxsize=8)
def _calendar(years: tuple[int, ...]) -> WorkingCalendar:
    return WorkingCalendar({year: published_year(year) for year in years})


def china_calendar(years: Iterable[int] = range(2018, 2027)) -> WorkingCalendar:
    """The calendar of the given years; 2018–2026 unless said otherwise, 2027 is unpublished."""
    return _calendar(tuple(years))


def naive_is_working_day(day: date) -> bool:
    """The same question asked of the source itself, for oracles; 2027 on is Monday to Friday."""
    if day in workdays:
        return True
    return day.weekday() < 5 and day not in holidays
