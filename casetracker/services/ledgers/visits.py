"""来访接待登记: entered, put right within the day, linked with the petition that followed."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.ledgers import (
    VISIT_PREFIX,
    is_collective,
    may_still_change,
    too_many_speakers,
)
from casetracker.domain.numbering import case_number
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import VisitResult
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import Visit, VisitPerson
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import LinkCase, RegisterVisit, VisitorCommand
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.persons import given_by, identity_columns, person_columns
from casetracker.services.ledgers.reader import Reader
from casetracker.services.numbers import next_in
from casetracker.services.outcome import Made
from casetracker.services.use_case import use_case


@use_case
def register_visit(ctx: Context, session: Session, command: RegisterVisit) -> Made:
    """来访登记 under the next number of its year. Raises InvalidInput, NotPermitted."""
    require_right(ctx, Right.LEDGERS_KEEP)
    visit = Visit(entered_by=ctx.actor.account_id, entered_at=ctx.now)
    reader, people = Reader.of(ctx, session), _named(command)
    _check_named(reader, people, len(people), command)
    _fill(reader, visit, command)
    year = local(visit.visited_at).year
    sequence = next_in(session, f"{VISIT_PREFIX}{year}")
    visit.number = case_number(year, sequence, prefix=VISIT_PREFIX)
    session.add(visit)
    session.flush()
    session.add_all(_people_rows(visit, people))
    note_access(ctx, session, Access.LEDGER_KEPT, f"登记来访 {visit.number}")
    return Made(visit.number)


@use_case
def change_visit(ctx: Context, session: Session, number: str, command: RegisterVisit) -> None:
    """Put a visit right on the day of its entry; afterwards GuardRefused.

    Persons are masked to whoever changes the rest: none typed means that they stay.
    """
    require_right(ctx, Right.LEDGERS_KEEP)
    visit = visit_to_keep(session, number)
    if not may_still_change(visit.entered_at, ctx.now):
        raise GuardRefused("visit_day_over")
    reader, people = Reader.of(ctx, session), _named(command)
    of_visit = VisitPerson.visit_id == visit.id
    kept = session.scalar(select(func.count(VisitPerson.id)).where(of_visit)) or 0
    _check_named(reader, people, len(people) or kept, command)
    _fill(reader, visit, command)
    if people:
        session.execute(delete(VisitPerson).where(of_visit))
        session.add_all(_people_rows(visit, people))
    else:
        speaks = {"is_representative": visit.is_collective}
        session.execute(update(VisitPerson).where(of_visit).values(**speaks))
    note_access(ctx, session, Access.LEDGER_KEPT, f"更正来访 {number}")


@use_case
def link_visit(ctx: Context, session: Session, number: str, command: LinkCase) -> None:
    """The petition that this visit led to. One that is not seen does not exist: InvalidInput."""
    require_right(ctx, Right.LEDGERS_KEEP)
    visit = visit_to_keep(session, number)
    if visit.case_id is not None:
        raise GuardRefused("visit_linked")
    case = Reader.of(ctx, session).case_named(command.number)
    visit.case_id, visit.result = case.id, VisitResult.REGISTERED
    words = f"来访 {number} 关联信访件"
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=case.number)


@use_case
def unlink_visit(ctx: Context, session: Session, number: str) -> None:
    """A link made by mistake is cut; the petition itself stays."""
    require_right(ctx, Right.LEDGERS_KEEP)
    visit = visit_to_keep(session, number)
    seen = Reader.of(ctx, session).linked([visit.case_id]).get(visit.case_id or 0)
    if seen is None:
        return
    visit.case_id = visit.result = None
    words = f"来访 {number} 取消关联信访件"
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=seen.number)


def visit_to_keep(session: Session, number: str) -> Visit:
    """The row, locked. Raises NotFound."""
    visit = session.scalar(locked(session, select(Visit).where(Visit.number == number)))
    if visit is None:
        raise NotFound(number=number)
    return visit


def _named(command: RegisterVisit) -> list[VisitorCommand]:
    """The persons who gave a name or a number."""
    return [one for one in (command.visitor, *command.others) if given_by(one)]


def _check_named(
    reader: Reader, typed: list[VisitorCommand], named: int, command: RegisterVisit
) -> None:
    settings = reader.ref.settings
    if named > command.persons:
        raise InvalidInput({"persons": "fewer_than_named"}, named=named)
    most, least = settings["representatives_max"], settings["collective_min"]
    if too_many_speakers(named, command.persons, collective_min=least, most=most):
        field = "others" if typed else "persons"
        raise InvalidInput({field: "too_many_representatives"}, most=most)


def _fill(reader: Reader, visit: Visit, command: RegisterVisit) -> None:
    """Put into the row what was typed, persons aside."""
    visit.visited_at = _visited_at(reader.ctx, visit, command)
    visit.place, visit.persons = command.place, command.persons
    visit.is_collective = is_collective(command.persons, reader.ref.settings["collective_min"])
    visit.matter, visit.said = command.matter, command.said
    visit.result = VisitResult.REGISTERED if visit.case_id else command.result
    visit.unit_id = _unit(reader, command)
    visit.received_by = _receiver(reader, command)


def _visited_at(ctx: Context, visit: Visit, command: RegisterVisit) -> datetime:
    at = command.visited_at or visit.visited_at or ctx.now
    if at > ctx.now:
        raise InvalidInput({"visited_at": "in_the_future"})
    return at


def _unit(reader: Reader, command: RegisterVisit) -> int | None:
    if command.result is VisitResult.HANDED_OVER and command.unit is None:
        raise InvalidInput({"unit": "required"})
    return lookup.handling_unit(reader.ref, "unit", command.unit).id if command.unit else None


def _receiver(reader: Reader, command: RegisterVisit) -> int:
    if command.received_by:
        return lookup.active_account(reader.session, "received_by", command.received_by).id
    assert reader.ctx.actor.account_id is not None
    return reader.ctx.actor.account_id


def _people_rows(visit: Visit, people: list[VisitorCommand]) -> Iterator[VisitPerson]:
    """At a collective visit whoever is named speaks for the others."""
    for person in people:
        yield VisitPerson(
            visit_id=visit.id,
            is_representative=visit.is_collective,
            **person_columns(person),
            **identity_columns(person),
        )
