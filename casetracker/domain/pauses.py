"""Suspensions of a clock: from when, to when, and what that means for days and for hours.

Pauses are read from the history of a case; nothing here decides whether a limit may be paused.
Source: docs/rules/deadlines.md R9; 信访工作条例第三十六条 (a hearing); 挂账 of the hotline.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casetracker.domain.days import Span, end_of_day


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from `start` until `end`; `end` is None while it still does."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise ValueError("a pause needs instants with a time zone")
        if self.end is not None and self.end < self.start:
            raise ValueError("a pause cannot end before it starts")


def closed(pauses: Iterable[Pause]) -> tuple[Span, ...]:
    """The pauses that are over, in order."""
    return tuple(sorted((p.start, p.end) for p in pauses if p.end is not None))


def open_since(pauses: Iterable[Pause]) -> datetime | None:
    """Since when the clock stands, None when it runs."""
    return min((p.start for p in pauses if p.end is None), default=None)


def stands_at_end_of(day: date, spans: Sequence[Span]) -> bool:
    """Whether the clock stands when the day ends; such a day is not counted."""
    end = end_of_day(day)
    return any(start <= end < stop for start, stop in spans)


def without(spans: Iterable[Span], pauses: Sequence[Span]) -> Iterator[Span]:
    """The given spans with the paused time cut out of them."""
    for start, end in spans:
        moment = start
        for pause_start, pause_end in pauses:
            if pause_end <= moment or pause_start >= end:
                continue
            if pause_start > moment:
                yield moment, pause_start
            moment = pause_end
        if moment < end:
            yield moment, end
