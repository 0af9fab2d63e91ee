"""信访积案: the list with owner, plan and next date, and striking off by two people (销号).

Source: docs/rules/ledgers.md 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import OldCase
from casetracker.persistence.queries.visible import visible
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import (
    AskStrike,
    DecideStrike,
    ListOldCase,
    OldCaseSearch,
)
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.reader import LinkedCase, Reader
from casetracker.services.outcome import Made
from casetracker.services.use_case import query, use_case
from casetracker.stats.registers import OLD_CASES


@dataclass(frozen=True, slots=True)
class OldCaseLine:
    """One old case; `struck_off_by` and `asked_by` are the two people of the striking off."""

    id: int
    case: LinkedCase | None
    description: str
    listed_on: date
    category: str | None
    category_code: str | None
    source_list: str
    unit: str | None
    unit_code: str | None
    owner: str
    plan: str | None
    next_action_on: date | None
    evidence: str | None
    asked_by: str | None
    strike_note: str | None
    struck_off_by: str | None
    struck_off_on: date | None
    is_late: bool
    may_keep: bool
    may_decide: bool

    @property
    def waits(self) -> bool:
        """Whether the striking off was asked for and nobody decided yet."""
        return self.asked_by is not None and self.struck_off_on is None


@use_case
def list_old_case(ctx: Context, session: Session, command: ListOldCase) -> Made:
    """列入积案. A petition stands on the list once. Raises InvalidInput, NotPermitted."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = OldCase(entered_by=ctx.actor.account_id, entered_at=ctx.now)
    _fill(Reader.of(ctx, session), row, command)
    session.add(row)
    session.flush()
    _note(ctx, session, row, f"列入积案 {row.id}")
    return Made(str(row.id))


@use_case
def change_old_case(ctx: Context, session: Session, row_id: int, command: ListOldCase) -> None:
    """Owner, plan, next date and the rest, while it is on the list."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = _listed(session, row_id)
    _fill(Reader.of(ctx, session), row, command)
    _note(ctx, session, row, f"更改积案 {row_id}")


@use_case
def ask_strike(ctx: Context, session: Session, row_id: int, command: AskStrike) -> None:
    """申请销号 with evidence; another person decides."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = _listed(session, row_id)
    if row.strike_asked_at is not None:
        raise GuardRefused("strike_asked")
    row.evidence, row.strike_note = command.evidence, None
    row.strike_asked_by, row.strike_asked_at = ctx.actor.account_id, ctx.now
    _note(ctx, session, row, f"积案 {row_id} 申请销号")


@use_case
def decide_strike(ctx: Context, session: Session, row_id: int, command: DecideStrike) -> None:
    """审核销号: struck off today, or back on the list with the reason."""
    require_right(ctx, Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
    row = _listed(session, row_id)
    if not _lines_where(Reader.of(ctx, session), OldCase.id == row_id):
        raise NotFound(id=row_id)
    if row.strike_asked_at is None:
        raise GuardRefused("strike_not_asked")
    if row.strike_asked_by == ctx.actor.account_id:
        raise GuardRefused("own_strike")
    if not command.granted and command.note is None:
        raise InvalidInput({"note": "why_not_granted"})
    row.strike_note = command.note
    if command.granted:
        row.struck_off_by, row.struck_off_on = ctx.actor.account_id, local_date(ctx.now)
        row.next_action_on = None
    else:
        row.strike_asked_by = row.strike_asked_at = None
    words = "销号" if command.granted else "退回销号申请"
    _note(ctx, session, row, f"积案 {row_id} {words}")


@query
def old_case_lines(
    ctx: Context, session: Session, *, struck_off: bool = False
) -> tuple[OldCaseLine, ...]:
    """The list, what comes next on top; or what was struck off, newest first."""
    reader = Reader.of(ctx, session)
    if struck_off:
        rows = _lines_where(reader, OldCase.struck_off_on.is_not(None))
        return tuple(sorted(rows, key=lambda line: line.struck_off_on or date.min, reverse=True))
    return _lines_where(reader, OldCase.struck_off_on.is_(None))


@query
def old_cases_asked(
    ctx: Context, session: Session, asked: OldCaseSearch
) -> tuple[OldCaseLine, ...]:
    """The same, or a part of what reports count in a span of days, by the day of listing."""
    if asked.days is None or asked.part is None:
        return old_case_lines(ctx, struck_off=asked.struck_off)
    rows = _lines_where(Reader.of(ctx, session), OLD_CASES[asked.part](asked.days))
    return tuple(sorted(rows, key=lambda line: line.listed_on))


@query
def find_old_case(ctx: Context, session: Session, row_id: int) -> OldCaseLine:
    """Raises NotFound."""
    found = _lines_where(Reader.of(ctx, session), OldCase.id == row_id)
    if not found:
        raise NotFound(id=row_id)
    return found[0]


def lines_of_case(reader: Reader, case_id: int) -> tuple[OldCaseLine, ...]:
    """Whether a petition stands or stood on the list."""
    return _lines_where(reader, OldCase.case_id == case_id)


def _note(ctx: Context, session: Session, row: OldCase, words: str) -> None:
    """A line of the access log; of a row about a case it goes where that case goes."""
    number = session.scalar(select(Case.number).where(Case.id == row.case_id))
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=number)


