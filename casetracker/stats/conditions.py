"""From a condition of `domain.rates` to SQL with the same truth: never unknown, a gap is false."""

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


def condition(term: Expr, as_of: datetime) -> ColumnElement[bool]:
    """The term as a WHERE condition over `cases`, and `petitions` where it names their facts."""
    match term:
        case IsSet(name):
            return column_of(name).is_not(None)
        case Is(name):
            return and_(column_of(name).is_not(None), column_of(name))
        case OneOf(name, values):
            return and_(column_of(name).is_not(None), column_of(name).in_(sorted(values)))
        case AtLeast(name, number):
            return column_of(name) >= number
        case NotAfter(first, second):
            return _not_after(first, second, as_of)
        case AllOf(terms):
            return and_(true(), *(condition(each, as_of) for each in terms))
        case AnyOf(terms):
            return or_(false(), *(condition(each, as_of) for each in terms))
        case Not(inner):
            return not_(condition(inner, as_of))


def _not_after(first: str, second: str, as_of: datetime) -> ColumnElement[bool]:
    sides = [_instant(name, as_of) for name in (first, second)]
    known = [column_of(name).is_not(None) for name in (first, second) if name != AS_OF]
    return and_(*known, sides[0] <= sides[1])


def _instant(name: str, as_of: datetime) -> Any:
    return literal(as_of, UtcDateTime()) if name == AS_OF else column_of(name)


def column_of(name: str) -> Any:
    """The column that keeps a fact: on the case, or on the petition beside it."""
    return getattr(Petition if name in OF_PETITIONS else Case, name)
