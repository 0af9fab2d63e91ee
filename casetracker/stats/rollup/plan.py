"""What is kept of a profile: the conditions that are counted by each instant, under one name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from casetracker.domain.rates import Profile
from casetracker.domain.rates.fingerprint import (
    compared_with_now,
    conditions_of,
    facts_of,
    fingerprint,
)
from casetracker.domain.rates.terms import Expr
from casetracker.stats import counting
from casetracker.stats.summing import Part, by_instant, parts_of, terms_of

DIMENSIONS: Mapping[str, str] = {name: column.key for name, column in counting.DIMENSIONS.items()}
"""By which facts rows are kept, besides all cases together (WHOLE)."""
WHOLE = ""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How the sums of a profile are kept.

    `terms` are counted in one pass; `counted` says which of them, by their places, are kept for
    each instant, `parts` where a metric finds its own among those. `facts` is all that is read of
    a case, `compared` what changes with the clock.
    """

    name: str
    profile: Profile
    terms: tuple[Expr, ...]
    counted: Mapping[str, tuple[int, ...]]
    parts: Mapping[str, tuple[Part, ...]]
    facts: tuple[str, ...]
    compared: tuple[str, ...]


@lru_cache(maxsize=64)
def plan_of(profile: Profile) -> Plan:
    """The plan of a profile; profiles that count the same share its name."""
    terms = terms_of(profile.metrics)
    places = {term: place for place, term in enumerate(terms)}
    of_instant = by_instant(profile.metrics)
    by = {name: terms_of(metrics) for name, metrics in of_instant.items()}
    looked_at = facts_of(conditions_of(profile)) | facts_of(iter(terms)) | set(by)
    return Plan(
        name=fingerprint(profile.month_start_day, profile.population, by),
        profile=profile,
        terms=terms,
        counted={name: tuple(places[term] for term in of) for name, of in by.items()},
        parts={name: parts_of(of, by[name]) for name, of in of_instant.items()},
        facts=tuple(sorted(looked_at | {"excluded", "is_sealed"} | set(DIMENSIONS.values()))),
        compared=tuple(sorted(compared_with_now(conditions_of(profile)))),
    )
