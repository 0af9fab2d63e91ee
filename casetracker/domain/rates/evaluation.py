"""Figures worked out case by case in exact arithmetic: what every faster way must agree with."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from casetracker.domain.rates.facts import fact
from casetracker.domain.rates.metric import Metric, Profile
from casetracker.domain.rates.periods import Window


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure with what stands behind it.

    `value` is numerator / denominator, None for a count and for an empty denominator. `excluded`
    counts, by reason, the cases that would otherwise stand in the denominator (or the count).
    """

    value: Fraction | None
    numerator: Fraction
    denominator: int | None
    excluded: Mapping[str, int] = field(default_factory=dict)


class Membership(StrEnum):
    """Whether one case belongs to one figure."""

    COUNTED = "counted"  # in the denominator, or in the count
    EXCLUDED = "excluded"  # would be, but for an approved exclusion
    OUTSIDE = "outside"


def membership(
    metric: Metric, profile: Profile, case: Any, *, window: Window, as_of: datetime
) -> Membership:
    """Whether the case belongs to the figure of that window."""
    instant = fact(case, metric.window)
    start, end = window
    if instant is None or not start <= instant < end:
        return Membership.OUTSIDE
    if not (profile.population.holds(case, as_of) and metric.base.holds(case, as_of)):
        return Membership.OUTSIDE
    return (
        Membership.EXCLUDED if fact(case, "excluded") in profile.exclusions else Membership.COUNTED
    )


def credit(metric: Metric, case: Any, as_of: datetime) -> Fraction:
    """What a counted case adds to the numerator."""
    if metric.weights is not None:
        return Fraction(metric.weights.get(fact(case, "satisfaction"), 0))
    return Fraction(metric.numerator is not None and metric.numerator.holds(case, as_of))


def evaluate(
    metric: Metric, profile: Profile, cases: Iterable[Any], *, window: Window, as_of: datetime
) -> Rate:
    """The figure over the cases; `window` from `period_of`, `as_of` the moment of reading."""
    numerator, counted = Fraction(0), 0
    excluded: Counter[str] = Counter()
    for case in cases:
        belongs = membership(metric, profile, case, window=window, as_of=as_of)
        if belongs is Membership.COUNTED:
            counted += 1
            numerator += credit(metric, case, as_of)
        elif belongs is Membership.EXCLUDED:
            excluded[fact(case, "excluded")] += 1
    return rate_of(metric, numerator=numerator, denominator=counted, excluded=excluded)


def rate_of(
    metric: Metric, *, numerator: Fraction, denominator: int, excluded: Mapping[str, int]
) -> Rate:
    """The figure from its sums, wherever they were summed."""
    if metric.is_count:
        return Rate(None, numerator, None, dict(excluded))
    value = metric.empty
    if denominator:  # in one step: a table makes a thousand of them
        value = Fraction(numerator.numerator, numerator.denominator * denominator)
    return Rate(value, numerator, denominator, dict(excluded))


def score_of(
    profile: Profile, rates: Mapping[str, Rate], *, group: Mapping[str, Fraction] | None = None
) -> Rate | None:
    """The weighted score as a fraction of 100 points, None where the profile has none.

    Its value is None when a rate that it needs has no denominator: such a unit is not ranked.
    `group` gives the counts of the unit's group for parts by share; None means the row is the
    whole group.
    """
    score = profile.score
    if score is None:
        return None
    parts = [(points, rates[code].value) for code, points in score.weights.items()]
    parts += [(points, _given(rates[code])) for code, points in score.flat.items()]
    parts += [(points, _share(code, rates, group)) for code, points in score.share.items()]
    total = Fraction(0)
    for points, value in parts:
        if value is None:
            return Rate(None, Fraction(0), 0)
        total += points * value
    return Rate(total / 100, total, 100)


def _given(rate: Rate) -> Fraction | None:
    return Fraction(1) if rate.denominator else None


def _share(
    code: str, rates: Mapping[str, Rate], group: Mapping[str, Fraction] | None
) -> Fraction | None:
    own = rates[code].numerator
    total = own if group is None else group.get(code)
    return own / total if total else None


def change(now: Fraction | int | None, before: Fraction | int | None) -> Fraction | None:
    """(now - before) / before; None when there is nothing to compare with."""
    return None if now is None or not before else Fraction(now - before) / before


def percent(value: Fraction, places: int) -> Decimal:
    """The value in per cent, rounded half up (away from zero) from the exact fraction."""
    scaled = abs(value) * 100 * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


MOST_CASES = 10**7
"""More than a rate of a street ever has below its line."""


def shown_percent(value: float, decimals: int = 1) -> Decimal:
    """A rate with the decimals that its profile shows, half up.

    The float is brought back to the fraction that it came from, or 92.25 % would round down.
    """
    return percent(Fraction(value).limit_denominator(MOST_CASES), decimals)
