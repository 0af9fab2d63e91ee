"""From a condition of `domain.rates` to SQL with the same truth: never unknown, a gap is false."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, not_, or_, true

from casetracker.domain.rates import AS_OF
from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.domain.rates.terms import (
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
from casetracker.persistence.case import Case
from casetracker.persistence.columns import UtcDateTime
from casetracker.persistence.petition import Petition

Moment = datetime | ColumnElement[datetime]
"""An instant that is known, or one that each row brings along."""
Columns = Callable[[str], Any]
"""Where facts are read: the column that holds the fact of a name."""


def column_of(name: str) -> Any:
    """The column that keeps a fact: on the case, or on the petition beside it."""
    return getattr(Petition if name in OF_PETITIONS else Case, name)


def condition(term: Expr, as_of: Moment, columns: Columns = column_of) -> ColumnElement[bool]:
    """The term as a WHERE condition over `cases`, and `petitions` where it names their facts.

    Other `columns` let it look at the same facts elsewhere.
    """
    match term:
        case IsSet(name):
            return columns(name).is_not(None)
        case Is(name):
            return and_(columns(name).is_not(None), columns(name))
        case OneOf(name, values):
            return and_(columns(name).is_not(None), columns(name).in_(sorted(values)))
        case AtLeast(name, number):
            return columns(name) >= number
        case NotAfter(first, second):
            return _not_after(first, second, as_of, columns)
        case AllOf(terms):
            return and_(true(), *(condition(each, as_of, columns) for each in terms))
        case AnyOf(terms):
            return or_(false(), *(condition(each, as_of, columns) for each in terms))
        case Not(inner):
            return not_(condition(inner, as_of, columns))


def _not_after(first: str, second: str, as_of: Moment, columns: Columns) -> ColumnElement[bool]:
    sides = [_instant(name, as_of, columns) for name in (first, second)]
    known = [columns(name).is_not(None) for name in (first, second) if name != AS_OF]
    return and_(*known, sides[0] <= sides[1])


def _instant(name: str, as_of: Moment, columns: Columns) -> Any:
    if name != AS_OF:
        return columns(name)
    return literal(as_of, UtcDateTime()) if isinstance(as_of, datetime) else as_of
