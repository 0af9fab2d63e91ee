"""Why one case stands in a figure or not: the conditions that decided it, from the definition."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from casetracker.domain.rates.evaluation import Membership, credit, membership
from casetracker.domain.rates.facts import fact
from casetracker.domain.rates.metric import Metric, Profile
from casetracker.domain.rates.periods import Window
from casetracker.domain.rates.terms import (
    EVERY,
    AllOf,
    AnyOf,
    AtLeast,
    Expr,
    Is,
    IsSet,
    Not,
    NotAfter,
    OneOf,
)

Leaf = IsSet | Is | OneOf | AtLeast | NotAfter
"""A condition that looks at facts itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """How one case stands to one figure of one window, and what decided it.

    `instant` is what places the case in time, None where it has not come. `outside` are the
    conditions that keep a placed case out; `base` and `numerator` those that decided on the
    denominator and the numerator of a counted one. `credit` is what it adds to the numerator.
    """

    membership: Membership
    instant: datetime | None
    is_placed: bool
    outside: tuple[Leaf, ...] = ()
    base: tuple[Leaf, ...] = ()
    numerator: tuple[Leaf, ...] = ()
    credit: Fraction = Fraction(0)


def reason_of(
    metric: Metric, profile: Profile, case: Any, *, window: Window, as_of: datetime
) -> Reason:
    """The reason from the very terms that count: true for the figure because the same is asked."""
    instant = fact(case, metric.window)
    is_placed = instant is not None and window[0] <= instant < window[1]
    belongs = membership(metric, profile, case, window=window, as_of=as_of)
    if belongs is Membership.OUTSIDE:
        return Reason(belongs, instant, is_placed, _against(metric, profile, case, as_of))
    base = tuple(deciding(metric.base, case, as_of))
    if belongs is Membership.EXCLUDED:
        return Reason(belongs, instant, is_placed, base=base)
    asked = tuple(deciding(_asked(metric), case, as_of))
    return Reason(belongs, instant, is_placed, (), base, asked, credit(metric, case, as_of))


def deciding(term: Expr, case: Any, as_of: datetime) -> Iterator[Leaf]:
    """The leaves that make the term what it is for this case: true or false."""
    match term:
        case AllOf(terms) if term.holds(case, as_of):
            yield from _all(terms, case, as_of)
        case AllOf(terms):
            yield from _all((t for t in terms if not t.holds(case, as_of)), case, as_of)
        case AnyOf(terms) if term.holds(case, as_of):
            yield from _all((t for t in terms if t.holds(case, as_of)), case, as_of)
        case AnyOf(terms):
            yield from _all(terms, case, as_of)
        case Not(inner):
            yield from deciding(inner, case, as_of)
        case _:
            yield term


def facts_in(leaf: Leaf) -> frozenset[str]:
    """The facts that the condition looks at."""
    if isinstance(leaf, NotAfter):
        return frozenset({leaf.first, leaf.second})
    return frozenset({leaf.fact})


def _all(terms: Any, case: Any, as_of: datetime) -> Iterator[Leaf]:
    for term in terms:
        yield from deciding(term, case, as_of)


def _against(metric: Metric, profile: Profile, case: Any, as_of: datetime) -> tuple[Leaf, ...]:
    """What keeps it out whatever the window: the population first, then the base."""
    for term in (profile.population, metric.base):
        if not term.holds(case, as_of):
            return tuple(deciding(term, case, as_of))
    return ()


def _asked(metric: Metric) -> Expr:
    """What the numerator asks; of weighted answers, which one was given."""
    if metric.weights is not None:
        return IsSet("satisfaction")
    return metric.numerator or EVERY
