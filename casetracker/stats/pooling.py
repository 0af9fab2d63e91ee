"""Figures put together: rows pooled by their sums, and a profile's whole set with its score."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from casetracker.domain.rates import Metric, Profile, Rate, rate_of, score_of

SCORE = "score"


def pooled(profile: Profile, rows: Iterable[Mapping[str, Rate]]) -> dict[str, Rate]:
    """The rows' sums together, never the mean of their rates."""
    sums: dict[str, Rate] = {}
    for found in rows:
        for code, rate in found.items():
            sums[code] = _sum(profile.metric(code), sums.get(code), rate)
    return sums


def _sum(metric: Metric, one: Rate | None, other: Rate) -> Rate:
    if one is None:
        return other
    reasons = set(one.excluded) | set(other.excluded)
    excluded = {r: one.excluded.get(r, 0) + other.excluded.get(r, 0) for r in reasons}
    return rate_of(
        metric,
        numerator=one.numerator + other.numerator,
        denominator=(one.denominator or 0) + (other.denominator or 0),
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
