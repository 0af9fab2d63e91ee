"""The scope filter that every list, count, search and export starts from."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true

from casetracker.domain.permissions import Scope
from casetracker.persistence.case import Case
from casetracker.persistence.working import Assignment


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


def _assisted(units: frozenset[int]) -> Select[int]:
    return select(Assignment.case_id).where(
        Assignment.unit_id.in_(units), Assignment.part != "lead", Assignment.ended_at.is_(None)
    )
