"""Which days are worked in China: weekends, statutory holidays and make-up days (调休上班).

Holds the facts of the years it was given and counts over them. It does not know where they come
from (a table seeded from the State Council notices) nor what a limit is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

UNPUBLISHED = "unpublished"
_SATURDAY, _SUNDAY = 6, 0  # date.toordinal() % 7
_YEARS_BEYOND = 2  # years after the last published one kept in the index


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's official notice: days off, days worked in exchange, and where that stands.

    `holidays` holds every day of the rest runs, weekend days included; `make_up_days` are the
    Saturdays and Sundays that are worked. `names` gives the Chinese name of a holiday if known.
    Both may hold a few days of the neighbouring year (元旦 2023 began on 2022-12-31).
    Source: 全国年节及纪念日放假办法 (2024); the yearly notice of 国务院办公厅.
    """

    year: int
    holidays: frozenset[date]
    make_up_days: frozenset[date]
    version: str
    source: str
    names: Mapping[date, str] = field(default_factory=dict, compare=False)


def _union(sets: Iterable[frozenset[date]]) -> frozenset[date]:
    return frozenset[date]().union(*sets)


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """Counts working days; a year without a notice is taken as Monday to Friday, provisionally.

    Dates are Shanghai dates. Nothing raises: a date outside the published years gives an answer
    and `covers` says that it is a guess.
    Compared by identity, so that it may key a cache. Source: 民法典第二百零三条; R2, R10.
    """

    years: Mapping[int, CalendarYear]
    _holidays: frozenset[date] = field(init=False, repr=False, compare=False)
    _make_up_days: frozenset[date] = field(init=False, repr=False, compare=False)
    _names: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _index: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _first: int = field(init=False, repr=False, compare=False)
    _last: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows = tuple(self.years.values())
        put = object.__setattr__
        put(self, "_holidays", _union(row.holidays for row in rows))
        put(self, "_make_up_days", _union(row.make_up_days for row in rows))
        put(self, "_names", {day: name for row in rows for day, name in row.names.items()})
        first = date(min(self.years), 1, 1).toordinal() if self.years else 1
        last = date(max(self.years) + _YEARS_BEYOND, 12, 31).toordinal() if self.years else 0
        put(self, "_first", first)
        put(self, "_last", last)
        put(self, "_index", self._working_ordinals(first, last))

    def _working_ordinals(self, first: int, last: int) -> tuple[int, ...]:
        off = {day.toordinal() for day in self._holidays}
        on = {day.toordinal() for day in self._make_up_days}
        return tuple(
            o
            for o in range(first, last + 1)
            if o in on or (o % 7 not in (_SATURDAY, _SUNDAY) and o not in off)
        )

    def is_working_day(self, day: date) -> bool:
        """A make-up Saturday or Sunday is worked; a statutory holiday is not."""
        if day in self._make_up_days:
            return True
        return day.weekday() < 5 and day not in self._holidays

    def is_make_up_day(self, day: date) -> bool:
        return day in self._make_up_days

    def holiday_name(self, day: date) -> str | None:
        """Chinese name of the holiday, '' where it has none on record, None on other days."""
        return self._names.get(day, "") if day in self._holidays else None

    def covers(self, day: date) -> bool:
        """Whether the official notice for the day's year is loaded."""
        return day.year in self.years

    def is_provisional(self, *days: date) -> bool:
        """Whether any of the days lies in a year whose notice is not loaded."""
        return any(day.year not in self.years for day in days)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after the day."""
        return self.add_working_days(day, 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day strictly before the day."""
        return self._step_back(day.toordinal() - 1)

    def last_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the last working day before it."""
        return self._step_back(day.toordinal())

    def _step_back(self, ordinal: int) -> date:
        while not self.is_working_day(date.fromordinal(ordinal)):
            ordinal -= 1
        return date.fromordinal(ordinal)

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after the day, which is itself not counted; 0 gives the day.

        Raises ValueError for a negative count. Source: 民法典第二百零一条; R4.
        """
        if count < 1:
            if count:
                raise ValueError("working days are counted forward")
            return day
        ordinal = day.toordinal()
        if ordinal >= self._first - 1:
            place = bisect_right(self._index, ordinal) + count - 1
            if place < len(self._index):
                return date.fromordinal(self._index[place])
        return self._walk(day, count)

    def _walk(self, day: date, count: int) -> date:
        ordinal = day.toordinal()
        while count:
            ordinal += 1
            count -= self.is_working_day(date.fromordinal(ordinal))
        return date.fromordinal(ordinal)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when end is not later."""
        low, high = start.toordinal(), end.toordinal()
        if high <= low:
            return 0
        if self._first - 1 <= low and high <= self._last:
            return bisect_right(self._index, high) - bisect_left(self._index, low + 1)
        return sum(self.is_working_day(date.fromordinal(o)) for o in range(low + 1, high + 1))

    def version_for(self, days: Iterable[date]) -> str:
        """The calendar versions behind the given days, such as `2025:1 2026:2 2027:unpublished`."""
        return " ".join(
            f"{year}:{self.years[year].version if year in self.years else UNPUBLISHED}"
            for year in sorted({day.year for day in days})
        )
