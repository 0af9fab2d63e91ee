"""Receptions as they are read: the schedule, the sessions of a year, what was received in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date, whole_days
from casetracker.domain.errors import NotFound
from casetracker.domain.ledgers import SESSION_STEPS, next_month
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import ReceptionKind, SessionStatus
from casetracker.domain.vocabulary import Satisfaction
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import ReceptionEntry, ReceptionSession
from casetracker.services.commands.ledgers import ReceptionSearch
from casetracker.services.context import Context
from casetracker.services.ledgers.persons import PersonLine, person_line
from casetracker.services.ledgers.reader import LinkedCase, Reader
from casetracker.services.use_case import query
from casetracker.stats.placing import within
from casetracker.stats.registers import Days, held_in


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One reception with what is published of it, and how much was received."""

    id: int
    leader: str
    leader_username: str
    post: str
    duty: str
    starts_at: datetime
    ends_at: datetime
    place: str
    kind: ReceptionKind
    accompanying: str | None
    status: SessionStatus
    published_at: datetime | None
    cancel_reason: str | None
    entries: int = 0
    persons: int = 0
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One matter received; the person masked, the case only where the reader sees it."""

    id: int
    person: PersonLine
    persons: int
    matter: str | None
    matter_place: str | None
    cause: str | None
    instruction: str | None
    unit: str | None
    unit_code: str | None
    due_on: date | None
    report: str | None
    satisfaction: Satisfaction | None
    case: LinkedCase | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is to come, month by month, and what was held in the year asked for."""

    coming: tuple[SessionLine, ...]
    past: tuple[SessionLine, ...]
    next_month: date
    waiting: int


@dataclass(frozen=True, slots=True)
class SessionFile:
    """One session with its entries; None of these where they are none of the reader's."""

    line: SessionLine
    entries: tuple[EntryLine, ...] | None
    may_keep: bool
    may_write: bool
    may_change: bool
    has_begun: bool


@query
def schedule(ctx: Context, session: Session, year: int) -> Schedule:
    """Sessions from today on in their order, and those of the year before today, newest first."""
    reader = Reader.of(ctx, session)
    today = at(local_date(ctx.now), time())
    first, after = next_month(local_date(ctx.now))
    coming = session_lines(reader, ReceptionSession.starts_at >= today)
    of_year = (
        ReceptionSession.starts_at >= at(date(year, 1, 1), time()),
        ReceptionSession.starts_at < min(today, at(date(year + 1, 1, 1), time())),
    )
    planned = (line for line in coming if line.status is SessionStatus.PLANNED)
    return Schedule(
        coming,
        session_lines(reader, *of_year)[::-1],
        first,
        sum(first <= local_date(line.starts_at) < after for line in planned),
    )


@query
def open_session(ctx: Context, session: Session, row_id: int) -> SessionFile:
    """Raises NotFound."""
    reader = Reader.of(ctx, session)
    lines = session_lines(reader, ReceptionSession.id == row_id)
    if not lines:
        raise NotFound(id=row_id)
    line = lines[0]
    keeps, writes = ctx.actor.may(Right.LEDGERS_KEEP), line.is_own
    seen = reader.sees_every_row or writes
    return SessionFile(
        line,
        entry_lines(reader, _entries(session, row_id)) if seen else None,
        keeps,
        keeps or writes,
        keeps and bool(SESSION_STEPS[line.status]),
        line.starts_at <= ctx.now,
    )


@query
def sessions_held(ctx: Context, session: Session, days: Days) -> tuple[SessionLine, ...]:
    """Those that took place in these days, newest first."""
    return session_lines(Reader.of(ctx, session), held_in(whole_days(*days)))[::-1]