def _listed(session: Session, row_id: int) -> OldCase:
    row = session.scalar(locked(session, select(OldCase).where(OldCase.id == row_id)))
    if row is None:
        raise NotFound(id=row_id)
    if row.struck_off_on is not None:
        raise GuardRefused("old_case_struck_off")
    return row


def _fill(reader: Reader, row: OldCase, command: ListOldCase) -> None:
    if command.listed_on > local_date(reader.ctx.now):
        raise InvalidInput({"listed_on": "in_the_future"})
    category = command.category and lookup.category(reader.ref, "category", command.category)
    if command.number:
        row.case_id = _case_id(reader, row, command.number)
    elif reader.linked([row.case_id]):  # what one does not see, one does not cut
        row.case_id = None
    row.description, row.listed_on = command.description, command.listed_on
    row.category_id = category.id if category else None
    row.source_list, row.owner, row.plan = command.source_list, command.owner, command.plan
    row.unit_id = lookup.handling_unit(reader.ref, "unit", command.unit).id
    row.next_action_on = command.next_action_on


def _case_id(reader: Reader, row: OldCase, number: str) -> int:
    case = reader.case_named(number)
    listed = select(OldCase.id).where(OldCase.case_id == case.id, OldCase.struck_off_on.is_(None))
    if reader.session.scalar(listed) not in (None, row.id):
        raise InvalidInput({"number": "listed_already"})
    return case.id


def _lines_where(reader: Reader, *where: ColumnElement[bool]) -> tuple[OldCaseLine, ...]:
    wanted = (
        select(OldCase)
        .where(*where)
        .order_by(OldCase.next_action_on.is_(None), OldCase.next_action_on, OldCase.id)
    )
    if not reader.sees_every_row:
        seen = OldCase.case_id.in_(select(Case.id).where(visible(reader.scope)))
        wanted = wanted.where(or_(OldCase.unit_id.in_(reader.scope.units), seen))
    return _lines(reader, reader.session.scalars(wanted).all())


def _lines(reader: Reader, rows: Sequence[OldCase]) -> tuple[OldCaseLine, ...]:
    cases = reader.linked(row.case_id for row in rows)
    people = (one for row in rows for one in (row.strike_asked_by, row.struck_off_by))
    names = reader.names(people)
    return tuple(_line(reader, row, cases, names) for row in rows)


def _line(
    reader: Reader, row: OldCase, cases: dict[int, LinkedCase], names: dict[int, str]
) -> OldCaseLine:
    actor, unit = reader.ctx.actor, reader.ref.units.get(row.unit_id)
    category, listed = reader.ref.categories.get(row.category_id or 0), row.struck_off_on is None
    keeps = actor.may(Right.LEDGERS_KEEP)
    waits = listed and row.strike_asked_at is not None
    decides = (keeps or actor.may(Right.PETITIONS_SIGN)) and not reader.is_self(row.strike_asked_by)
    return OldCaseLine(
        id=row.id,
        case=cases.get(row.case_id or 0),
        description=row.description,
        listed_on=row.listed_on,
        category=category.full_name if category else None,
        category_code=category.code if category else None,
        source_list=row.source_list,
        unit=unit.name if unit else None,
        unit_code=unit.code if unit else None,
        owner=row.owner,
        plan=row.plan,
        next_action_on=row.next_action_on,
        evidence=row.evidence,
        asked_by=names.get(row.strike_asked_by or 0),
        strike_note=row.strike_note,
        struck_off_by=names.get(row.struck_off_by or 0),
        struck_off_on=row.struck_off_on,
        is_late=bool(
            listed and row.next_action_on and row.next_action_on < local_date(reader.ctx.now)
        ),
        may_keep=keeps and listed,
        may_decide=waits and decides,
    )
