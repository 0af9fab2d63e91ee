"""每日清单 of sensitive times: petitions that need watching, old cases, what does not move.

Source: docs/rules/ledgers.md 7.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import RiskTag, State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context
from casetracker.services.ledgers import letters, old_cases, undertaking_reading
from casetracker.services.ledgers.letters import LetterLine
from casetracker.services.ledgers.old_cases import OldCaseLine
from casetracker.services.ledgers.reader import Reader
from casetracker.services.ledgers.sensitive_periods import PeriodLine, period_lines
from casetracker.services.ledgers.undertaking_reading import UndertakingLine
from casetracker.services.use_case import query

MOST = 200
"""Petitions of one list."""


@dataclass(frozen=True, slots=True)
class WatchedCase:
    """An open petition with what makes it one to be watched."""

    number: str
    title: str
    state: State
    persons: int
    is_collective: bool
    risk_tags: tuple[RiskTag, ...]
    unit: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class DailyWatch:
    """The list of one day; `period` is the sensitive time that runs, if one does."""

    period: PeriodLine | None
    cases: tuple[WatchedCase, ...]
    old_cases: tuple[OldCaseLine, ...]
    undertakings: tuple[UndertakingLine, ...]
    letters: tuple[LetterLine, ...]

    @property
    def total(self) -> int:
        parts = (self.cases, self.old_cases, self.undertakings, self.letters)
        return sum(len(part) for part in parts)


@query
def daily_watch(ctx: Context, session: Session) -> DailyWatch:
    """Today's list within what the reader sees."""
    reader = Reader.of(ctx, session)
    running = [line for line in period_lines(ctx) if line.runs]
    moving = undertaking_reading.undertaking_lines(ctx)
    return DailyWatch(
        running[0] if running else None,
        _watched(reader),
        old_cases.old_case_lines(ctx),
        tuple(line for line in moving if line.stands_still or line.is_late),
        tuple(line for line in letters.letter_lines(ctx, only_open=True) if line.is_late),
    )


def _watched(reader: Reader) -> tuple[WatchedCase, ...]:
    rows = reader.session.execute(
        select(Case, Petition.is_collective)
        .join(Petition, Petition.case_id == Case.id)
        .where(Case.is_open, Case.track == Track.PETITION, visible(reader.scope), _needs_watching())
        .order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.id)
        .limit(MOST)
    )
    return tuple(
        WatchedCase(
            case.number,
            case.title,
            case.state,
            case.persons,
            is_collective,
            tuple(RiskTag(tag) for tag in sorted(case.risk_tags)),
            reader.ref.unit_name(case.lead_unit_id),
            case.next_due_at,
        )
        for case, is_collective in rows
    )


def _needs_watching() -> ColumnElement[bool]:
    return or_(Petition.is_collective.is_(True), Case.risk_tags != frozenset())