@query
def entries_of(
    ctx: Context, session: Session, asked: ReceptionSearch
) -> Sequence[tuple[SessionLine, EntryLine | None]]:
    """Each matter received in the sessions asked for, in the order of the days, as far as it is the
    reader's; a session without any stands alone. Raises NotPermitted.
    """
    reader = Reader.of(ctx, session)
    year = asked.year or local_date(ctx.now).year
    of_year = whole_days(date(year, 1, 1), date(year, 12, 31))
    wanted = within(ReceptionSession.starts_at, of_year)
    lines = session_lines(reader, held_in(whole_days(*asked.days)) if asked.days else wanted)
    seen = [line.id for line in lines if reader.sees_every_row or line.is_own]
    rows = session.scalars(
        select(ReceptionEntry)
        .where(ReceptionEntry.session_id.in_(seen))
        .order_by(ReceptionEntry.id)
    ).all()
    received: dict[int, list[EntryLine | None]] = {}
    for row, entry in zip(rows, entry_lines(reader, rows), strict=True):
        received.setdefault(row.session_id, []).append(entry)
    return [(line, entry) for line in lines for entry in received.get(line.id, [None])]


@query
def open_entry(ctx: Context, session: Session, entry_id: int) -> tuple[SessionFile, EntryLine]:
    """Raises NotFound."""
    reader = Reader.of(ctx, session)
    entry = find_entry(reader, entry_id)
    return open_session(ctx, entry.session_id), entry_lines(reader, [entry])[0]


def find_entry(reader: Reader, entry_id: int) -> ReceptionEntry:
    """The row within the reader's reach: everybody's, or of one's own sessions."""
    wanted = (
        select(ReceptionEntry)
        .join(ReceptionSession, ReceptionSession.id == ReceptionEntry.session_id)
        .where(ReceptionEntry.id == entry_id)
    )
    if not reader.sees_every_row:
        wanted = wanted.where(ReceptionSession.leader_id == reader.ctx.actor.account_id)
    entry = reader.session.scalar(wanted)
    if entry is None:
        raise NotFound(id=entry_id)
    return entry


def session_lines(reader: Reader, *where: ColumnElement[bool]) -> tuple[SessionLine, ...]:
    """Sessions in their order, with 件次 and 人次 received."""
    received = (
        select(
            ReceptionEntry.session_id,
            func.count(ReceptionEntry.id).label("entries"),
            func.sum(ReceptionEntry.persons).label("persons"),
        )
        .group_by(ReceptionEntry.session_id)
        .subquery()
    )
    rows = reader.session.execute(
        select(ReceptionSession, Account, received.c.entries, received.c.persons)
        .join(Account, Account.id == ReceptionSession.leader_id)
        .outerjoin(received, received.c.session_id == ReceptionSession.id)
        .where(*where)
        .order_by(ReceptionSession.starts_at, ReceptionSession.id)
    )
    return tuple(
        _line(row, account, entries or 0, persons or 0, is_own=reader.is_self(row.leader_id))
        for row, account, entries, persons in rows
    )


def _line(
    row: ReceptionSession, leader: Account, entries: int, persons: int, *, is_own: bool
) -> SessionLine:
    return SessionLine(
        row.id, leader.name, leader.username, row.post, row.duty, row.starts_at, row.ends_at,
        row.place, row.kind, row.accompanying, row.status, row.published_at, row.cancel_reason,
        entries, int(persons), is_own,
    )  # fmt: skip


def _entries(session: Session, row_id: int) -> Sequence[ReceptionEntry]:
    wanted = select(ReceptionEntry).where(ReceptionEntry.session_id == row_id)
    return session.scalars(wanted.order_by(ReceptionEntry.id)).all()


def entry_lines(reader: Reader, entries: Sequence[ReceptionEntry]) -> tuple[EntryLine, ...]:
    """Entries as they may be shown."""
    cases, today = reader.linked(entry.case_id for entry in entries), local_date(reader.ctx.now)
    return tuple(_entry(reader, entry, cases, today) for entry in entries)


def _entry(
    reader: Reader, entry: ReceptionEntry, cases: dict[int, LinkedCase], today: date
) -> EntryLine:
    unit = reader.ref.units.get(entry.unit_id or 0)
    return EntryLine(
        id=entry.id,
        person=person_line(entry, revealed=False),
        persons=entry.persons,
        matter=entry.matter,
        matter_place=entry.matter_place,
        cause=entry.cause,
        instruction=entry.instruction,
        unit=unit.name if unit else None,
        unit_code=unit.code if unit else None,
        due_on=entry.due_on,
        report=entry.report,
        satisfaction=entry.satisfaction,
        case=cases.get(entry.case_id or 0),
        is_late=bool(entry.due_on and entry.due_on < today and not entry.report),
    )
