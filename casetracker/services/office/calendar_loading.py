"""A newly published year: what it would change, loading it, and the dates that it moves (R11)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, ClockStatus, Role
from casetracker.domain.working_calendar import CalendarYear
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import SYSTEM, Context, require_right
from casetracker.services.office.calendar_notices import Notice
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.office.working_calendars import Loaded, put_notice
from casetracker.services.outcome import iso
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that a notice would change: worked or not against the plain week, None for plain."""

    day: date
    before: bool | None
    after: bool | None
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What loading a notice would do: the days that change, and the open cases to look at."""

    changes: tuple[DayChange, ...]
    open_cases: int


@query
def preview_of(ctx: Context, session: Session, notice: Notice) -> Preview:
    """Nothing is kept."""
    _require_keeper(ctx)
    row = reference(session).calendar.years.get(notice.year)
    before = _marks(row) if row else {}
    after = {one.day: one.is_workday for one in notice.days}
    names = {**(row.names if row else {}), **{one.day: one.name for one in notice.days if one.name}}
    changes = (
        DayChange(day, before.get(day), after.get(day), names.get(day, ""))
        for day in sorted({*before, *after})
        if before.get(day) is not after.get(day)
    )
    return Preview(tuple(changes), len(touched_cases(ctx, notice.year)))


def _marks(row: CalendarYear) -> dict[date, bool]:
    return dict.fromkeys(row.holidays, False) | dict.fromkeys(row.make_up_days, True)


def load_year(ctx: Context, notice: Notice) -> Loaded:
    """Keep a notice and work out anew every future date that it touches (R11).

    Each case in a transaction of its own, with an entry that holds the old and the new date. The
    same notice again looks at the cases again: an interrupted load is finished that way.
    """
    loaded = keep_notice(ctx, notice)
    moved = sum(recalculate(ctx, case_id) for case_id in touched_cases(ctx, notice.year))
    return replace(loaded, recalculated=moved)


@use_case
def keep_notice(ctx: Context, session: Session, notice: Notice) -> Loaded:
    """The notice alone, with its line in the access log. Raises InvalidInput, NotPermitted."""
    _require_keeper(ctx)
    row = reference(session).calendar.years.get(notice.year)
    before: Facts = {"版本": row and int(row.version), "来源": row and row.source}
    loaded = put_notice(ctx, session, notice)
    after = {"版本": loaded.version, "来源": notice.source}
    if loaded.is_new:
        subject = f"工作日历 {notice.year} 年"
        record_change(ctx, session, Access.CALENDAR_LOADED, subject, before, after)
    return loaded


def _require_keeper(ctx: Context) -> None:
    """Whoever sits at the machine itself may load a year, too."""
    if ctx.actor is not SYSTEM:
        require_right(ctx, Right.RULES_MANAGE)


@query
def touched_cases(ctx: Context, session: Session, year: int) -> list[int]:
    """Open cases with a running clock whose date lies ahead and may rest on that year."""
    rows = session.execute(
        select(Clock.case_id, Clock.started_at, Clock.due_at)
        .where(Clock.status == ClockStatus.RUNNING, Clock.due_at > ctx.now)
        .order_by(Clock.case_id)
    )
    return sorted(
        {
            case_id
            for case_id, started_at, due_at in rows
            if local_date(started_at).year - 1 <= year <= local_date(due_at).year + 1
        }
    )


@use_case
def recalculate(ctx: Context, session: Session, case_id: int) -> int:
    """Work out the future dates of one case anew; how many moved. A past breach stays."""
    case = session.scalar(locked(session, select(Case).where(Case.id == case_id)))
    if case is None:
        return 0
    work = CaseWork.around(_as_system(ctx), session, reference(session), case)
    moved = list(_moved(work, work.clocks.live()))
    if moved:
        row = work.workflow.row(Action.RECALCULATE, work.lane_outcome)
        work.advance(Step(row, Role.SYSTEM), payload={"moved": moved})
    else:  # days that change places may move the warning and leave the due date
        work.clocks.show_on_case()
    return len(moved)


def _moved(work: CaseWork, clocks: Iterable[Clock]) -> Iterable[dict[str, Any]]:
    for clock in clocks:
        if clock.status is not ClockStatus.RUNNING or clock.due_at <= work.ctx.now:
            continue
        before = clock.due_at
        work.clocks.recompute(clock, work.clocks.pauses(clock))
        if clock.due_at != before:
            yield {"limit": clock.limit_code, "old": iso(before), "new": iso(clock.due_at)}


def _as_system(ctx: Context) -> Context:
    return Context(SYSTEM, ctx.now, ctx.request_id, ctx.door)
