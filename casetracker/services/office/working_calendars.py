"""The working calendar as the office keeps it: shown, loaded, and what a new notice moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.vocabulary import Action, ClockStatus, Role
from casetracker.persistence.calendar_day import CalendarDay, CalendarVersion
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import reference, touch
from casetracker.services.context import SYSTEM, Context
from casetracker.services.office.calendar_notices import Notice, shipped_notice
from casetracker.services.outcome import iso
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.use_case import query, use_case

SHIPPED_YEARS = range(2018, 2027)
"""Years whose notices ship with the product; later ones are loaded when they are published."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a year: its version, and how many dates of open cases moved."""

    year: int
    version: int
    days: int
    is_new: bool
    recalculated: int = 0


@query
def year_shown(ctx: Context, session: Session, year: int) -> dict[str, Any]:
    """One year: version, source, and the days that differ from the plain week."""
    calendar = reference(session).calendar
    row = calendar.years.get(year)
    days = [] if row is None else [
        {"date": day.isoformat(), "is_workday": day in row.make_up_days,
         "name": row.names.get(day, "")}
        for day in sorted(row.holidays | row.make_up_days)
    ]  # fmt: skip
    return {
        "year": year,
        "published": row is not None,
        "version": None if row is None else int(row.version),
        "source": None if row is None else row.source,
        "days": days,
    }


@use_case
def put_year(ctx: Context, session: Session, notice: Notice) -> Loaded:
    """Keep a notice as the newest version of its year; the same one again changes nothing.

    Does not move any date; see `load_year`. Raises InvalidInput for an empty notice.
    """
    return put_notice(ctx, session, notice)


def put_notice(ctx: Context, session: Session, notice: Notice) -> Loaded:
    """The same within a transaction that is open already."""
    if not notice.days:
        raise InvalidInput({"FILE": "bad_notice"})
    newest = session.scalar(
        select(CalendarVersion)
        .where(CalendarVersion.year == notice.year)
        .order_by(CalendarVersion.version.desc())
        .limit(1)
    )
    if newest is not None and _is_same(session, newest, notice):
        return Loaded(notice.year, newest.version, len(notice.days), is_new=False)
    version = CalendarVersion(
        year=notice.year,
        version=(newest.version if newest else 0) + 1,
        source=notice.source,
        loaded_at=ctx.now,
        loaded_by=ctx.actor.account_id,
    )
    session.add(version)
    session.flush()
    session.add_all(
        CalendarDay(version_id=version.id, day=row.day, is_workday=row.is_workday, name=row.name)
        for row in notice.days
    )
    session.flush()
    touch(session, ctx.now)
    return Loaded(notice.year, version.version, len(notice.days), is_new=True)


def load_year(ctx: Context, notice: Notice) -> Loaded:
    """Keep a notice and work out anew every future date that it touches (R11).

    Each case in a transaction of its own, with an entry that holds the old and the new date.
    """
    loaded = put_year(ctx, notice)
    if not loaded.is_new:
        return loaded
    moved = sum(recalculate(ctx, case_id) for case_id in touched_cases(ctx, notice.year))
    return Loaded(loaded.year, loaded.version, loaded.days, is_new=True, recalculated=moved)


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
    if case is None or not case.is_open:
        return 0
    work = CaseWork.around(_as_system(ctx), session, reference(session), case)
    moved = list(_moved(work, work.clocks.live()))
    if moved:
        work.advance(Step(HOTLINE.row(Action.RECALCULATE), Role.SYSTEM), payload={"moved": moved})
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


def _is_same(session: Session, version: CalendarVersion, notice: Notice) -> bool:
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.is_workday).where(CalendarDay.version_id == version.id)
    ).all()
    return {tuple(row) for row in rows} == {(row.day, row.is_workday) for row in notice.days}


@use_case
def seed_calendar(ctx: Context, session: Session) -> int:
    """The published years that ship with the product, if no year was loaded yet; how many."""
    if session.scalar(select(func.count(CalendarVersion.id))):
        return 0
    shipped = [notice for year in SHIPPED_YEARS if (notice := shipped_notice(year)) is not None]
    for notice in shipped:
        put_notice(ctx, session, notice)
    return len(shipped)
