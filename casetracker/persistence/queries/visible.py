"""The scope filter that every list, count, search and export starts from, in two forms.

`visible` is checked row by row, for one case or for what something else finds; `visible_and_open`
finds by itself the few cases that a unit has open. Both let the same open cases through.
"""

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    false,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from casetracker.domain.permissions import Scope
from casetracker.persistence.case import Case
from casetracker.persistence.working import Assignment

OWN = aliased(Case, name="own")
# Literal text, so that planners know the partial indexes of the same words.
OWN_IS_OPEN: ColumnElement[bool] = literal_column("own.is_open")
ASSISTING: ColumnElement[bool] = literal_column(
    "assignments.part <> 'lead' AND assignments.ended_at IS NULL"
)


def visible(scope: Scope) -> ColumnElement[bool]:
    """Cases inside the scope: led or assisted by its units, or one's own among the own units'."""
    if scope.sees_all:
        return true()
    if scope.is_empty:
        return false()
    parts: list[ColumnElement[bool]] = []
    if scope.units:
        parts += [Case.lead_unit_id.in_(scope.units), Case.id.in_(_assisted(scope.units))]
    if scope.own_units:
        mine = or_(Case.handler_id.is_(None), Case.handler_id == scope.account_id)
        parts.append(and_(Case.lead_unit_id.in_(scope.own_units), mine))
        parts.append(Case.id.in_(_assisted(scope.own_units)))
    if scope.account_id is not None:
        parts.append(Case.registered_by == scope.account_id)
    return or_(*parts)


def visible_and_open(scope: Scope) -> ColumnElement[bool]:
    """The same for lists of open cases: their ids, each way to them by an index of its own.

    Assisted ones may be closed; the list's own condition leaves them out.
    """
    if scope.sees_all or scope.is_empty:
        return visible(scope)
    ways: list[Select[int]] = []
    if scope.units:
        ways += [_open(OWN.lead_unit_id.in_(scope.units)), _assisted(scope.units)]
    if scope.own_units:
        mine = or_(OWN.handler_id.is_(None), OWN.handler_id == scope.account_id)
        ways += [_open(OWN.lead_unit_id.in_(scope.own_units), mine), _assisted(scope.own_units)]
    if scope.account_id is not None:
        ways.append(_open(OWN.registered_by == scope.account_id))
    return Case.id.in_(union_all(*ways))


def _open(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(OWN.id).where(OWN_IS_OPEN, *conditions)


def _assisted(units: frozenset[int]) -> Select[int]:
    return select(Assignment.case_id).where(Assignment.unit_id.in_(units), ASSISTING)
