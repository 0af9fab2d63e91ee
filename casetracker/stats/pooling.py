"""Figures put together: rows pooled by their sums, totals, the whole set of a profile."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from casetracker.domain.rates import Metric, Profile, Rate, rate_of, score_of
from casetracker.domain.vocabulary import Aggregation

SCORE = "score"


def total_of(profile: Profile, parts: Mapping[Any, Mapping[str, Rate]]) -> Mapping[str, Rate]:
    """The parts together: pooled, or the mean of the units' rates where the profile says so.

    Of a mean the parts are units by their key; what has no unit yet is in its sums, not in it.
    """
    sums = pooled(profile, parts.values())
    if profile.aggregation is Aggregation.MEAN:
        units = [whole(profile, found, None) for key, found in parts.items() if key is not None]
        sums = {
            code: rate if rate.denominator is None else replace(rate, value=_mean(code, units))
            for code, rate in sums.items()
        }
    return whole(profile, sums, None)


def _mean(code: str, units: list[Mapping[str, Rate]]) -> Fraction | None:
    """Over the units that have a value."""
    values = [found[code].value for found in units]
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def pooled(profile: Profile, rows: Iterable[Mapping[str, Rate]]) -> dict[str, Rate]:
    """The rows' sums together, never the mean of their rates."""
    by_code: dict[str, list[Rate]] = defaultdict(list)
    for found in rows:
        for code, rate in found.items():
            by_code[code].append(rate)
    return {code: _sum(profile.metric(code), rates) for code, rates in by_code.items()}


def _sum(metric: Metric, rates: list[Rate]) -> Rate:
    if len(rates) == 1:
        return rates[0]
    excluded: Counter[str] = Counter()
    numerators: dict[int, int] = {}  # by what they are divided by: few, and integers add quickly
    for rate in rates:
        below, top = rate.numerator.denominator, rate.numerator.numerator
        numerators[below] = numerators.get(below, 0) + top
        if rate.excluded:
            excluded.update(rate.excluded)
    return rate_of(
        metric,
        numerator=sum((Fraction(top, below) for below, top in numerators.items()), Fraction(0)),
        denominator=sum(rate.denominator or 0 for rate in rates),
        excluded=excluded,
    )


def whole(
    profile: Profile, found: Mapping[str, Rate], group: Mapping[str, Fraction] | None
) -> Mapping[str, Rate]:
    """All metrics in the profile's order, empty ones too, and its score where it has one."""
    rates = {
        metric.code: found.get(metric.code)
        or rate_of(metric, numerator=Fraction(0), denominator=0, excluded={})
        for metric in profile.metrics
    }
    score = score_of(profile, rates, group=group)
    return rates if score is None else {**rates, SCORE: score}
