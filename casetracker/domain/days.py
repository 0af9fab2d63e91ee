"""Shanghai dates and instants, and office hours with a lunch break.

Instants are aware; those given out are UTC. Does not know limits or holidays of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from casetracker.domain.working_calendar import WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_SECOND = time(23, 59, 59)
"""Where a day limit ends (R4)."""

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


Span = tuple[datetime, datetime]
"""From (included) to (not included)."""


def local(instant: datetime) -> datetime:
    """The instant on the Shanghai clock. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(SHANGHAI)


def local_date(instant: datetime) -> date:
    """The Shanghai date of the instant. Raises ValueError for a naive one."""
    return local(instant).date()


@lru_cache(maxsize=4096)
def hour_of(instant: datetime) -> str:
    """The hour on the wall; attempts within one of them count as one."""
    return local(instant).strftime("%Y%m%d%H")


def at(day: date, moment: time) -> datetime:
    """That wall-clock moment of the day in Shanghai, as UTC."""
    return datetime.combine(day, moment, SHANGHAI).astimezone(UTC)


def whole_days(first: date, last: date) -> Span:
    """From the start of the first day to the end of the last, in Shanghai, as UTC."""
    return at(first, time.min), at(last + _DAY, time.min)


def end_of_day(day: date) -> datetime:
    """23:59:59 of the day in Shanghai, as UTC."""
    return at(day, LAST_SECOND)


def used_up(spans: Iterator[Span], left: timedelta) -> datetime:
    """The moment, in UTC, at which that much of the spans' time has passed; they must suffice."""
    start, end = next(spans)
    while left > end - start:
        left -= end - start
        start, end = next(spans)
    return (start + left).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The daily sessions of the office, in order; open on working days only.

    Source: docs/rules/deadlines.md R5, R6; the default is 09:00–12:00 and 14:00–17:30.
    """

    sessions: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(14), time(17, 30)))

    def __post_init__(self) -> None:
        edges = [edge for session in self.sessions for edge in session]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("office sessions must be given in order and must not touch")

    @property
    def start_of_office(self) -> time:
        """The first opening of a working day."""
        return self.sessions[0][0]

    @property
    def end_of_office(self) -> time:
        """The last closing of a working day; what comes later is late receipt (R5)."""
        return self.sessions[-1][1]

    def spans_of(self, day: date, calendar: WorkingCalendar) -> tuple[Span, ...]:
        """The open spans of one day, none on a rest day."""
        if not calendar.is_working_day(day):
            return ()
        return tuple((at(day, opens), at(day, closes)) for opens, closes in self.sessions)

    def spans_from(self, instant: datetime, calendar: WorkingCalendar) -> Iterator[Span]:
        """Open spans that end after the instant, without end, the first one cut to it."""
        day = local_date(instant)
        while True:
            for start, end in self.spans_of(day, calendar):
                if end > instant:
                    yield max(start, instant), end
            day = calendar.next_working_day(day)

    def is_open(self, instant: datetime, calendar: WorkingCalendar) -> bool:
        """Whether somebody is at the desk; the closing moment itself is no longer open."""
        spans = self.spans_of(local_date(instant), calendar)
        return any(start <= instant < end for start, end in spans)

    def next_open(self, instant: datetime, calendar: WorkingCalendar) -> datetime:
        """The instant itself while the office is open, else the next opening."""
        return next(self.spans_from(instant, calendar))[0].astimezone(UTC)

    def add_office_time(
        self, instant: datetime, hours: float, calendar: WorkingCalendar
    ) -> datetime:
        """The moment at which that much office time has passed, lunch and rest days left out.

        A limit used up exactly at closing ends at closing, not at the next opening.
        """
        return used_up(self.spans_from(instant, calendar), timedelta(hours=hours))

    def subtract_office_time(
        self, instant: datetime, hours: float, calendar: WorkingCalendar
    ) -> datetime:
        """The latest moment from which that much office time is left before the instant."""
        left = timedelta(hours=hours)
        day = local_date(instant)
        while True:
            for start, end in reversed(self.spans_of(day, calendar)):
                length = max(min(end, instant) - start, _NOTHING)
                if left <= length:
                    return start + length - left
                left -= length
            day = calendar.previous_working_day(day)


OFFICE = OfficeHours()
"""The hours used where a street has configured none."""
