"""The scope filter that every list, count, search and export starts from, in two forms.

Neither lets a case of the confidential lane through to anybody but its own officers.

`visible` is checked row by row, for one case or for what something else finds; `visible_and_open`
finds by itself the few cases that a unit has open. Both let the same open cases through.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from casetracker.domain.permissions import Scope
from casetracker.domain.vocabulary import State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Opinion
from casetracker.persistence.working import Assignment

SCOPES = 512
"""Conditions that are remembered: one for each reader of a street, who asks again on every page."""
OWN, SHUT = aliased(Case, name="own"), aliased(Case, name="shut")
# Literal text, so that planners know the partial indexes of the same words.
OWN_IS_OPEN: ColumnElement[bool] = literal_column("own.is_open")
ASSISTING: ColumnElement[bool] = literal_column(
    "assignments.part <> 'lead' AND assignments.ended_at IS NULL"
)


OPEN_TO_ALL: ColumnElement[bool] = Case.is_sealed.is_(False)
SEALED: ColumnElement[bool] = literal_column("cases.is_sealed")


@lru_cache(SCOPES)
def visible(scope: Scope) -> ColumnElement[bool]:
    """Cases inside the scope: led or assisted by its units, or one's own among the own units'."""
    seen = and_(OPEN_TO_ALL, _reached(scope))
    return or_(SEALED, seen) if scope.sees_lane else seen


def _reached(scope: Scope) -> ColumnElement[bool]:
    if scope.sees_all:
        return true()
    if scope.is_empty:
        return false()
    parts: list[ColumnElement[bool]] = [false()]
    if scope.units:
        parts += [Case.lead_unit_id.in_(scope.units), Case.id.in_(_assisted(scope.units))]
    if scope.own_units:
        mine = or_(Case.handler_id.is_(None), Case.handler_id == scope.account_id)
        parts.append(and_(Case.lead_unit_id.in_(scope.own_units), mine))
        parts.append(Case.id.in_(_assisted(scope.own_units)))
    if scope.sees_petitions:
        parts.append(Case.track == Track.PETITION)
    if scope.sees_drafts:
        parts += [Case.state == State.TO_CHECK, Case.id.in_(_checked(scope.account_id))]
    if scope.account_id is not None:
        parts.append(Case.registered_by == scope.account_id)
    return or_(*parts)


def speaks_of_nothing_sealed(case_id: Any) -> ColumnElement[bool]:
    """Rows beside cases (messages, notices) that are about no case, or one of the open desk.

    For the same in the access log, which knows cases by number, see `numbers_sealed`.
    """
    return ~exists().where(SHUT.id == case_id, SHUT.is_sealed)


def numbers_sealed() -> Select[str]:
    """The numbers that nobody but the lane may read anywhere."""
    return select(SHUT.number).where(SHUT.is_sealed)


@lru_cache(SCOPES)
def visible_and_open(scope: Scope) -> ColumnElement[bool]:
    """The same for lists of open cases: their ids, each way to them by an index of its own.

    Assisted ones may be closed; the list's own condition leaves them out. Nothing sealed is open
    (a CHECK of the table), so that nobody is asked for it here.
    """
    if scope.sees_all:
        return true()
    if scope.is_empty:
        return false()
    ways: list[Select[int]] = []
    if scope.units:
        ways += [_open(OWN.lead_unit_id.in_(scope.units)), _assisted(scope.units)]
    if scope.own_units:
        mine = or_(OWN.handler_id.is_(None), OWN.handler_id == scope.account_id)
        ways += [_open(OWN.lead_unit_id.in_(scope.own_units), mine), _assisted(scope.own_units)]
    if scope.sees_petitions:
        ways.append(_open(OWN.track == Track.PETITION))
    if scope.sees_drafts:
        ways += [_open(OWN.state == State.TO_CHECK), _checked(scope.account_id)]
    if scope.account_id is not None:
        ways.append(_open(OWN.registered_by == scope.account_id))
    return Case.id.in_(union_all(*ways))


def _checked(account_id: int | None) -> Select[int]:
    return select(Opinion.case_id).where(Opinion.checked_by == account_id)


def _open(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(OWN.id).where(OWN_IS_OPEN, *conditions)


def _assisted(units: frozenset[int]) -> Select[int]:
    return select(Assignment.case_id).where(Assignment.unit_id.in_(units), ASSISTING)
