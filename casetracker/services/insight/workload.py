"""Who has how much: open, late, closed and how long it took, person by person.

Source: docs/rules/insight.md 6.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import whole_days
from casetracker.domain.deadlines import Standing
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.insight import MonthQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, month_so_far, profile_at
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.durations import NOBODY_ANSWERED, Handling, handling_by, spans
from casetracker.stats.insights import CASE_FIGURES, Asked, standing_now

NOBODY = "未指定承办人"


@dataclass(frozen=True, slots=True)
class Load:
    """One handler; `username` None for the cases that nobody was named for."""

    username: str | None
    name: str
    unit: str
    open: int
    due_soon: int
    overdue: int
    closed: int
    handling: Handling


@dataclass(frozen=True, slots=True)
class Workload:
    month: str
    first: date
    last: date
    loads: tuple[Load, ...]


@query
def workload(ctx: Context, session: Session, asked: MonthQuestion) -> Workload:
    """Everybody who has open cases or had some in the month, within the reader's scope."""
    asking = asking_of(ctx, session)
    month = asked.chosen(ctx.now)
    first, last = month_so_far(month, ctx.now)
    question = Asked(profile_at(asking.ref, last), whole_days(first, last), ctx.now)
    now = _open(asking)
    closed = _closed(asking, question)
    received, calendar = asking.received(question.profile), asking.ref.calendar
    taken = spans(session, received, question.window, calendar, Case.handler_id)
    handling = handling_by(taken, 0)
    people = _people(session, {*now, *closed, *handling} - {None})
    loads = [
        _load(asking, people.get(one), now.get(one, (0, 0, 0)), closed.get(one, 0),
              handling.get(one, NOBODY_ANSWERED))
        for one in {*now, *closed, *handling}
    ]  # fmt: skip
    ordered = sorted(loads, key=lambda one: (one.username is None, one.unit, -one.open, one.name))
    return Workload(month, first, last, tuple(ordered))


def _open(asking: Asking) -> dict[Any, tuple[int, int, int]]:
    """Open, due soon and overdue by handler."""
    marks = (
        func.sum(case((standing_now(one, asking.now), 1), else_=0))
        for one in (Standing.DUE_SOON, Standing.OVERDUE)
    )
    rows = asking.session.execute(
        select(Case.handler_id, func.count(), *marks)
        .where(IS_OPEN, visible(asking.scope))
        .group_by(Case.handler_id)
    )
    return {row[0]: (row[1], int(row[2] or 0), int(row[3] or 0)) for row in rows}


def _closed(asking: Asking, question: Asked) -> dict[Any, int]:
    rows = asking.session.execute(
        select(Case.handler_id, func.count())
        .where(CASE_FIGURES["closed"].cases(question), visible(asking.scope))
        .group_by(Case.handler_id)
    )
    return {row[0]: row[1] for row in rows}


def _people(session: Session, ids: set[Any]) -> dict[Any, Account]:
    return {row.id: row for row in session.scalars(select(Account).where(Account.id.in_(ids)))}


def _load(
    asking: Asking, person: Account | None, now: tuple[int, int, int], closed: int,
    handling: Handling,
) -> Load:  # fmt: skip
    if person is None:
        return Load(None, NOBODY, "", *now, closed, handling)
    unit = asking.ref.unit_name(person.unit_id) or ""
    return Load(person.username, person.name, unit, *now, closed, handling)
