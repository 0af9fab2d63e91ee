"""What a metric is summed from: conditions that are counted, and what each of them adds to it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from casetracker.domain.rates import Metric, Profile, Rate, rate_of
from casetracker.domain.rates.terms import EVERY, Expr, OneOf, both

Cell = tuple[int, Any, str]
"""Index of the window, key of the row, code of the metric."""


@dataclass(slots=True)
class Sums:
    """What was summed for one cell."""

    counted: int = 0
    credit: Fraction | int = 0
    excluded: dict[str, int] = field(default_factory=dict)
    _rate: Rate | None = field(default=None, compare=False)

    def rate(self, metric: Metric) -> Rate:
        """The figure that they make, worked out once: nothing is added to them afterwards."""
        if self._rate is None:
            self._rate = rate_of(
                metric,
                numerator=Fraction(self.credit),
                denominator=self.counted,
                excluded=self.excluded,
            )
        return self._rate


def terms_of(metrics: Iterable[Metric]) -> tuple[Expr, ...]:
    """The conditions that are counted for the metrics, each once."""
    terms = (term for metric in metrics for term in (metric.base, *_credited(metric)))
    return tuple(dict.fromkeys(terms))


def _credited(metric: Metric) -> dict[Expr, Fraction | int]:
    """The cases of the base that add to the numerator, and how much each of them adds."""
    if metric.weights is None:
        return {_within_base(metric, metric.numerator or EVERY): 1}
    return {
        _within_base(metric, OneOf("satisfaction", frozenset({answer}))): weight
        for answer, weight in metric.weights.items()
        if weight
    }


def _within_base(metric: Metric, term: Expr) -> Expr:
    return term if metric.base in (EVERY, term) else both(metric.base, term)


@dataclass(frozen=True, slots=True)
class Part:
    """The places, among the counts of the terms, of what one metric is made of."""

    code: str
    counted: int
    credited: tuple[tuple[int, Fraction | int], ...]


def parts_of(metrics: Iterable[Metric], terms: Sequence[Expr]) -> tuple[Part, ...]:
    """For each metric where its counts stand when `terms` are counted in this order."""
    places = {term: place for place, term in enumerate(terms)}
    return tuple(
        Part(
            metric.code,
            places[metric.base],
            tuple((places[term], _plain(weight)) for term, weight in _credited(metric).items()),
        )
        for metric in metrics
    )


def _plain(weight: Fraction | int) -> Fraction | int:
    """A whole weight as an integer, which is added up in a tenth of the time."""
    return weight.numerator if weight.denominator == 1 else weight


def by_instant(metrics: Iterable[Metric]) -> dict[str, list[Metric]]:
    """The metrics under the instants by which they place a case."""
    found: dict[str, list[Metric]] = {}
    for metric in metrics:
        found.setdefault(metric.window, []).append(metric)
    return found


@dataclass
class Cells:
    """Sums by cell, growing by the counts that were made of cases excluded for one reason."""

    exclusions: Collection[str]
    sums: dict[Cell, Sums] = field(default_factory=dict)

    def add(
        self, parts: Sequence[Part], at: int, key: Any, reason: str | None, counts: Sequence[int]
    ) -> None:
        """Counts of the terms among the cases of one window and row; a reason left is counted by
        itself if the profile honours it."""
        for part in parts:
            counted = counts[part.counted]
            if not counted:
                continue
            place = (at, key, part.code)
            cell = self.sums.get(place)
            if cell is None:
                cell = self.sums[place] = Sums()
            if reason in self.exclusions:
                cell.excluded[str(reason)] = cell.excluded.get(str(reason), 0) + counted
                continue
            cell.counted += counted
            for credited, weight in part.credited:
                cell.credit += weight * counts[credited]

    def rates(self, profile: Profile) -> dict[Cell, Rate]:
        """The figures; cells without a case are absent."""
        metrics = {metric.code: metric for metric in profile.metrics}
        return {cell: found.rate(metrics[cell[2]]) for cell, found in self.sums.items()}
