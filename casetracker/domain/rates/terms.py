"""Conditions over the facts of one case, as data that Python evaluates and SQL is made from.

Every node is true or false, never unknown: a missing fact makes a leaf false. A translation into
SQL must keep that (`flag IS TRUE`, `a IS NOT NULL AND b IS NOT NULL AND a <= b`), or `Not` would
disagree with Python.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetracker.domain.rates.facts import AS_OF, COUNTS, FACTS, FLAGS, INSTANTS, fact


def _known(name: str, allowed: Iterable[str]) -> None:
    if name not in allowed:
        raise ValueError(f"{name} is no such fact")


@dataclass(frozen=True, slots=True)
class IsSet:
    """The fact is known at all."""

    fact: str

    def __post_init__(self) -> None:
        _known(self.fact, FACTS)

    def holds(self, case: Any, as_of: datetime) -> bool:
        return fact(case, self.fact) is not None


@dataclass(frozen=True, slots=True)
class Is:
    """The flag is known and true."""

    fact: str

    def __post_init__(self) -> None:
        _known(self.fact, FLAGS)

    def holds(self, case: Any, as_of: datetime) -> bool:
        return bool(fact(case, self.fact))


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact is one of these codes."""

    fact: str
    values: frozenset[str]

    def __post_init__(self) -> None:
        _known(self.fact, FACTS - INSTANTS - COUNTS - FLAGS)

    def holds(self, case: Any, as_of: datetime) -> bool:
        return fact(case, self.fact) in self.values


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The count reaches `number`."""

    fact: str
    number: int

    def __post_init__(self) -> None:
        _known(self.fact, COUNTS)

    def holds(self, case: Any, as_of: datetime) -> bool:
        return (fact(case, self.fact) or 0) >= self.number


@dataclass(frozen=True, slots=True)
class NotAfter:
    """Both instants are known and the first is not later; either may be AS_OF."""

    first: str
    second: str

    def __post_init__(self) -> None:
        _known(self.first, INSTANTS | {AS_OF})
        _known(self.second, INSTANTS | {AS_OF})

    def holds(self, case: Any, as_of: datetime) -> bool:
        first, second = (
            as_of if name == AS_OF else fact(case, name) for name in (self.first, self.second)
        )
        return first is not None and second is not None and bool(first <= second)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every term holds; of no terms: every case."""

    terms: tuple["Expr", ...] = ()

    def holds(self, case: Any, as_of: datetime) -> bool:
        return all(term.holds(case, as_of) for term in self.terms)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one term holds."""

    terms: tuple["Expr", ...]

    def holds(self, case: Any, as_of: datetime) -> bool:
        return any(term.holds(case, as_of) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Not:
    """The term does not hold."""

    term: "Expr"

    def holds(self, case: Any, as_of: datetime) -> bool:
        return not self.term.holds(case, as_of)


Expr = IsSet | Is | OneOf | AtLeast | NotAfter | AllOf | AnyOf | Not
"""All node types there are; a translator that matches these is complete."""

EVERY = AllOf()
"""Holds for every case."""


def both(*terms: Expr) -> AllOf:
    return AllOf(terms)


def either(*terms: Expr) -> AnyOf:
    return AnyOf(terms)
