"""Ranks of units among their own group; a small denominator is listed and not ranked.

Source: docs/rules/reports.md 5.
"""

from collections.abc import Mapping
from fractions import Fraction

from casetracker.domain.rates import Profile, Rate

LEAST = 10
"""So many cases in the denominator at least, or a single case would move a unit by places."""

FIRST, SECOND = "completion_on_time", "satisfaction"
Rates = Mapping[str, Rate]


def rank_words(profile: Profile) -> str:
    """By what units are ranked, as the report says it."""
    by = "综合成绩" if profile.score else profile.metric(FIRST).name_zh
    then = "" if profile.score else f"，相同的依次比较{profile.metric(SECOND).name_zh}和受理量"
    then = then or "，相同的比较受理量"
    return f"各组分别以{by}高低排名{then}；分母不足{LEAST}件的只列示、不排名"


def ranks_of(profile: Profile, units: Mapping[str, Rates]) -> dict[str, int]:
    """The rank of each unit that has enough cases; equals share a rank."""
    keys = {
        unit: key
        for unit, rates in units.items()
        if weight_of(profile, rates) >= LEAST and (key := _key(profile, rates)) is not None
    }
    ordered = sorted(keys.values(), reverse=True)
    return {unit: ordered.index(key) + 1 for unit, key in keys.items()}


def weight_of(profile: Profile, rates: Rates) -> int:
    """The smallest denominator that the ranking rests on."""
    codes = profile.score.weights if profile.score else (FIRST,)
    return min(rates[code].denominator or 0 for code in codes)


def _key(profile: Profile, rates: Rates) -> tuple[Fraction, ...] | None:
    """What is compared, best first; None where there is nothing to compare."""
    received = rates["received"].numerator
    if profile.score:
        score = rates["score"].value
        return None if score is None else (score, received)
    first, second = rates[FIRST].value, rates[SECOND].value
    return None if first is None else (first, second or Fraction(0), received)
