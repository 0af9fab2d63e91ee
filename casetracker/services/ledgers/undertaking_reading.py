"""Undertakings as they are read: the list, and one with its plan, steps and petitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import NotFound
from casetracker.domain.ledgers import stands_still
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import UndertakingResult
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import Undertaking, UndertakingCase, UndertakingMilestone
from casetracker.services.context import Context
from casetracker.services.ledgers.reader import LinkedCase, Reader
from casetracker.services.use_case import query
from casetracker.stats.registers import Days, begun_in


@dataclass(frozen=True, slots=True)
class UndertakingLine:
    """One undertaking; only the petitions that the reader sees are told."""

    id: int
    title: str
    leader: str
    leader_username: str
    post: str
    unit: str | None
    unit_code: str | None
    plan: str
    progress: int
    began_on: date
    expected_on: date
    next_action_on: date | None
    moved_on: date
    finished_on: date | None
    result: UndertakingResult | None
    result_words: str | None
    cases: tuple[LinkedCase, ...]
    stands_still: bool
    is_late: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """What is to be done by a day, or was done."""

    id: int
    day: date
    what: str
    done_at: datetime | None
    done_by: str | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class UndertakingFile:
    """One undertaking with its steps, those ahead first."""

    line: UndertakingLine
    ahead: tuple[MilestoneLine, ...]
    done: tuple[MilestoneLine, ...]
    may_write: bool


@query
def undertaking_lines(
    ctx: Context, session: Session, *, finished: bool = False, begun: Days | None = None
) -> tuple[UndertakingLine, ...]:
    """Running ones, what comes next on top; or the finished ones, newest first; or all that began
    in some days, in their order."""
    reader = Reader.of(ctx, session)
    if begun is not None:
        rows = lines_where(reader, begun_in(begun))
        return tuple(sorted(rows, key=lambda line: line.began_on))
    if finished:
        rows = lines_where(reader, Undertaking.finished_on.is_not(None))
        return tuple(sorted(rows, key=lambda line: line.finished_on or date.min, reverse=True))
    return lines_where(reader, Undertaking.finished_on.is_(None))


@query
def open_undertaking(ctx: Context, session: Session, row_id: int) -> UndertakingFile:
    """Raises NotFound, also for one that is none of the reader's."""
    reader = Reader.of(ctx, session)
    lines = lines_where(reader, Undertaking.id == row_id)
    if not lines:
        raise NotFound(id=row_id)
    line, steps = lines[0], _milestones(reader, row_id)
    keeps = ctx.actor.may(Right.LEDGERS_KEEP) or line.is_own
    done = [step for step in steps if step.done_at is not None]
    return UndertakingFile(
        line,
        tuple(step for step in steps if step.done_at is None),
        tuple(done[::-1]),
        keeps and line.finished_on is None,
    )


def lines_where(reader: Reader, *where: ColumnElement[bool]) -> tuple[UndertakingLine, ...]:
    """Undertakings within the reader's reach, what comes next first."""
    wanted = (
        select(Undertaking, Account)
        .join(Account, Account.id == Undertaking.leader_id)
        .where(*where)
        .order_by(Undertaking.next_action_on.is_(None), Undertaking.next_action_on, Undertaking.id)
    )
    if not reader.sees_every_row:
        own = Undertaking.leader_id == reader.ctx.actor.account_id
        wanted = wanted.where(or_(own, Undertaking.unit_id.in_(reader.scope.units)))
    rows = [(row, leader) for row, leader in reader.session.execute(wanted)]
    cases = _cases(reader, [row.id for row, _ in rows])
    return tuple(_line(reader, row, leader, cases.get(row.id, [])) for row, leader in rows)


def _cases(reader: Reader, row_ids: Sequence[int]) -> dict[int, list[LinkedCase]]:
    links = reader.session.execute(
        select(UndertakingCase.undertaking_id, UndertakingCase.case_id)
        .where(UndertakingCase.undertaking_id.in_(row_ids))
        .order_by(UndertakingCase.case_id)
    ).all()
    seen = reader.linked(link.case_id for link in links)
    found: dict[int, list[LinkedCase]] = {}
    for link in links:
        if link.case_id in seen:
            found.setdefault(link.undertaking_id, []).append(seen[link.case_id])
    return found


def _line(
    reader: Reader, row: Undertaking, leader: Account, cases: list[LinkedCase]
) -> UndertakingLine:
    today, runs = local_date(reader.ctx.now), row.finished_on is None
    unit = reader.ref.units.get(row.unit_id)
    quiet = reader.ref.settings["undertaking_quiet_days"]
    still = stands_still(row.moved_on, row.next_action_on, today, quiet_days=quiet)
    return UndertakingLine(
        id=row.id,
        title=row.title,
        leader=leader.name,
        leader_username=leader.username,
        post=row.post,
        unit=unit.name if unit else None,
        unit_code=unit.code if unit else None,
        plan=row.plan,
        progress=row.progress,
        began_on=row.began_on,
        expected_on=row.expected_on,
        next_action_on=row.next_action_on,
        moved_on=row.moved_on,
        finished_on=row.finished_on,
        result=row.result,
        result_words=row.result_words,
        cases=tuple(cases),
        stands_still=runs and still,
        is_late=runs and row.expected_on < today,
        is_own=reader.is_self(row.leader_id),
    )


def _milestones(reader: Reader, row_id: int) -> list[MilestoneLine]:
    rows = reader.session.scalars(
        select(UndertakingMilestone)
        .where(UndertakingMilestone.undertaking_id == row_id)
        .order_by(UndertakingMilestone.day, UndertakingMilestone.id)
    ).all()
    names, today = reader.names(row.done_by for row in rows), local_date(reader.ctx.now)
    return [
        MilestoneLine(
            row.id,
            row.day,
            row.what,
            row.done_at,
            names.get(row.done_by or 0),
            is_late=row.done_at is None and row.day < today,
        )
        for row in rows
    ]
