"""One page of a list of cases and its total, in one statement each, whatever the size.

Pages go by key (`keyset`), never by offset. The inner statement finds the ids of the page along
an index; only these rows are read in full.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    select,
    true,
    union,
)
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.privacy import mask_name
from casetracker.domain.vocabulary import Channel, Kind, State, Track, Urgency
from casetracker.persistence import search_index
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.case_filter import (
    IS_OPEN,
    CaseFilter,
    conditions,
    standing_conditions,
)
from casetracker.persistence.queries.keyset import Place, Sort, behind
from casetracker.persistence.queries.person_search import person_conditions
from casetracker.persistence.queries.reference import Reference

__all__ = [
    "CaseFilter",
    "CaseRow",
    "PageRows",
    "Question",
    "Sort",
    "count_each",
    "count_people",
    "count_rows",
    "read_page",
    "read_pile",
]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list; `person` is masked, `standing` None where no clock runs."""

    id: int
    number: str
    title: str
    track: Track
    state: State
    is_open: bool
    kind: Kind
    channel: Channel
    urgency: Urgency
    is_important: bool
    is_dissatisfied: bool
    category: str | None
    unit: str | None
    unit_id: int | None
    handler: str | None
    person: str
    received_at: datetime
    contacted_at: datetime | None
    due_at: datetime | None
    standing: Standing | None
    version: int
    external_number: str | None
    repeat_count: int
    persons: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the database: a filter within what the actor may see."""

    asked: CaseFilter
    scope: ColumnElement[bool]
    ref: Reference
    now: datetime

    def where(self) -> list[ColumnElement[bool]]:
        return [self.scope, *conditions(self.asked, self.ref, self.now)]


@dataclass(frozen=True, slots=True)
class PageRows:
    """Rows in the order of the list, and whether more lie before and behind them."""

    rows: tuple[CaseRow, ...]
    previous: Place | None
    next: Place | None


def read_page(
    session: Session, question: Question, sort: Sort, *, place: Place | None, limit: int
) -> PageRows:
    """One statement: the page that begins at the place."""
    back = place is not None and place.backwards
    found = _ids(session, question, sort, place=place, limit=limit + 1)
    rows = session.execute(_in_full(found, _order(found, sort, back))).all()
    more = len(rows) > limit
    rows = rows[:limit]
    if back:
        rows = rows[::-1]
    shown = tuple(_row(row, question) for row in rows)
    keys = [(row.page_key, row.id) for row in rows]
    return PageRows(
        shown,
        previous=_edge(sort, keys[:1], backwards=True) if (more if back else place) else None,
        next=_edge(sort, keys[-1:], backwards=False) if (back or more) else None,
    )


def count_rows(session: Session, question: Question, *, at_most: int | None = None) -> int:
    """How many there are in one statement; counting stops behind `at_most`."""
    return session.scalar(_counting(session, question, at_most)) or 0


def count_each(session: Session, questions: Sequence[Question]) -> list[int]:
    """How many each question finds, all in one statement."""
    if not questions:
        return []
    counts = (_counting(session, question).scalar_subquery() for question in questions)
    return list(session.execute(select(*counts)).one())


def _counting(session: Session, question: Question, at_most: int | None = None) -> Select[Any]:
    arms = [
        _arm(arm, question, [arm.case_id.label("id")]) for arm in _arms(session, question.asked)
    ]
    if len(arms) == 1 and at_most is None:
        return arms[0].with_only_columns(func.count())
    limited = [arm.limit(at_most + 1) if at_most is not None else arm for arm in arms]
    whole = limited[0].subquery() if len(arms) == 1 else _united(limited)
    return select(func.count()).select_from(whole)


def count_people(
    session: Session, question: Question, *, at_most: int | None = None
) -> tuple[int, int]:
    """Cases and the persons in them (件次、人次) in one statement; it stops behind `at_most`."""
    arms = [
        _arm(arm, question, [arm.case_id.label("id"), Case.persons.label("persons")])
        for arm in _arms(session, question.asked)
    ]
    limited = [arm.limit(at_most + 1) if at_most is not None else arm for arm in arms]
    whole = limited[0].subquery() if len(arms) == 1 else _united(limited)
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(whole.c.persons), 0)).select_from(whole)
    ).one()
    return row[0], int(row[1])


@dataclass(frozen=True, slots=True)
class Pile:
    """How many there are, how many of them are late or nearly so, and since when the oldest is."""

    count: int
    overdue: int
    due_soon: int
    oldest_at: datetime | None


def read_pile(session: Session, question: Question) -> Pile:
    """The whole pile in one statement; words are not searched for.

    By the indexes of what is asked: the oldest alone would be looked for among all cases, in the
    order of receipt, until the first that fulfils it.
    """
    late, soon = (
        func.count(case((and_(IS_OPEN, *standing_conditions(one, question.now)), 1)))
        for one in (Standing.OVERDUE, Standing.DUE_SOON)
    )
    row = session.execute(
        select(func.count(), late, soon, func.min(Case.received_at)).where(*question.where())
    ).one()
    return Pile(*row)


@dataclass(frozen=True, slots=True)
class _Arm:
    """One way a case may answer to the words searched for; `source` is joined when not None."""

    condition: ColumnElement[bool]
    case_id: Any = Case.id
    source: Any = None


def _arms(session: Session, asked: CaseFilter) -> list[_Arm]:
    if not asked.q.strip():
        return [_Arm(true())]
    found = search_index.found(session, asked.q)
    arms = [] if found is None else [_Arm(found.condition, found.case_id, found.source)]
    arms += [_Arm(condition) for condition in person_conditions(asked.q)]
    return arms or [_Arm(false())]


def _arm(arm: _Arm, question: Question, columns: Sequence[Any]) -> Select[Any]:
    query = select(*columns).where(arm.condition, *question.where())
    if arm.source is None:
        return query.select_from(Case)
    return query.select_from(arm.source).join(Case, Case.id == arm.case_id)


def _ids(
    session: Session, question: Question, sort: Sort, *, place: Place | None, limit: int
) -> Any:
    parts = [
        part
        for arm in _arms(session, question.asked)
        for part in _parts(arm, question, sort, place, limit)
    ]
    return parts[0].subquery() if len(parts) == 1 else _united(parts)


def _parts(
    arm: _Arm, question: Question, sort: Sort, place: Place | None, limit: int
) -> list[Select[Any]]:
    """Cases with the key of the order and, where it may be absent, those without."""
    column = arm.case_id if sort is Sort.NEWEST else sort.column
    with_key = _part(arm, question, place, limit, column=column, sort=sort, rank=0)
    if not sort.may_be_absent:
        return [with_key]
    without = _part(arm, question, place, limit, column=None, sort=sort, rank=1)
    return [with_key, without]


def _part(
    arm: _Arm, question: Question, place: Place | None, limit: int, *, column: Any, sort: Sort,
    rank: int,
) -> Select[Any]:  # fmt: skip
    row_id = arm.case_id
    key = literal(None, sort.column.type) if column is None else column
    query = _arm(
        arm, question, [row_id.label("id"), key.label("page_key"), literal(rank).label("page_rank")]
    )
    if sort.may_be_absent:
        query = query.where(sort.column.is_(None) if rank else sort.column.is_not(None))
    if place is not None:
        query = query.where(_reached(place, column, row_id, rank))
    descending = sort.descends != (place is not None and place.backwards)
    keys = [row_id] if column is None or column is row_id else [column, row_id]
    return query.order_by(*(k.desc() if descending else k.asc() for k in keys)).limit(limit)


def _reached(place: Place, column: Any, row_id: Any, rank: int) -> ColumnElement[bool]:
    """Where the place cuts this part: within it, or all of it, or nothing of it."""
    if not place.sort.may_be_absent:
        return behind(place, column, row_id)
    at_rank = 1 if place.key is None else 0
    if rank == at_rank:
        return behind(place, row_id if column is None else column, row_id)
    is_behind = (rank > at_rank) != place.backwards
    return true() if is_behind else false()


def _united(parts: Sequence[Select[Any]]) -> Any:
    """The parts as one table, each case once; each part keeps its own order and limit."""
    return union(*(select(part.subquery()) for part in parts)).subquery()


def _order(found: Any, sort: Sort, back: bool) -> list[Any]:
    descending = sort.descends != back
    keys = [found.c.page_key, found.c.id]
    ordered = [key.desc() if descending else key.asc() for key in keys]
    return [found.c.page_rank.desc() if back else found.c.page_rank, *ordered]


def _in_full(found: Any, order: list[Any]) -> Select[Any]:
    columns = (
        Case.id, Case.number, Case.title, Case.track, Case.state, Case.is_open, Case.kind,
        Case.channel, Case.urgency, Case.is_important, Case.is_dissatisfied, Case.category_id,
        Case.lead_unit_id, Case.received_at, Case.contacted_at, Case.next_due_at,
        Case.next_warn_at, Case.version,
        Case.external_number, Case.repeat_count, Case.persons, Petitioner.name.label("person_name"),
        Petitioner.is_confidential, Account.name.label("handler"), found.c.page_key,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(found)
        .join(Case, Case.id == found.c.id)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .outerjoin(Account, Account.id == Case.handler_id)
        .order_by(*order)
    )


def _edge(sort: Sort, keys: list[tuple[Any, int]], *, backwards: bool) -> Place | None:
    return Place(sort, *keys[0], backwards) if keys else None


def _row(row: Any, question: Question) -> CaseRow:
    ref = question.ref
    return CaseRow(
        id=row.id,
        number=row.number,
        title=row.title,
        track=row.track,
        state=row.state,
        is_open=row.is_open,
        kind=row.kind,
        channel=row.channel,
        urgency=row.urgency,
        is_important=row.is_important,
        is_dissatisfied=row.is_dissatisfied,
        category=ref.category_name(row.category_id),
        unit=ref.unit_name(row.lead_unit_id),
        unit_id=row.lead_unit_id,
        handler=row.handler,
        person=shown_name(row.person_name, confidential=row.is_confidential),
        received_at=row.received_at,
        contacted_at=row.contacted_at,
        due_at=row.next_due_at,
        standing=case_standing(row, question.now),
        version=row.version,
        external_number=row.external_number,
        repeat_count=row.repeat_count,
        persons=row.persons,
    )


def shown_name(name: str | None, *, confidential: bool) -> str:
    """The name as lists show it: masked, and 保密 for a resident who asked for it."""
    if confidential:
        return "保密"
    return mask_name(name) if name else "未留姓名"


def case_standing(case: Any, now: datetime) -> Standing | None:
    """How the nearest clock of a case stands; None where none runs."""
    if case.state is State.ON_HOLD:
        return Standing.PAUSED
    if case.next_due_at is None:
        return None
    return standing(case.next_due_at, case.next_warn_at or case.next_due_at, now)
