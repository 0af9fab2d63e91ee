"""登记信访件 from a visit or a leader's reception: the ledger's persons become the petition's.

What turns out to be an accusation leaves nothing in the ledger. Source: docs/rules/ledgers.md 1, 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import GuardRefused
from casetracker.domain.ledgers import is_collective
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import VisitResult
from casetracker.domain.vocabulary import Channel, Track
from casetracker.persistence.case import Case
from casetracker.persistence.ledgers import ReceptionEntry, ReceptionSession, Visit, VisitPerson
from casetracker.services.access_log import note_access
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.ledgers import PetitionFromLedger
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.forgetting import forget_sealed
from casetracker.services.ledgers.persons import UNNAMED
from casetracker.services.ledgers.reader import Reader
from casetracker.services.ledgers.reception_entries import entry_to_keep
from casetracker.services.ledgers.visit_reading import find_visit, people_of
from casetracker.services.ledgers.visits import visit_to_keep
from casetracker.services.outcome import Outcome
from casetracker.services.receiving.intake import register_case
from casetracker.services.steps.lane.sealing import keep_too
from casetracker.services.use_case import query, use_case, was_answered


@dataclass(frozen=True, slots=True)
class _Source:
    """What a row of a ledger gives to the petition."""

    channel: Channel
    received_at: datetime
    persons: int
    people: Sequence[VisitPerson | ReceptionEntry]
    address: str | None
    collective_min: int


def petition_from_visit(ctx: Context, number: str, command: PetitionFromLedger) -> Outcome:
    """Register the petition that a visit led to, and link it. Raises like `register_case`."""
    inner = ctx.part("petition")
    source = _of_visit(ctx, number, again=was_answered(inner))
    done = register_case(inner, _command(source, command))
    _link_visit(ctx.part("link"), number, done.number)
    return done


def petition_from_entry(ctx: Context, entry_id: int, command: PetitionFromLedger) -> Outcome:
    """Register the petition that a reception led to, and link it. Raises like `register_case`."""
    inner = ctx.part("petition")
    source = _of_entry(ctx, entry_id, again=was_answered(inner))
    done = register_case(inner, _command(source, command))
    _link_entry(ctx.part("link"), entry_id, done.number)
    return done


@query
def _of_visit(ctx: Context, session: Session, number: str, *, again: bool) -> _Source:
    require_right(ctx, Right.LEDGERS_KEEP)
    reader = Reader.of(ctx, session)
    visit = find_visit(reader, number)
    if visit.case_id is not None and not again:
        raise GuardRefused("visit_linked")
    people = people_of(session, [visit.id]).get(visit.id, [])
    least = reader.ref.settings["collective_min"]
    return _Source(Channel.VISIT, visit.visited_at, visit.persons, people, None, least)


@query
def _of_entry(ctx: Context, session: Session, entry_id: int, *, again: bool) -> _Source:
    require_right(ctx, Right.LEDGERS_KEEP)
    entry = entry_to_keep(ctx, session, entry_id)
    if entry.case_id is not None and not again:
        raise GuardRefused("visit_linked")
    held = session.get_one(ReceptionSession, entry.session_id)
    least = Reader.of(ctx, session).ref.settings["collective_min"]
    return _Source(
        Channel.LEADER_RECEPTION,
        min(held.starts_at, ctx.now),
        entry.persons,
        [entry],
        entry.matter_place,
        least,
    )


def _command(source: _Source, command: PetitionFromLedger) -> RegisterCase:
    speaks = is_collective(source.persons, source.collective_min)
    first, *others = [_person(row) for row in source.people] or [{}]
    return RegisterCase.model_validate(
        {
            "track": Track.PETITION,
            "channel": source.channel,
            "kind": command.kind,
            "category": command.category,
            "title": command.title,
            "content": command.content,
            "received_at": source.received_at,
            "persons": source.persons,
            "petitioner": first,
            "location": {"address": source.address},
            "petition": {
                **command.petition.model_dump(),
                "representative": speaks,
                "people": [
                    {**one, "name": one["name"] or UNNAMED, "representative": speaks}
                    for one in others
                ],
            },
        }
    )


def _person(row: VisitPerson | ReceptionEntry) -> dict[str, Any]:
    return {
        "name": row.name,
        "phone": row.phone,
        "id_number": getattr(row, "id_number", None),
        "address": row.address,
    }


@use_case
def _link_visit(ctx: Context, session: Session, number: str, case_number: str) -> None:
    visit = visit_to_keep(session, number)
    visit.result = VisitResult.REGISTERED
    _link(ctx, session, visit, case_number, f"来访 {number} 登记信访件")


@use_case
def _link_entry(ctx: Context, session: Session, entry_id: int, case_number: str) -> None:
    entry = entry_to_keep(ctx, session, entry_id)
    _link(ctx, session, entry, case_number, f"接访事项 {entry_id} 登记信访件")


def _link(
    ctx: Context, session: Session, row: Visit | ReceptionEntry, case_number: str, words: str
) -> None:
    case = session.scalars(select(Case).where(Case.number == case_number)).one()
    row.case_id = case.id
    if case.is_sealed:
        session.flush()
        keep_too(session, case.id, forget_sealed(session, case.id))
        return
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=case_number)
