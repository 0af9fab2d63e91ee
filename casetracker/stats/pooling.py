"""Figures put together: rows pooled by their sums, and a profile's whole set with its score."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from casetracker.domain.rates import Metric, Profile, Rate, rate_of, score_of

SCORE = "score"


def pooled(profile: Profile, rows: Iterable[Mapping[str, Rate]]) -> dict[str, Rate]:
    """The rows' sums together, never the mean of their rates."""
    by_code: dict[str, list[Rate]] = defaultdict(list)
    for found in rows:
        for code, rate in found.items():
            by_code[code].append(rate)
    return {code: _sum(profile.metric(code), rates) for code, rates in by_code.items()}


def _sum(metric: Metric, rates: list[Rate]) -> Rate:
    excluded: Counter[str] = Counter()
    for rate in rates:
        excluded.update(rate.excluded)
    return rate_of(
        metric,
        numerator=sum((rate.numerator for rate in rates), Fraction(0)),
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
