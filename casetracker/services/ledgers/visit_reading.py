"""The register of visits as it is read: lists with 件次 and 人次 apart, one visit, earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import at
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.ledgers import may_still_change
from casetracker.domain.permissions import RIGHTS, Right
from casetracker.domain.person_numbers import BadNumber, normalise_id_number, normalise_phone
from casetracker.domain.petition_vocabulary import VisitResult
from casetracker.domain.privacy import mask_text
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.ledgers import Visit, VisitPerson
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.ledgers import VisitSearch
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.persons import PersonLine, blind, person_line
from casetracker.services.ledgers.reader import LinkedCase, Reader
from casetracker.services.use_case import query

PAGE = 50


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit; persons masked, the linked case only where the reader sees it."""

    number: str
    visited_at: datetime
    place: str
    receiver: str
    receiver_username: str
    persons: int
    is_collective: bool
    matter: str | None
    said: str | None
    result: VisitResult | None
    unit: str | None
    unit_code: str | None
    people: tuple[PersonLine, ...]
    case: LinkedCase | None
    entered_at: datetime

    @property
    def short_matter(self) -> str:
        """The beginning of the matter with its numbers masked, for a list."""
        words = " ".join(mask_text((self.matter or "")[:500]).split())
        return words if len(words) <= 60 else f"{words[:59]}…"


@dataclass(frozen=True, slots=True)
class Totals:
    """件次 (how many visits) and 人次 (how many persons), apart; of them collective ones."""

    visits: int = 0
    persons: int = 0
    collective_visits: int = 0
    collective_persons: int = 0


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A page of the register with the totals of all that was asked for."""

    lines: tuple[VisitLine, ...]
    totals: Totals
    number: int


@dataclass(frozen=True, slots=True)
class VisitFile:
    """All about one visit; `earlier` are other visits of the same persons, newest first."""

    line: VisitLine
    earlier: tuple[VisitLine, ...]
    may_change: bool
    may_reveal: bool


@query
def list_visits(
    ctx: Context, session: Session, asked: VisitSearch, *, page: int | None = 1
) -> VisitPage:
    """The register, newest first; `page` None gives all in the order of the day, for paper."""
    reader = Reader.of(ctx, session)
    where = _conditions(reader, asked)
    totals = _totals(session, where)
    wanted = select(Visit).where(*where)
    if page is None:
        found = session.scalars(wanted.order_by(Visit.visited_at, Visit.id)).all()
        return VisitPage(visit_lines(reader, found), totals, 1)
    last = max(1, -(-totals.visits // PAGE))
    number = min(max(page, 1), last)
    ordered = wanted.order_by(Visit.visited_at.desc(), Visit.id.desc())
    found = session.scalars(ordered.limit(PAGE).offset((number - 1) * PAGE)).all()
    return VisitPage(visit_lines(reader, found), totals, number)


@query
def open_visit(ctx: Context, session: Session, number: str) -> VisitFile:
    """Raises NotFound, also for a visit that is none of the reader's."""
    reader = Reader.of(ctx, session)
    visit = find_visit(reader, number)
    earlier = session.scalars(_of_the_same(session, visit).where(_reached(reader)).limit(10)).all()
    keeps = ctx.actor.may(Right.LEDGERS_KEEP)
    return VisitFile(
        visit_lines(reader, [visit])[0],
        visit_lines(reader, earlier),
        keeps and may_still_change(visit.entered_at, ctx.now),
        ctx.actor.may(Right.PERSON_REVEAL),
    )


def find_visit(reader: Reader, number: str) -> Visit:
    """The row within the reader's reach. Raises NotFound."""
    wanted = select(Visit).where(Visit.number == number, _reached(reader))
    visit = reader.session.scalar(wanted)
    if visit is None:
        raise NotFound(number=number)
    return visit


def visit_lines(reader: Reader, visits: Sequence[Visit]) -> tuple[VisitLine, ...]:
    """Rows as they may be shown, in a fixed number of statements."""
    people = people_of(reader.session, [visit.id for visit in visits])
    cases = reader.linked(visit.case_id for visit in visits)
    accounts = reader.accounts(visit.received_by for visit in visits)
    return tuple(
        _line(reader, visit, accounts[visit.received_by], people.get(visit.id, []), cases)
        for visit in visits
    )


