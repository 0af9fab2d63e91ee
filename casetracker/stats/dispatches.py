"""Dispatch accuracy (派单准确率): cases dispatched and not given back by a granted return.

Counted are cases, not acts: a case that was dispatched twice to different units stands once in
each of their rows and once in the total. Source: docs/rules/insight.md 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, literal_column, select
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.working import Assignment
from casetracker.stats.narrowing import Row, of_row
from casetracker.stats.placing import within

LEADING: ColumnElement[bool] = literal_column("assignments.part = 'lead'")
"""Literal text, so that planners know the partial index of the same words."""
RETURNED = "returned"
"""How the part of a unit ended that a granted return took back."""
OF_DISPATCHES: Mapping[str, Any] = {
    "dispatcher": Assignment.assigned_by,
    "unit": Assignment.unit_id,
    "category": Case.category_id,
}
"""What a table of dispatches may be made of."""
_GIVEN_BACK = Assignment.end_reason == RETURNED
_ADVISED = Assignment.was_suggested.is_not(None)
_TAKEN = Assignment.was_suggested


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Cases of a row; `advised` had a unit suggested, `taken` each time the suggested one."""

    cases: int = 0
    returned: int = 0
    advised: int = 0
    taken: int = 0


def dispatched_by(
    session: Session, seen: ColumnElement[bool], window: Window, by: str | None
) -> dict[Any, Dispatched]:
    """The rows of a table, by the values of one of OF_DISPATCHES; all together under None."""
    key = (literal(None) if by is None else OF_DISPATCHES[by]).label("key")
    one = (
        select(
            Assignment.case_id,
            key,
            _any(_GIVEN_BACK).label("returned"),
            _any(_ADVISED).label("advised"),
            (_any(_ADVISED) * (1 - _any(and_(_ADVISED, ~_TAKEN)))).label("taken"),
        )
        .join(Case, Case.id == Assignment.case_id)
        .where(*in_window(window), seen)
        .group_by(Assignment.case_id, "key")
        .subquery()
    )
    sums = (func.sum(one.c[name]) for name in ("returned", "advised", "taken"))
    rows = session.execute(select(one.c.key, func.count(), *sums).group_by(one.c.key))
    return {row[0]: Dispatched(*(int(value or 0) for value in row[1:])) for row in rows}


def cases_dispatched(figure: str, window: Window, row: Row) -> ColumnElement[bool]:
    """The cases behind a figure of a row: dispatched, returned, kept, advised or taken."""
    every = _cases(window, row)
    if figure == "dispatched":
        return Case.id.in_(every)
    if figure == "kept":
        return and_(Case.id.in_(every), Case.id.not_in(every.where(_GIVEN_BACK)))
    if figure == "returned":
        return Case.id.in_(every.where(_GIVEN_BACK))
    advised = every.where(_ADVISED)
    if figure == "advised":
        return Case.id.in_(advised)
    return and_(Case.id.in_(advised), Case.id.not_in(advised.where(~_TAKEN)))


def _cases(window: Window, row: Row) -> Select[int]:
    return (
        select(Assignment.case_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(*in_window(window), *of_row(row, OF_DISPATCHES))
        .correlate(None)
    )


def in_window(window: Window) -> list[ColumnElement[bool]]:
    """Dispatches of hotline cases to a leading unit."""
    return [
        LEADING,
        within(Assignment.assigned_at, window),
        Case.track == Track.HOTLINE,
    ]


def _any(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(case((condition, 1), else_=0))
