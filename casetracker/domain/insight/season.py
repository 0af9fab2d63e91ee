"""What usually rises in a month, from earlier years. Source: docs/rules/insight.md 3."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_YEARS = 2
"""So many earlier years with the month and the one before it make a usual course."""
LEAST_CASES = 10
"""So many cases in those months together; with fewer any change is chance."""
RISES_BY = Fraction(6, 5)
"""A category rises with the season when the month usually has a fifth more than the one before."""


@dataclass(frozen=True, slots=True)
class Course:
    """A category over the earlier years: cases of the month, and of the month before it.

    `growth` is month over month before, None where there is too little to say.
    """

    key: str
    years: int
    month: int
    before: int
    growth: Fraction | None

    @property
    def rises(self) -> bool:
        return self.growth is not None and self.growth >= RISES_BY


def course_of(key: str, pairs: Sequence[tuple[int, int]]) -> Course:
    """From one pair (month, month before) for each earlier year that was recorded."""
    month, before = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    enough = len(pairs) >= LEAST_YEARS and month + before >= LEAST_CASES and before > 0
    return Course(key, len(pairs), month, before, Fraction(month, before) if enough else None)


def courses(
    counts: Mapping[tuple[str, str], int], month: str, recorded: Sequence[str]
) -> list[Course]:
    """How each category usually moves into that month of the year, the steepest first.

    `counts` by (category, month as YYYY-MM); `recorded` are the months of which there are records.
    """
    years = [
        (earlier, before)
        for earlier, before in _earlier(month)
        if earlier in recorded and before in recorded
    ]
    keys = sorted({key for key, _ in counts})
    found = [
        course_of(key, [(counts.get((key, a), 0), counts.get((key, b), 0)) for a, b in years])
        for key in keys
    ]
    return sorted(found, key=lambda one: (-(one.growth or 0), -one.month, one.key))


def _earlier(month: str) -> list[tuple[str, str]]:
    """The same month of up to ten years before, each with the month before it."""
    year, number = int(month[:4]), int(month[5:])
    pairs = []
    for earlier in range(year - 1, year - 11, -1):
        before = (earlier, number - 1) if number > 1 else (earlier - 1, 12)
        pairs.append((f"{earlier:04d}-{number:02d}", f"{before[0]:04d}-{before[1]:02d}"))
    return pairs
