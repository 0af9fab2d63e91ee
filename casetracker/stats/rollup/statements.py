"""What there is to count at each occasion, as statements that are made once for each plan."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Select,
    String,
    Subquery,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    true,
    union_all,
)

from casetracker.persistence.case import Case
from casetracker.persistence.columns import BigId
from casetracker.persistence.figures import FigureSet
from casetracker.persistence.months import MonthKey
from casetracker.stats.conditions import condition
from casetracker.stats.rollup.plan import DIMENSIONS, WHOLE, Plan
from casetracker.stats.rollup.sources import (
    CHANGED,
    CHANGED_IDS,
    NOW,
    REACH,
    THEN,
    Rows,
    as_they_are,
    as_they_were,
    come_due,
    counted_at,
    has_moved,
    moved,
    together,
)

EVERY = (*DIMENSIONS, WHOLE)
"""All dimensions in which sums are kept."""
MADE = 256
"""Statements that are remembered: a few for each definition in force."""


@lru_cache(MADE)
def still(plan: Plan) -> Select[Any]:
    """One row where the figures of `now` are those of the sums as of `then`, under `stamp`.

    A fraction of what `since` takes, of which the server reads 13,000 signs before it begins.
    """
    return select(literal(1)).where(
        FigureSet.definition_hash == plan.name,
        FigureSet.stamp == bindparam("stamp"),
        ~has_moved(plan),
    )


@lru_cache(MADE)
def since(plan: Plan, dimensions: tuple[str, ...]) -> Select[Any]:
    """What lies between the sums as of `then`, under `stamp`, and the figures of `now`: cases that
    changed, and those that did not but are counted otherwise because the clock reached a date.

    One row with nothing but its first column where there is none; no row if the stamp is another.
    """
    found = _counts(
        plan,
        [
            counted_at(as_they_were(plan), THEN, -1),
            counted_at(as_they_are(plan, Case.id.in_(CHANGED_IDS)), NOW),
            *come_due(plan),
        ],
        dimensions,
    ).subquery("found")
    columns: list[Any] = [literal(1).label("is_there"), *found.c]
    return (
        select(*columns)
        .select_from(FigureSet)
        .outerjoin(found, true())
        .where(FigureSet.definition_hash == plan.name, FigureSet.stamp == bindparam("stamp"))
    )


@lru_cache(MADE)
def changes(plan: Plan) -> CompoundSelect[Any]:
    """What the changes of the cases `ids` add, as of `then`."""
    ids = bindparam("ids", type_=BigId, expanding=True)
    were = counted_at(as_they_were(plan, CHANGED.case_id.in_(ids)), THEN, -1)
    are = counted_at(as_they_are(plan, Case.id.in_(ids)), THEN)
    return _counts(plan, [were, are])


@lru_cache(MADE)
def passing(plan: Plan) -> CompoundSelect[Any]:
    """What the time between `then` and `now` adds among the cases up to `reach`, as sums know
    them.
    """
    changed = moved(as_they_were(plan, CHANGED.case_id <= REACH))
    return _counts(plan, [*come_due(plan, Case.id <= REACH), *changed])


@lru_cache(MADE)
def made_of(plan: Plan) -> CompoundSelect[Any]:
    """The sums as of `then` of the cases after `reach` up to `last`, as sums are to know them."""
    last = bindparam("last", type_=BigId)
    are = as_they_are(plan, Case.id > REACH, Case.id <= last, Case.id.not_in(CHANGED_IDS))
    were = as_they_were(plan, CHANGED.case_id > REACH, CHANGED.case_id <= last)
    return _counts(plan, [counted_at(are, THEN), counted_at(were, THEN)])


def _counts(
    plan: Plan, parts: list[Rows], dimensions: tuple[str, ...] = EVERY
) -> CompoundSelect[Any]:
    """How many of the facts fulfil each term, for each dimension by itself: the dimension, the key,
    the month of each instant, the reason of exclusion, and the counts.

    The terms are worked out once for each case, however many dimensions there are.
    """
    counted = _worked_out(plan, together(parts)).cte("counted").c
    months = [counted[f"{instant}_month"] for instant in plan.counted]
    sums: list[Any] = [
        cast(func.sum(counted[f"n{place}"]), BigInteger) for place in range(len(plan.terms))
    ]
    by: list[Any] = [
        (literal(one), literal("") if one == WHOLE else cast(counted[DIMENSIONS[one]], String))
        for one in dimensions
    ]
    return union_all(
        *(
            select(
                name.label("dimension"), key.label("key"), *months, counted.excluded, *sums
            ).group_by("key", *months, counted.excluded)
            for name, key in by
        )
    )


def _worked_out(plan: Plan, facts: Subquery) -> Select[Any]:
    """A case a row: where it stands, and with its sign what it fulfils."""
    column, profile = facts.c.__getitem__, plan.profile
    months: list[Any] = [
        MonthKey(column(instant), profile.month_start_day).label(f"{instant}_month")
        for instant in plan.counted
    ]
    fulfilled = (condition(term, facts.c.moment, column) for term in plan.terms)
    counts = (
        case((term, facts.c.sign), else_=0).label(f"n{place}")
        for place, term in enumerate(fulfilled)
    )
    keys = (column(name) for name in dict.fromkeys(DIMENSIONS.values()))
    return (
        select(*months, *keys, column("excluded"), *counts)
        .where(facts.c.is_sealed.is_(False))
        .where(condition(profile.population, facts.c.moment, column))
    )
