"""阅信批示: what leaders wrote on petitions they read, by when, and what came of it.

Source: 《信访工作条例》 art. 18(2); docs/rules/ledgers.md 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import LetterReading
from casetracker.persistence.queries.visible import visible
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import NoteLetter, RecordReport
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.reader import LinkedCase, Reader, require_own_or_keeper
from casetracker.services.ledgers.receptions import leader_named
from casetracker.services.outcome import Made
from casetracker.services.use_case import query, use_case
from casetracker.stats.registers import Days, read_in

MOST = 500
"""Lines of one page; a longer time is asked for in parts."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One note of a leader on a petition that the reader sees."""

    id: int
    case: LinkedCase
    leader: str
    read_on: date
    note: str
    unit: str | None
    due_on: date | None
    report: str | None
    is_late: bool
    is_own: bool


@use_case
def note_letter(ctx: Context, session: Session, command: NoteLetter) -> Made:
    """阅信批示 on a petition. A leader notes for themselves, the office for any leader."""
    require_right(ctx, Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
    reader, today = Reader.of(ctx, session), local_date(ctx.now)
    read_on = command.read_on or today
    if read_on > today:
        raise InvalidInput({"read_on": "in_the_future"})
    unit = command.unit and lookup.handling_unit(reader.ref, "unit", command.unit)
    case = reader.case_named(command.number)
    row = LetterReading(
        case_id=case.id,
        leader_id=_leader(ctx, session, command),
        read_on=read_on,
        note=command.note,
        unit_id=unit.id if unit else None,
        due_on=command.due_on,
        entered_by=ctx.actor.account_id,
        entered_at=ctx.now,
    )
    session.add(row)
    case.watch_at = ctx.now  # a day may pass without a report
    session.flush()
    note_access(ctx, session, Access.LEDGER_KEPT, "阅信批示", case_number=case.number)
    return Made(str(row.id))


@use_case
def record_report(ctx: Context, session: Session, row_id: int, command: RecordReport) -> None:
    """登记落实情况. Raises NotFound, NotPermitted."""
    row = session.scalar(locked(session, select(LetterReading).where(LetterReading.id == row_id)))
    seen = Reader.of(ctx, session).linked([row.case_id]) if row else {}
    if row is None or row.case_id not in seen:
        raise NotFound(id=row_id)
    require_own_or_keeper(ctx, row.leader_id)
    row.report = command.report
    number = seen[row.case_id].number
    note_access(ctx, session, Access.LEDGER_KEPT, "批示落实情况", case_number=number)


@query
def letter_lines(
    ctx: Context, session: Session, year: int | None = None, *, only_open: bool = False,
    most: int | None = MOST, days: Days | None = None,
) -> tuple[LetterLine, ...]:  # fmt: skip
    """Notes of a year or of some days, the newest first; only those without report where asked."""
    reader = Reader.of(ctx, session)
    where: list[ColumnElement[bool]] = [_reached(reader)]
    if year is not None:
        where += [LetterReading.read_on >= date(year, 1, 1)]
        where += [LetterReading.read_on <= date(year, 12, 31)]
    if days is not None:
        where.append(read_in(days))
    if only_open:
        where.append(LetterReading.report.is_(None))
    return lines_where(reader, *where, most=most)


@query
def find_letter(ctx: Context, session: Session, row_id: int) -> LetterLine:
    """Raises NotFound."""
    reader = Reader.of(ctx, session)
    found = lines_where(reader, LetterReading.id == row_id, _reached(reader))
    if not found:
        raise NotFound(id=row_id)
    return found[0]


def lines_where(
    reader: Reader, *where: ColumnElement[bool], most: int | None = MOST
) -> tuple[LetterLine, ...]:
    """Notes whose petition the reader sees; no others are told of."""
    rows = reader.session.execute(
        select(LetterReading, Account.name)
        .join(Account, Account.id == LetterReading.leader_id)
        .join(Case, Case.id == LetterReading.case_id)
        .where(visible(reader.scope), *where)
        .order_by(LetterReading.read_on.desc(), LetterReading.id.desc())
        .limit(most)
    ).all()
    return _lines(reader, [(row, name) for row, name in rows])


def _lines(reader: Reader, rows: Sequence[tuple[LetterReading, str]]) -> tuple[LetterLine, ...]:
    cases, today = reader.linked(row.case_id for row, _ in rows), local_date(reader.ctx.now)
    return tuple(
        LetterLine(
            row.id,
            cases[row.case_id],
            leader,
            row.read_on,
            row.note,
            reader.ref.unit_name(row.unit_id),
            row.due_on,
            row.report,
            is_late=bool(row.due_on and row.due_on < today and not row.report),
            is_own=reader.is_self(row.leader_id),
        )
        for row, leader in rows
    )


def _reached(reader: Reader) -> ColumnElement[bool]:
    own = reader.ctx.actor.account_id
    units = LetterReading.unit_id.in_(reader.scope.units)
    return true() if reader.sees_every_row else or_(LetterReading.leader_id == own, units)


def _leader(ctx: Context, session: Session, command: NoteLetter) -> int:
    if ctx.actor.may(Right.LEDGERS_KEEP):
        if command.leader is None:
            raise InvalidInput({"leader": "required"})
        return leader_named(session, command.leader).id
    if command.leader is not None and command.leader != ctx.actor.username:
        raise InvalidInput({"leader": "not_your_own"})
    assert ctx.actor.account_id is not None
    return ctx.actor.account_id
