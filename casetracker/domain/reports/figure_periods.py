"""The stretch of time of a figure as addresses name it, and which definitions hold for it.

`2026-03` a month, `2026-W10` a week, `2026-03-05` a day, `2026` a calendar year, and
`2026-03-01--2026-03-07` days from the first to the last; all in Asia/Shanghai.
Source: docs/rules/reports.md 1(6).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from casetracker.domain.days import whole_days
from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import Profile, Window
from casetracker.domain.reports.periods import Span, report_period

BETWEEN = "--"
"""Between the first and the last day, as ISO 8601 has it where a slash is in the way."""


class FigurePeriod(Protocol):
    """What a figure may be counted in."""

    @property
    def key(self) -> str:
        """As an address names it."""
        ...

    @property
    def name(self) -> str:
        """As a sentence names it."""
        ...

    @property
    def month(self) -> str:
        """The month (YYYY-MM) whose definitions hold for it."""
        ...

    def window(self, profile: Profile, as_of: datetime) -> Window:
        """Start (included) and end (not included), as far as figures read at `as_of` reach."""
        ...


@dataclass(frozen=True, slots=True)
class WholeYear:
    """A year from 1 January, whatever a profile calls a month; December's definitions hold."""

    year: int

    @property
    def key(self) -> str:
        return f"{self.year:04d}"

    @property
    def name(self) -> str:
        return f"{self.year}年"

    @property
    def month(self) -> str:
        return f"{self.year:04d}-12"

    def window(self, profile: Profile, as_of: datetime) -> Window:
        return whole_days(date(self.year, 1, 1), date(self.year, 12, 31))


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days, the last one included; the definitions of its month hold."""

    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.first.isoformat()}{BETWEEN}{self.last.isoformat()}"

    @property
    def name(self) -> str:
        return f"{self.first.isoformat()} 至 {self.last.isoformat()}"

    @property
    def month(self) -> str:
        return f"{self.last:%Y-%m}"

    def window(self, profile: Profile, as_of: datetime) -> Window:
        return whole_days(self.first, self.last)


def figure_period(key: str) -> FigurePeriod:
    """The period of that name. Raises InvalidInput (`period`) for anything else."""
    try:
        return _read(key)
    except (ValueError, InvalidInput):
        raise InvalidInput({"period": "bad_period"}) from None


def _read(key: str) -> FigurePeriod:
    if BETWEEN in key:
        first, last = (report_period(Span.DAY, part).key for part in key.split(BETWEEN))
        if first > last:
            raise ValueError(key)
        return Days(date.fromisoformat(first), date.fromisoformat(last))
    if len(key) == 4 and key.isascii() and key.isdigit() and 1900 <= int(key) <= 9000:
        return WholeYear(int(key))
    if "W" in key:
        return report_period(Span.WEEK, key)
    return report_period(Span.MONTH if len(key) == 7 else Span.DAY, key)
