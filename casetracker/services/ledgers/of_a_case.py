"""What the ledgers hold of one case, for its page: visits, receptions, notes, undertakings."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Right
from casetracker.persistence.case import Case
from casetracker.persistence.ledgers import (
    LetterReading,
    ReceptionEntry,
    Undertaking,
    UndertakingCase,
    Visit,
)
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context
from casetracker.services.ledgers import letters, old_cases, undertaking_reading
from casetracker.services.ledgers.letters import LetterLine
from casetracker.services.ledgers.old_cases import OldCaseLine
from casetracker.services.ledgers.reader import Reader
from casetracker.services.ledgers.reception_reading import EntryLine, entry_lines
from casetracker.services.ledgers.undertaking_reading import UndertakingLine
from casetracker.services.ledgers.visit_reading import VisitLine, visit_lines
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class LedgerLines:
    """The rows that name the case."""

    visits: tuple[VisitLine, ...] = ()
    receptions: tuple[EntryLine, ...] = ()
    letters: tuple[LetterLine, ...] = ()
    undertakings: tuple[UndertakingLine, ...] = ()
    old_cases: tuple[OldCaseLine, ...] = ()

    @property
    def has_any(self) -> bool:
        parts = (self.visits, self.receptions, self.letters, self.undertakings, self.old_cases)
        return any(parts)


@query
def ledger_lines_of(ctx: Context, session: Session, number: str) -> LedgerLines:
    """Nothing for a reader without the right, and nothing of a case that they do not see."""
    if not ctx.actor.may(Right.LEDGERS_READ):
        return LedgerLines()
    reader = Reader.of(ctx, session)
    wanted = select(Case.id).where(Case.number == number, visible(reader.scope))
    case_id = session.scalar(wanted)
    if case_id is None:
        return LedgerLines()
    visits = select(Visit).where(Visit.case_id == case_id).order_by(Visit.visited_at)
    entries = select(ReceptionEntry).where(ReceptionEntry.case_id == case_id)
    of_case = select(UndertakingCase.undertaking_id).where(UndertakingCase.case_id == case_id)
    return LedgerLines(
        visit_lines(reader, session.scalars(visits).all()),
        entry_lines(reader, session.scalars(entries.order_by(ReceptionEntry.id)).all()),
        letters.lines_where(reader, LetterReading.case_id == case_id),
        undertaking_reading.lines_where(reader, Undertaking.id.in_(of_case)),
        old_cases.lines_of_case(reader, case_id),
    )
