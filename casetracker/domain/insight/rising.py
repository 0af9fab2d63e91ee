"""Since when something counts as rising. Source: docs/rules/insight.md 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class RisingRule:
    """`least` in `days`, and `times` the mean of as many days over `weeks_before` spans before."""

    days: int
    weeks_before: int
    least: int
    times: int

    def has_risen(self, count: int, before: Sequence[int]) -> bool:
        """Whether a count rose above those of the spans before it."""
        return count >= self.least and count >= self.times * mean_of(before)


RISING = RisingRule(days=7, weeks_before=4, least=5, times=3)


def mean_of(counts: Sequence[int]) -> Fraction:
    """The mean of the spans before; 0 where there is none."""
    return Fraction(sum(counts), len(counts)) if counts else Fraction(0)
