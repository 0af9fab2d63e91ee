"""What a report covers: a month, a week from Monday to Sunday, or a day; all in Asia/Shanghai.

A month is the month of the profile. A day ends at the profile's cut-off hour where it has one
(docs/rules/rates.md 3). Source: docs/rules/reports.md 3.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from casetracker.domain.days import at, local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import (
    Profile,
    Window,
    period_of,
    period_so_far,
    previous_month,
    same_month_last_year,
)

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WEEKS_OF_A_YEAR = 52
"""So many weeks back lies the same week of last year, with the same weekdays."""


class Span(StrEnum):
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


NO_PERIOD = {Span.MONTH: "bad_month", Span.WEEK: "bad_week", Span.DAY: "bad_day"}


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """One period; `key` is `2026-03`, `2026-W10` or `2026-03-05`."""

    span: Span
    key: str

    def window(self, profile: Profile, as_of: datetime) -> Window:
        """Start (included) and end (not included), as far as figures read at `as_of` reach."""
        if self.span is Span.MONTH:
            return period_so_far(profile, self.key, as_of)
        first, after = self._days()
        hour = profile.cut_off_hour if self.span is Span.DAY else None
        if hour is None:
            return at(first, time()), at(after, time())
        return at(first - timedelta(days=1), time(hour)), at(first, time(hour))

    def end(self, profile: Profile) -> datetime:
        """When it is over."""
        return period_of(profile, self.key)[1] if self.span is Span.MONTH else self.calendar_end()

    def calendar_end(self) -> datetime:
        """The midnight after its last day, whatever a profile calls a month."""
        if self.span is not Span.MONTH:
            return at(self._days()[1], time())
        year, month = (int(part) for part in self.key.split("-"))
        return at(date(year + month // 12, month % 12 + 1, 1), time())

    @property
    def month(self) -> str:
        """The month (YYYY-MM) whose definitions hold for it: of a week that of its Sunday."""
        if self.span is Span.MONTH:
            return self.key
        return f"{self._days()[1] - timedelta(days=1):%Y-%m}"

    def previous(self) -> "ReportPeriod":
        """The one before, for 环比."""
        if self.span is Span.MONTH:
            return ReportPeriod(self.span, previous_month(self.key))
        first, after = self._days()
        return period_of_day(self.span, first - (after - first))

    def last_year(self) -> "ReportPeriod":
        """The same one a year before, for 同比."""
        if self.span is Span.MONTH:
            return ReportPeriod(self.span, same_month_last_year(self.key))
        first, _ = self._days()
        if self.span is Span.WEEK:
            return period_of_day(self.span, first - timedelta(weeks=WEEKS_OF_A_YEAR))
        leap = (first.month, first.day) == (2, 29)
        return period_of_day(
            self.span, first.replace(year=first.year - 1, day=28 if leap else first.day)
        )

    @property
    def name(self) -> str:
        """`2026年3月`, `2026年第10周`, `2026年3月5日`."""
        year, rest = self.key.split("-", 1)
        if self.span is Span.MONTH:
            return f"{year}年{int(rest)}月"
        if self.span is Span.WEEK:
            return f"{year}年第{int(rest[1:])}周"
        month, day = rest.split("-")
        return f"{year}年{int(month)}月{int(day)}日"

    @property
    def short(self) -> str:
        """`3月`, `本周`, `3月5日`."""
        return "本周" if self.span is Span.WEEK else self.name.split("年", 1)[1]

    @property
    def tick(self) -> str:
        """As it stands below a chart: `26-03`, `W10`, `03-05`."""
        if self.span is Span.WEEK:
            return self.key.split("-")[1]
        return self.key[2:] if self.span is Span.MONTH else self.key[5:]

    def _days(self) -> tuple[date, date]:
        """First day, and the day after the last, of a week or a day."""
        if self.span is Span.WEEK:
            year, week = self.key.split("-W")
            first = date.fromisocalendar(int(year), int(week), 1)
            return first, first + timedelta(days=7)
        first = date.fromisoformat(self.key)
        return first, first + timedelta(days=1)


def report_period(span: Span, key: str) -> ReportPeriod:
    """Raises InvalidInput for a key that is no such period, under the span's name."""
    if not _is_one(span, key):
        raise InvalidInput({str(span): NO_PERIOD[span]})
    return ReportPeriod(span, key)


def period_of_day(span: Span, day: date) -> ReportPeriod:
    """The period in which the day lies."""
    if span is Span.MONTH:
        return ReportPeriod(span, f"{day.year:04d}-{day.month:02d}")
    if span is Span.WEEK:
        year, week, _ = day.isocalendar()
        return ReportPeriod(span, f"{year:04d}-W{week:02d}")
    return ReportPeriod(span, day.isoformat())


def last_full(span: Span, now: datetime) -> ReportPeriod:
    """The last one that is over."""
    return period_of_day(span, local_date(now)).previous()


def _is_one(span: Span, key: str) -> bool:
    try:
        if span is Span.MONTH:
            previous_month(key)
            return 1900 <= int(key[:4]) <= 9000
        if span is Span.WEEK:
            found = _WEEK.fullmatch(key)
            if found is None:
                return False
            day = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        else:
            if not _DAY.fullmatch(key):
                return False
            day = date.fromisoformat(key)
    except (ValueError, InvalidInput):
        return False
    return 1900 <= day.year <= 9000
