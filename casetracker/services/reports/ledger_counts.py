"""What the registers count in a window of time: visits, receptions, letters read, old cases,
patrols.

Counts only, no person and no matter. What is linked to a case of the confidential lane has lost
its matter there and stays counted as a visit (docs/rules/ledgers.md 8.4).
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date, whole_days
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
from casetracker.stats.registers import OLD_CASES, begun_in, held_in, read_in


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
    held = held_in(window)
    sessions = session.scalar(select(func.count(ReceptionSession.id)).where(held)) or 0
    matters, persons = session.execute(
        select(func.count(ReceptionEntry.id), func.coalesce(func.sum(ReceptionEntry.persons), 0))
        .join(ReceptionSession, ReceptionSession.id == ReceptionEntry.session_id)
        .where(held)
    ).one()
    days = days_of(window)
    letters = _count(session, LetterReading, read_in(days))
    undertakings = _count(session, Undertaking, begun_in(days))
    return ReceptionsYear(sessions, matters, int(persons), letters, undertakings)


def old_case_counts(session: Session, window: Window) -> OldCasesYear:
    """积案 put on the list and struck off in the window, and left at its end."""
    days = days_of(window)
    found = {name: _count(session, OldCase, of(days)) for name, of in OLD_CASES.items()}
    return OldCasesYear(found["listed"], found["struck_off"], found["left"])


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


def whole_days_of(window: Window) -> tuple[date, date] | None:
    """Those days, where the window begins and ends with them."""
    days = days_of(window)
    return days if whole_days(*days) == window else None


def _count(session: Session, table: Any, *where: Any) -> int:
    return session.scalar(select(func.count(table.id)).where(*where)) or 0
