"""The working calendar as the office keeps it: years with their days, version and source."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.calendar_day import CalendarDay, CalendarVersion
from casetracker.persistence.queries.reference import reference, touch
from casetracker.services.context import Context
from casetracker.services.office.calendar_notices import Notice, shipped_notice
from casetracker.services.use_case import query, use_case

SHIPPED_YEARS = range(2018, 2027)
"""Years whose notices ship with the product; later ones are loaded when they are published."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a notice: the version of its year, and how many dates of open cases moved."""

    year: int
    version: int
    days: int
    is_new: bool
    recalculated: int = 0


@query
def kept_years(ctx: Context, session: Session) -> list[int]:
    """Years whose notice is loaded."""
    return sorted(reference(session).calendar.years)


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


def put_notice(ctx: Context, session: Session, notice: Notice) -> Loaded:
    """Keep a notice as the newest version of its year; the same one again changes nothing.

    Moves no date of any case; see `calendar_loading`. Raises InvalidInput for an empty notice.
    """
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
    touch(session, ctx.now)
    return Loaded(notice.year, version.version, len(notice.days), is_new=True)


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
