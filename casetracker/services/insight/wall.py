"""What hangs on the wall: counts of the street as it stands now, and nothing of any one case.

No number, title, place or person of a case is read. Source: docs/rules/insight.md 8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import end_of_day, local_date, whole_days
from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right, Scope
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.persistence.local_time import local_hour
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context, require_right
from casetracker.services.insight.asking import profile_at
from casetracker.services.insight.overview import MonthRate, month_rates
from casetracker.services.insight.topics import Topic, rising_kinds
from casetracker.services.people.screens import SCREEN
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.insights import standing_now

RATES = ("response", "completion_on_time", "satisfaction")
"""The month's three."""
MOST_UNITS, MOST_TOPICS = 6, 6


@dataclass(frozen=True, slots=True)
class Wall:
    """`hours` are today's cases by the hour of receipt; `states` the open ones, most first."""

    as_of: datetime
    today: date
    month: str
    hours: tuple[int, ...]
    states: tuple[tuple[State, int], ...]
    open: int
    due_today: int
    overdue: int
    late_units: tuple[tuple[str, int], ...]
    rates: tuple[MonthRate, ...]
    rising: tuple[Topic, ...]


@query
def wall(ctx: Context, session: Session) -> Wall:
    """The whole street without the confidential lane, for a screen or whoever may place one."""
    if ctx.actor is not SCREEN:
        require_right(ctx, Right.WALL)
    ref = reference(session)
    asking = Asking(session, ref, Scope(sees_all=True), ctx.now)
    today = local_date(ctx.now)
    by_state = _open_by(asking, Case.state)
    late = _open_by(asking, Case.lead_unit_id, standing_now(Standing.OVERDUE, ctx.now))
    named = [(ref.unit_name(unit_id) or "未派单", count) for unit_id, count in late.items()]
    return Wall(
        as_of=ctx.now,
        today=today,
        month=today.strftime("%Y-%m"),
        hours=_by_hour(asking, today),
        states=tuple(sorted(by_state.items(), key=lambda one: (-one[1], one[0]))),
        open=sum(by_state.values()),
        due_today=_due_today(asking, today),
        overdue=sum(late.values()),
        late_units=tuple(sorted(named, key=lambda one: (-one[1], one[0]))[:MOST_UNITS]),
        rates=month_rates(asking, RATES),
        rising=rising_kinds(asking, today)[:MOST_TOPICS],
    )


def _open_by(asking: Asking, column: Any, *conditions: Any) -> dict[Any, int]:
    rows = asking.session.execute(
        select(column, func.count())
        .where(IS_OPEN, visible(asking.scope), *conditions)
        .group_by(column)
    )
    return {row[0]: row[1] for row in rows}


def _due_today(asking: Asking, today: date) -> int:
    """Still in time, and due before the day ends."""
    due = case((Case.next_due_at <= end_of_day(today), 1))
    in_time = (Case.next_due_at >= asking.now, Case.state != State.ON_HOLD)
    found = select(func.count(due)).where(IS_OPEN, visible(asking.scope), *in_time)
    return asking.session.scalar(found) or 0


def _by_hour(asking: Asking, today: date) -> tuple[int, ...]:
    received = asking.received(profile_at(asking.ref, today))
    hour = local_hour(Case.received_at).label("hour")
    rows = asking.session.execute(
        select(hour, func.count())
        .where(received.condition(asking.session, [whole_days(today, today)]))
        .group_by("hour")
    )
    counts: Mapping[int, int] = {row[0]: row[1] for row in rows}
    return tuple(counts.get(each, 0) for each in range(24))