def _line(
    reader: Reader,
    visit: Visit,
    receiver: tuple[str, str],
    people: list[VisitPerson],
    cases: dict[int, LinkedCase],
) -> VisitLine:
    unit = reader.ref.units.get(visit.unit_id or 0)
    return VisitLine(
        number=visit.number,
        visited_at=visit.visited_at,
        place=visit.place,
        receiver=receiver[1],
        receiver_username=receiver[0],
        persons=visit.persons,
        is_collective=visit.is_collective,
        matter=visit.matter,
        said=visit.said,
        result=visit.result,
        unit=unit.name if unit else None,
        unit_code=unit.code if unit else None,
        people=tuple(person_line(one, revealed=False) for one in people),
        case=cases.get(visit.case_id or 0),
        entered_at=visit.entered_at,
    )


def people_of(session: Session, visit_ids: Sequence[int]) -> dict[int, list[VisitPerson]]:
    """The named persons of visits, in the order of entry."""
    found: dict[int, list[VisitPerson]] = {}
    wanted = select(VisitPerson).where(VisitPerson.visit_id.in_(visit_ids))
    for person in session.scalars(wanted.order_by(VisitPerson.id)) if visit_ids else ():
        found.setdefault(person.visit_id, []).append(person)
    return found


def _reached(reader: Reader) -> ColumnElement[bool]:
    """Every row, or those that one received, that one's units got, or whose case one sees."""
    if reader.sees_every_row:
        return Visit.id.is_not(None)
    own = reader.ctx.actor.account_id
    seen = select(Case.id).where(visible(reader.scope))
    return or_(
        Visit.received_by == own if own is not None else false(),
        Visit.unit_id.in_(reader.scope.units),
        Visit.case_id.in_(seen),
    )


def _conditions(reader: Reader, asked: VisitSearch) -> list[ColumnElement[bool]]:
    where = [_reached(reader)]
    if asked.since and asked.until and asked.until < asked.since:
        raise InvalidInput({"until": "range_reversed"})
    if asked.since:
        where.append(Visit.visited_at >= at(asked.since, time()))
    if asked.until:
        where.append(Visit.visited_at < at(asked.until + timedelta(days=1), time()))
    if asked.who:
        where.append(Visit.id.in_(select(VisitPerson.visit_id).where(_named(asked.who))))
    if asked.only == "collective":
        where.append(Visit.is_collective.is_(True))
    if asked.only in ("linked", "unlinked"):
        is_linked = Visit.result == VisitResult.REGISTERED
        where.append(is_linked if asked.only == "linked" else is_linked.is_not(True))
    return where


def _named(who: str) -> ColumnElement[bool]:
    """Persons with that name, telephone or identity number; found by blind index alone."""
    ways = [VisitPerson.name_index == blind(who, "name")]
    for read, column, kind in (
        (normalise_phone, VisitPerson.phone_index, "phone"),
        (normalise_id_number, VisitPerson.id_index, "id_number"),
    ):
        try:
            ways.append(column == blind(read(who), kind))
        except BadNumber:
            continue
    return or_(*ways)


def _totals(session: Session, where: list[ColumnElement[bool]]) -> Totals:
    row = session.execute(
        select(
            func.count(Visit.id),
            func.coalesce(func.sum(Visit.persons), 0),
            func.count(Visit.id).filter(Visit.is_collective),
            func.coalesce(func.sum(Visit.persons).filter(Visit.is_collective), 0),
        ).where(*where)
    ).one()
    return Totals(*(int(value) for value in row))


def _of_the_same(session: Session, visit: Visit) -> Select[Any]:
    """Other visits on which one of these persons came, by telephone or identity number."""
    here = people_of(session, [visit.id]).get(visit.id, [])
    phones = [one.phone_index for one in here if one.phone_index]
    numbers = [one.id_index for one in here if one.id_index]
    same = select(VisitPerson.visit_id).where(
        or_(VisitPerson.phone_index.in_(phones), VisitPerson.id_index.in_(numbers))
    )
    others = select(Visit).where(Visit.id.in_(same), Visit.id != visit.id)
    return others.order_by(Visit.visited_at.desc(), Visit.id.desc())


@query
def receivers(ctx: Context, session: Session) -> list[tuple[str, str]]:
    """Username and name of those who may have received visitors."""
    require_right(ctx, Right.LEDGERS_READ)
    rows = session.scalars(select(Account).where(Account.is_active).order_by(Account.id))
    return [(row.username, row.name) for row in rows if RIGHTS[Right.LEDGERS_READ] & row.roles]
