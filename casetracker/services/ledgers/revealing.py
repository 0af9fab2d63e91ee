"""Showing visitors in full: with a reason, counted with all other looks, and written down.

Source: 个人信息保护法 art. 51; docs/rules/privacy.md.
"""

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotPermitted
from casetracker.domain.permissions import Right
from casetracker.services.access_log import note_access
from casetracker.services.context import Context
from casetracker.services.ledgers.persons import PersonLine, person_line
from casetracker.services.ledgers.reader import Reader
from casetracker.services.ledgers.reception_reading import find_entry
from casetracker.services.ledgers.visit_reading import find_visit, people_of
from casetracker.services.looks import count_look, stated_reason
from casetracker.services.use_case import query, use_case


def reveal_visitors(ctx: Context, number: str, reason: str) -> tuple[PersonLine, ...]:
    """The persons of a visit in full. Raises like `reveal_person` of a case."""
    reason = stated_reason(reason)
    count_look(ctx, _for_visit(ctx, number), f"来访 {number}；{reason}")
    return _visitors(ctx, number, reason)


def reveal_received(ctx: Context, entry_id: int, reason: str) -> PersonLine:
    """The person of a reception entry in full. Raises like `reveal_person` of a case."""
    reason = stated_reason(reason)
    count_look(ctx, _for_entry(ctx, entry_id), f"接访登记 {entry_id}；{reason}")
    return _received(ctx, entry_id, reason)


@query
def _for_visit(ctx: Context, session: Session, number: str) -> int:
    reader = _allowed(ctx, session)
    find_visit(reader, number)
    return _per_hour(reader)


@query
def _for_entry(ctx: Context, session: Session, entry_id: int) -> int:
    reader = _allowed(ctx, session)
    find_entry(reader, entry_id)
    return _per_hour(reader)


@use_case
def _visitors(ctx: Context, session: Session, number: str, reason: str) -> tuple[PersonLine, ...]:
    visit = find_visit(Reader.of(ctx, session), number)
    note_access(ctx, session, Access.PERSON_REVEALED, f"来访 {number}；{reason}")
    people = people_of(session, [visit.id]).get(visit.id, [])
    return tuple(person_line(one, revealed=True) for one in people)


@use_case
def _received(ctx: Context, session: Session, entry_id: int, reason: str) -> PersonLine:
    entry = find_entry(Reader.of(ctx, session), entry_id)
    note_access(ctx, session, Access.PERSON_REVEALED, f"接访登记 {entry_id}；{reason}")
    return person_line(entry, revealed=True)


def _allowed(ctx: Context, session: Session) -> Reader:
    if not ctx.actor.may(Right.PERSON_REVEAL):
        raise NotPermitted(action="查看完整信息")
    return Reader.of(ctx, session)


def _per_hour(reader: Reader) -> int:
    per_hour: int = reader.ref.settings["reveals_per_hour"]
    return per_hour
