"""What the registers count in a window of time: visits, receptions, letters read, old cases,
patrols.

Counts only, no person and no matter. What is linked to a case of the confidential lane has lost
its matter there and stays counted as a visit (docs/rules/ledgers.md 8.4).
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.petition_vocabulary import SessionStatus
from casetracker.domain.rates import Window
from casetracker.domain.reports.year import OldCasesYear, PatrolYear, ReceptionsYear, VisitsYear
from casetracker.persistence.ledgers import (
    LetterReading,
    OldCase,
    ReceptionEntry,
    ReceptionSession,
    Undertaking,
    Visit,
)
from casetracker.stats.hazards import Patrols, patrolled_in_all
from casetracker.stats.placing import within


def visit_counts(session: Session, window: Window) -> VisitsYear:
    """来访 in 件次 and 人次, of them collective ones."""
    row = session.execute(
        select(
            func.count(Visit.id),
            func.coalesce(func.sum(Visit.persons), 0),
            func.count(Visit.id).filter(Visit.is_collective),
            func.coalesce(func.sum(Visit.persons).filter(Visit.is_collective), 0),
        ).where(within(Visit.visited_at, window))
    ).one()
    return VisitsYear(*(int(value) for value in row))


def reception_counts(session: Session, window: Window) -> ReceptionsYear:
    """Sessions held with what they received, letters read, and undertakings begun."""
    held = and_(
        within(ReceptionSession.starts_at, window), ReceptionSession.status == SessionStatus.HELD
    )
    sessions = session.scalar(select(func.count(ReceptionSession.id)).where(held)) or 0
    matters, persons = session.execute(
        select(func.count(ReceptionEntry.id), func.coalesce(func.sum(ReceptionEntry.persons), 0))
        .join(ReceptionSession, ReceptionSession.id == ReceptionEntry.session_id)
        .where(held)
    ).one()
    days = days_of(window)
    letters = _count(session, LetterReading, _on(LetterReading.read_on, days))
    undertakings = _count(session, Undertaking, _on(Undertaking.began_on, days))
    return ReceptionsYear(sessions, matters, int(persons), letters, undertakings)


def old_case_counts(session: Session, window: Window) -> OldCasesYear:
    """积案 put on the list and struck off in the window, and left at its end."""
    first, last = days_of(window)
    listed = _count(session, OldCase, _on(OldCase.listed_on, (first, last)))
    struck = _count(session, OldCase, _on(OldCase.struck_off_on, (first, last)))
    still = or_(OldCase.struck_off_on.is_(None), OldCase.struck_off_on > last)
    return OldCasesYear(listed, struck, _count(session, OldCase, OldCase.listed_on <= last, still))


def patrol_counts(session: Session, window: Window, now: datetime) -> PatrolYear | None:
    """安全检查, 隐患, those put right by the end of the window; None where no register was kept."""
    asked = Patrols(days_of(window), true(), true(), local_date(now))
    found = patrolled_in_all(session, asked)
    if not (found.inspections or found.found):
        return None
    return PatrolYear(found.inspections, found.found, found.rectified)


def days_of(window: Window) -> tuple[date, date]:
    """The first and the last Shanghai day that the window touches."""
    start, end = window
    return local_date(start), local_date(end - timedelta(seconds=1))


def _on(column: Any, days: tuple[date, date]) -> Any:
    return column.between(*days)


def _count(session: Session, table: Any, *where: Any) -> int:
    return session.scalar(select(func.count(table.id)).where(*where)) or 0
