"""再次反映: matters, persons and places that come up again and again, with the cases behind each.

Source: docs/rules/supervision.md 3.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.errors import NotFound
from casetracker.domain.oversight_vocabulary import RepeatBy
from casetracker.domain.permissions import Right
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
    read_page,
    shown_name,
)
from casetracker.persistence.queries.keyset import Sort
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

DAYS, TOP, LEAST, MOST = 90, 20, 2, 200
"""Of the last so many days the greatest groups, from so many cases on; so many cases of one."""
IN_ORDER = Sort.RECEIVED_DESC
FIRST = func.coalesce(Case.grouped_into_id, Case.repeat_of_id)


@dataclass(frozen=True, slots=True)
class RepeatGroup:
    """A matter, person or place with its cases; `number` is the newest and leads to all."""

    number: str
    title: str
    person: str
    place: str | None
    unit: str | None
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class RepeatCases:
    """The cases of a group, newest first, and how many they are."""

    rows: tuple[CaseRow, ...]
    total: int


@query
def repeat_groups(ctx: Context, session: Session, by: RepeatBy) -> tuple[RepeatGroup, ...]:
    """The groups with most cases first; two statements."""
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    groups = session.execute(_groups(ctx, ref, by)).all()
    newest = {row.newest: row.cases for row in groups}
    cases = session.execute(
        select(Case, Petitioner.name, Petitioner.is_confidential)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(Case.id.in_(newest))
    )
    found = [_group(ref, row, newest[row.Case.id]) for row in cases]
    return tuple(sorted(found, key=lambda one: (-one.count, -one.last_at.timestamp(), one.number)))


@query
def repeat_cases(ctx: Context, session: Session, by: RepeatBy, number: str) -> RepeatCases:
    """The cases of the group to which a case belongs. Raises NotFound."""
    question = question_of_group(ctx, session, by, number)
    page = read_page(session, question, IN_ORDER, place=None, limit=MOST)
    return RepeatCases(page.rows, count_rows(session, question))


def question_of_group(ctx: Context, session: Session, by: RepeatBy, number: str) -> Question:
    """The cases of the group as far as the actor sees them. Raises NotFound, NotPermitted."""
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    scope = visible(scope_of(ctx.actor, ref))
    row = session.execute(
        select(Case, Petitioner.phone_index)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(Case.number == number, scope)
    ).first()
    if row is None:
        raise NotFound(number=number)
    asked = CaseFilter(received_from=_since(ctx))
    return Question(asked, and_(scope, _same(by, row)), ref, ctx.now)


def _since(ctx: Context) -> datetime:
    return ctx.now - timedelta(days=DAYS)


def _groups(ctx: Context, ref: Reference, by: RepeatBy) -> Any:
    count = func.count().label("cases")
    keys, given = _keys(by)
    return (
        select(func.max(Case.id).label("newest"), count)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(visible(scope_of(ctx.actor, ref)), Case.received_at >= _since(ctx), *given)
        .group_by(*keys)
        .having(func.count() >= LEAST)
        .order_by(count.desc(), func.max(Case.id).desc())
        .limit(TOP)
    )


def _keys(by: RepeatBy) -> tuple[list[Any], list[ColumnElement[bool]]]:
    """What makes cases one group, and what a case must have to belong to any."""
    if by is RepeatBy.PERSON:
        return [Petitioner.phone_index], [Petitioner.phone_index.is_not(None)]
    if by is RepeatBy.PLACE:
        return [Case.area_unit_id, Case.address], [Case.address.is_not(None)]
    return [_matter()], [or_(FIRST.is_not(None), Case.id.in_(_firsts()))]


def _matter() -> Any:
    """The case that the others were grouped into or repeat; of that one itself its own id."""
    return func.coalesce(FIRST, Case.id)


def _firsts() -> Select[Any]:
    other = aliased(Case)
    first = func.coalesce(other.grouped_into_id, other.repeat_of_id)
    return select(first).where(
        or_(other.grouped_into_id.is_not(None), other.repeat_of_id.is_not(None))
    )


def _same(by: RepeatBy, row: Any) -> ColumnElement[bool]:
    case: Case = row.Case
    if by is RepeatBy.PERSON:
        persons = select(Petitioner.id).where(Petitioner.phone_index == row.phone_index)
        return Case.petitioner_id.in_(persons)
    if by is RepeatBy.PLACE:
        return and_(
            Case.area_unit_id.is_not_distinct_from(case.area_unit_id), Case.address == case.address
        )
    return _matter() == (case.grouped_into_id or case.repeat_of_id or case.id)


def _group(ref: Reference, row: Any, count: int) -> RepeatGroup:
    case: Case = row.Case
    return RepeatGroup(
        number=case.number,
        title=case.title,
        person=shown_name(row.name, confidential=row.is_confidential),
        place=case.address or ref.unit_name(case.area_unit_id),
        unit=ref.unit_name(case.lead_unit_id),
        count=count,
        last_at=case.received_at,
    )
