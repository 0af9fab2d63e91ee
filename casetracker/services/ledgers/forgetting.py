"""What the ledgers forget of a case that goes into the confidential lane.

Nobody but the lane may learn from a ledger what the matter was or who told it: links are cut, words
and names go. What happened stays counted: people came, a leader received. Source: 《信访工作条例》
art. 30(3); docs/rules/ledgers.md 8.
"""

from collections.abc import Iterator

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from casetracker.persistence.ledgers import (
    LetterReading,
    OldCase,
    ReceptionEntry,
    Undertaking,
    UndertakingCase,
    UndertakingMilestone,
    Visit,
    VisitPerson,
)
from casetracker.persistence.patrol import Hazard


def forget_sealed(session: Session, case_id: int) -> tuple[str, ...]:
    """Within the transaction that seals the case; the words that were taken, for the lane to keep.

    Visits and reception entries stay without matter, names and link. Letter notes, old cases and
    undertakings that are about this case alone go altogether. A hazard keeps what the patrol saw
    and loses the link, which no register shows of a case that is over.
    """
    taken = (
        *_visits(session, case_id),
        *_entries(session, case_id),
        *_letters(session, case_id),
        *_old_cases(session, case_id),
        *_undertakings(session, case_id),
    )
    session.execute(update(Hazard).where(Hazard.case_id == case_id).values(case_id=None))
    session.flush()
    return tuple(words for words in taken if words)


def _visits(session: Session, case_id: int) -> Iterator[str | None]:
    for row in session.scalars(select(Visit).where(Visit.case_id == case_id)):
        yield from (row.matter, row.said, *_visitors(session, row.id))
        row.matter = row.said = row.result = row.unit_id = row.case_id = None


def _visitors(session: Session, visit_id: int) -> Iterator[str]:
    for person in session.scalars(select(VisitPerson).where(VisitPerson.visit_id == visit_id)):
        yield _told_of(person.name, person.phone, person.id_number, person.address)
        session.delete(person)


def _told_of(*facts: str | None) -> str:
    return " ".join(fact for fact in facts if fact)


def _entries(session: Session, case_id: int) -> Iterator[str | None]:
    for row in session.scalars(select(ReceptionEntry).where(ReceptionEntry.case_id == case_id)):
        yield from (row.matter, row.matter_place, row.cause, row.instruction, row.report)
        yield _told_of(row.name, row.phone, row.address)
        row.name = row.name_index = row.phone = row.phone_index = row.address = None
        row.matter = row.matter_place = row.cause = row.instruction = row.report = None
        row.unit_id = row.due_on = row.satisfaction = row.case_id = None


def _letters(session: Session, case_id: int) -> Iterator[str | None]:
    for row in session.scalars(select(LetterReading).where(LetterReading.case_id == case_id)):
        yield from (row.note, row.report)
        session.delete(row)


def _old_cases(session: Session, case_id: int) -> Iterator[str | None]:
    for row in session.scalars(select(OldCase).where(OldCase.case_id == case_id)):
        yield from (row.description, row.plan, row.evidence, row.strike_note)
        session.delete(row)


def _undertakings(session: Session, case_id: int) -> Iterator[str | None]:
    of_case = select(UndertakingCase.undertaking_id).where(UndertakingCase.case_id == case_id)
    ids = list(session.scalars(of_case))
    session.execute(delete(UndertakingCase).where(UndertakingCase.case_id == case_id))
    for undertaking_id in ids:
        others = select(func.count()).where(UndertakingCase.undertaking_id == undertaking_id)
        if not session.scalar(others):
            yield from _whole_undertaking(session, undertaking_id)


def _whole_undertaking(session: Session, undertaking_id: int) -> Iterator[str | None]:
    steps = select(UndertakingMilestone).where(
        UndertakingMilestone.undertaking_id == undertaking_id
    )
    for step in session.scalars(steps):
        yield step.what
        session.delete(step)
    session.flush()
    row = session.get_one(Undertaking, undertaking_id)
    yield from (row.title, row.plan, row.result_words)
    session.delete(row)
