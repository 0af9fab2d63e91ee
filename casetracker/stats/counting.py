"""Sums behind the rates: one statement, whatever the number of metrics, rows or months.

A case lies in a month by several of its instants at once, so it is read once and its row says for
each of them in which window it lies.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    RowMapping,
    Select,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Metric, Profile, Rate, Window, rate_of
from casetracker.domain.rates.terms import EVERY, Expr, OneOf, both
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import column_of, condition
from casetracker.stats.placing import lies_in_any, place_of, within

DIMENSIONS: Mapping[str, Any] = {
    "unit": Case.lead_unit_id,
    "channel": Case.channel,
    "category": Case.category_id,
    "track": Case.track,
}
"""What a table may be broken down by; the key is null where a case has none yet."""

Cell = tuple[int, Any, str]
"""Index of the window, key of the row, code of the metric."""


@dataclass
class Sums:
    """What was summed for one cell."""

    counted: int = 0
    credit: Fraction | int = 0
    excluded: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted: a profile over windows that do not overlap, seen by a scope.

    `compared` are windows that are counted as a whole whatever `by` says; they follow the others.
    """

    profile: Profile
    windows: Sequence[Window]
    by: str | None
    scope: Scope
    as_of: datetime
    compared: Sequence[Window] = ()

    @property
    def instants(self) -> list[str]:
        """The instants by which the metrics place a case, each once."""
        return list(dict.fromkeys(metric.window for metric in self.profile.metrics))


def rates_of(session: Session, question: Question) -> dict[Cell, Rate]:
    """Every figure of the question; cells without a case are absent. Key is None without `by`."""
    names = _column_names(question.profile)
    parts: dict[str, list[_Part]] = defaultdict(list)
    for metric in question.profile.metrics:
        parts[metric.window].append(_Part.of(metric, names))
    sums: dict[Cell, Sums] = defaultdict(Sums)
    for row in session.execute(_statement(session, question, names)):
        _add(sums, question.profile.exclusions, parts[row.instant], row._mapping)
    metrics_by_code = {metric.code: metric for metric in question.profile.metrics}
    return {
        cell: rate_of(
            metrics_by_code[cell[2]],
            numerator=Fraction(found.credit),
            denominator=found.counted,
            excluded=found.excluded,
        )
        for cell, found in sums.items()
    }


def _statement(
    session: Session, question: Question, names: Mapping[Expr, str]
) -> CompoundSelect[Any]:
    """Counts for each instant by the window it lies in, the key and the reason of exclusion."""
    found = _combinations(session, question, names).cte("found_together")
    return union_all(
        *(_by_instant(found, name, len(question.windows), names) for name in question.instants)
    )


def _combinations(session: Session, question: Question, names: Mapping[Expr, str]) -> Select[Any]:
    """The cases, each read once, counted by the windows in which their instants lie together."""
    windows = [*question.windows, *question.compared]
    places = [place_of(name, windows) for name in question.instants]
    reason = Case.excluded.label("reason")
    counts = (_how_many(condition(term, question.as_of), name) for term, name in names.items())
    return (
        _with_petitions(select(*places, _key(question), reason, *counts), question.profile)
        .where(
            lies_in_any(session, question.instants, windows),
            condition(question.profile.population, question.as_of),
            visible(question.scope),
        )
        .group_by(*(place.name for place in places), "key", "reason")
    )


def _by_instant(found: CTE, name: str, tables: int, names: Mapping[Expr, str]) -> Select[Any]:
    """As many rows as there are figures, however many combinations the cases make."""
    place = found.c[f"{name}_place"]
    row_key = case((place < tables, found.c.key)).label("row_key")
    sums = (cast(func.sum(found.c[column]), BigInteger).label(column) for column in names.values())
    return (
        select(literal(name).label("instant"), place.label("place"), row_key, found.c.reason, *sums)
        .where(place.is_not(None))
        .group_by("place", "row_key", found.c.reason)
    )


def _with_petitions(query: Select[Any], profile: Profile) -> Select[Any]:
    """Beside each case its petition, where the figures look at those."""
    if profile.track != Track.PETITION:
        return query
    return query.select_from(Case).outerjoin(Petition, Petition.case_id == Case.id)


def _key(question: Question) -> Any:
    """The row that a case belongs to; cases of compared windows alone need none."""
    if question.by is None:
        return literal(None).label("key")
    lies_in_a_table = or_(
        *(within(column_of(n), w) for n in question.instants for w in question.windows)
    )
    return case((lies_in_a_table, DIMENSIONS[question.by])).label("key")


def _column_names(profile: Profile) -> dict[Expr, str]:
    """What is counted for the metrics of a profile, each condition once, and its column."""
    terms = (term for metric in profile.metrics for term in (metric.base, *_credited(metric)))
    return {term: f"n{place}" for place, term in enumerate(dict.fromkeys(terms))}


def _credited(metric: Metric) -> dict[Expr, Fraction | int]:
    """The cases of the base that add to the numerator, and how much each of them adds."""
    if metric.weights is None:
        return {_within_base(metric, metric.numerator or EVERY): 1}
    return {
        _within_base(metric, OneOf("satisfaction", frozenset({answer}))): weight
        for answer, weight in metric.weights.items()
        if weight
    }


def _within_base(metric: Metric, term: Expr) -> Expr:
    return term if metric.base in (EVERY, term) else both(metric.base, term)


def _how_many(what: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.sum(case((what, 1), else_=0)).label(name)


@dataclass(frozen=True, slots=True)
class _Part:
    """The columns of a row that hold what one metric is made of."""

    code: str
    counted: str
    credited: tuple[tuple[str, Fraction | int], ...]

    @classmethod
    def of(cls, metric: Metric, names: Mapping[Expr, str]) -> "_Part":
        credited = tuple((names[term], weight) for term, weight in _credited(metric).items())
        return cls(metric.code, names[metric.base], credited)


def _add(
    sums: dict[Cell, Sums], exclusions: Collection[str], parts: Sequence[_Part], row: RowMapping
) -> None:
    for part in parts:
        counted = row[part.counted]
        if not counted:
            continue
        cell = sums[(row["place"], row["row_key"], part.code)]
        if row["reason"] in exclusions:
            cell.excluded[str(row["reason"])] += counted
            continue
        cell.counted += counted
        cell.credit += sum(weight * row[name] for name, weight in part.credited)
