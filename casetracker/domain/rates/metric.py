"""What a rate is: a row with its numerator, denominator, weights and window; and a profile of rows.

Source: docs/rules/rates.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from casetracker.domain.rates.facts import INSTANTS
from casetracker.domain.rates.terms import Expr
from casetracker.domain.vocabulary import Aggregation, ExcludeReason, Satisfaction, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One figure. `window` is the instant of a case that must lie in the period.

    `denominator` None makes it a plain count of `numerator`. Where `weights` stand, a case of the
    denominator counts with the weight of its satisfaction (an answer without weight, or none,
    counts 0) and there is no `numerator`. `empty` is the value of an empty denominator.
    """

    code: str
    name_zh: str
    numerator: Expr | None
    denominator: Expr | None
    window: str
    source: str
    definition_zh: str
    weights: Mapping[Satisfaction, Fraction] | None = field(default=None, hash=False)
    empty: Fraction | None = None

    def __post_init__(self) -> None:
        if self.window not in INSTANTS:
            raise ValueError(f"{self.code}: {self.window} is no instant of a case")
        if (self.numerator is None) == (self.weights is None):
            raise ValueError(f"{self.code}: needs a numerator or weights, not both")
        if self.weights is not None and self.denominator is None:
            raise ValueError(f"{self.code}: weights need a denominator")

    @property
    def is_count(self) -> bool:
        return self.denominator is None

    @property
    def base(self) -> Expr:
        """The condition on a case of the denominator, or of the count where there is none."""
        base = self.numerator if self.denominator is None else self.denominator
        assert base is not None, "weights need a denominator"
        return base


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points of 100 by metric: `weights` times the rate, `flat` where the rate has a denominator,
    `share` times the unit's part in the count of its group."""

    weights: Mapping[str, Fraction] = field(hash=False)
    flat: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    share: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    source: str
    definition_zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named, dated set of definitions.

    `population` limits all rows; a case excluded for one of `exclusions` leaves every rate and is
    counted by its reason. A month begins on `month_start_day`, of the month before when that is
    not the 1st. While a month runs, figures reach to the last `cut_off_hour` (None: to the
    moment). `aggregation` says what a total is, `decimals` how many of a percentage are shown.
    It holds for the month of `effective_from` and those after it, until a later version does.
    """

    code: str
    name_zh: str
    version: str
    effective_from: date
    track: Track
    metrics: tuple[Metric, ...]
    population: Expr
    exclusions: frozenset[str] = frozenset(ExcludeReason)
    month_start_day: int = 1
    cut_off_hour: int | None = None
    score: Score | None = None
    decimals: int = 1
    aggregation: Aggregation = Aggregation.POOLED

    @property
    def from_month(self) -> str:
        """The first month that is counted by it, as YYYY-MM."""
        return f"{self.effective_from:%Y-%m}"

    def metric(self, code: str) -> Metric:
        """The row of that code; KeyError when the profile has none."""
        for row in self.metrics:
            if row.code == code:
                return row
        raise KeyError(code)
