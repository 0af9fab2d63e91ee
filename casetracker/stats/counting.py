"""Sums behind the rates: one statement, whatever the number of metrics, rows or months.

A case lies in a month by several of its instants at once, so it is read once and its row says for
each of them in which window it lies.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
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
from casetracker.domain.rates import Metric, Profile, Window
from casetracker.domain.rates.terms import Expr
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import column_of, condition
from casetracker.stats.placing import lies_in_any, place_of, within
from casetracker.stats.summing import Cells, by_instant, parts_of, terms_of

DIMENSIONS: Mapping[str, Any] = {
    "unit": Case.lead_unit_id,
    "channel": Case.channel,
    "category": Case.category_id,
    "track": Case.track,
    "source_level": Case.source_level,
}
"""What cases are counted by; the key is null where a case has none yet. `rows` has the rest."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted: a profile over windows that do not overlap, seen by a scope.

    `compared` are windows that are counted as a whole whatever `by` says; they follow the others.
    `codes` are the metrics that are asked for, None for all.
    """

    profile: Profile
    windows: Sequence[Window]
    by: str | None
    scope: Scope
    as_of: datetime
    compared: Sequence[Window] = ()
    codes: Collection[str] | None = None

    @property
    def metrics(self) -> list[Metric]:
        """The rows of the profile that are asked for."""
        return [one for one in self.profile.metrics if self.codes is None or one.code in self.codes]

    @property
    def instants(self) -> list[str]:
        """The instants by which the metrics place a case, each once."""
        return list(by_instant(self.metrics))


def count_cases(session: Session, question: Question) -> Cells:
    """Every figure's sums, counted case by case in the database; cells without a case are absent.

    Key is None without `by`.
    """
    terms = terms_of(question.metrics)
    parts = {name: parts_of(rows, terms) for name, rows in by_instant(question.metrics).items()}
    cells = Cells(question.profile.exclusions)
    for instant, place, key, reason, *counts in session.execute(_statement(session, question)):
        cells.add(parts[instant], place, key, reason, counts)
    return cells


def _statement(session: Session, question: Question) -> CompoundSelect[Any]:
    """Counts for each instant by the window it lies in, the key and the reason of exclusion."""
    names = {term: f"n{place}" for place, term in enumerate(terms_of(question.metrics))}
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
    if question.by is None or not question.windows:
        return literal(None).label("key")
    lies_in_a_table = or_(
        *(within(column_of(n), w) for n in question.instants for w in question.windows)
    )
    return case((lies_in_a_table, DIMENSIONS[question.by])).label("key")


def _how_many(what: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.sum(case((what, 1), else_=0)).label(name)
