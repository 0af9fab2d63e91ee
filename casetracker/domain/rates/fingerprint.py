"""What the sums of a profile depend on: a name for it, the facts that it looks at, and the clock.

Weights, exclusions, rounding and scores are applied to sums and are no part of it.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from casetracker.domain.rates.definitions import plain_term
from casetracker.domain.rates.facts import AS_OF
from casetracker.domain.rates.metric import Profile
from casetracker.domain.rates.terms import AllOf, AnyOf, Expr, Not, NotAfter


def fingerprint(first_day: int, population: Expr, counted: dict[str, tuple[Expr, ...]]) -> str:
    """The same for definitions that count the same: from which day on a month is counted, which
    cases belong to it, and what is counted by which instant, in this order.
    """
    plain = [
        first_day,
        plain_term(population),
        [[instant, [plain_term(term) for term in terms]] for instant, terms in counted.items()],
    ]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def facts_of(terms: Iterator[Expr]) -> frozenset[str]:
    """The facts that the terms look at."""
    names = (name for term in terms for leaf in _leaves(term) for name in _facts(leaf))
    return frozenset(names) - {AS_OF}


def compared_with_now(terms: Iterator[Expr]) -> frozenset[str]:
    """The instants that decide by passing: a case counts anew when the clock reaches one."""
    leaves = (leaf for term in terms for leaf in _leaves(term))
    sides = ({leaf.first, leaf.second} for leaf in leaves if isinstance(leaf, NotAfter))
    return frozenset(name for both in sides if AS_OF in both for name in both) - {AS_OF}


def conditions_of(profile: Profile) -> Iterator[Expr]:
    """The population and what every metric counts."""
    yield profile.population
    for metric in profile.metrics:
        yield metric.base
        if metric.numerator is not None:
            yield metric.numerator


def _leaves(term: Expr) -> Iterator[Expr]:
    match term:
        case AllOf(terms) | AnyOf(terms):
            for each in terms:
                yield from _leaves(each)
        case Not(inner):
            yield from _leaves(inner)
        case _:
            yield term


def _facts(leaf: Any) -> tuple[str, ...]:
    return (leaf.first, leaf.second) if isinstance(leaf, NotAfter) else (leaf.fact,)
