"""包案: begun with a plan, moved on step by step, finished with a result.

Source: 《信访工作条例》 art. 18(2); docs/rules/ledgers.md 5.
"""

import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import Undertaking, UndertakingCase, UndertakingMilestone
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import (
    AddMilestone,
    BeginUndertaking,
    FinishUndertaking,
    ReportProgress,
)
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.reader import Reader, require_own_or_keeper
from casetracker.services.ledgers.receptions import leader_named
from casetracker.services.outcome import Made
from casetracker.services.use_case import use_case

BETWEEN = re.compile(r"[\s,，、;；]+")
"""What stands between the case numbers of one text."""


@use_case
def begin_undertaking(ctx: Context, session: Session, command: BeginUndertaking) -> Made:
    """包案 by a leader: entered by the office, or by the leader for themselves."""
    require_right(ctx, Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
    row = Undertaking(
        moved_on=command.began_on, entered_by=ctx.actor.account_id, entered_at=ctx.now
    )
    reader = Reader.of(ctx, session)
    _fill(reader, row, command)
    session.add(row)
    session.flush()
    _put_cases(reader, row, command.numbers)
    _note(ctx, session, row.id, f"包案 {row.id}")
    return Made(str(row.id))


@use_case
def change_undertaking(
    ctx: Context, session: Session, row_id: int, command: BeginUndertaking
) -> None:
    """Another plan or date; cases named here come to those that are linked."""
    row = _running(ctx, session, row_id)
    reader = Reader.of(ctx, session)
    _fill(reader, row, command)
    _put_cases(reader, row, command.numbers)
    _note(ctx, session, row_id, f"更改包案 {row_id}")


@use_case
def report_progress(ctx: Context, session: Session, row_id: int, command: ReportProgress) -> None:
    """登记进展: a dated line of what was done, and how far it is now."""
    row = _running(ctx, session, row_id)
    day = _not_later_than_today(ctx, command.day)
    session.add(
        UndertakingMilestone(
            undertaking_id=row.id,
            day=day,
            what=command.what,
            done_at=ctx.now,
            done_by=ctx.actor.account_id,
        )
    )
    row.progress, row.next_action_on = command.progress, command.next_action_on
    row.moved_on = max(row.moved_on, day)
    _note(ctx, session, row_id, f"包案 {row_id} 进展 {command.progress}%")


@use_case
def add_milestone(ctx: Context, session: Session, row_id: int, command: AddMilestone) -> None:
    """添加节点 that lies ahead."""
    row = _running(ctx, session, row_id)
    session.add(UndertakingMilestone(undertaking_id=row.id, day=command.day, what=command.what))
    _note(ctx, session, row_id, f"包案 {row_id} 添加节点")


@use_case
def finish_milestone(ctx: Context, session: Session, row_id: int, milestone_id: int) -> None:
    """节点完成; done already is no mistake."""
    row = _running(ctx, session, row_id)
    milestone = session.get(UndertakingMilestone, milestone_id)
    if milestone is None or milestone.undertaking_id != row.id:
        raise NotFound(id=milestone_id)
    if milestone.done_at is None:
        milestone.done_at, milestone.done_by = ctx.now, ctx.actor.account_id
        row.moved_on = local_date(ctx.now)
        _note(ctx, session, row_id, f"包案 {row_id} 节点完成")


@use_case
def finish_undertaking(
    ctx: Context, session: Session, row_id: int, command: FinishUndertaking
) -> None:
    """结束包案 with its result; nothing changes afterwards."""
    row = _running(ctx, session, row_id)
    day = _not_later_than_today(ctx, command.day)
    if day < row.began_on:
        raise InvalidInput({"day": "ends_before_first_day"})
    row.finished_on = row.moved_on = day
    row.result, row.result_words = command.result, command.words
    row.next_action_on = None
    _note(ctx, session, row_id, f"包案 {row_id} 结束")


def _note(ctx: Context, session: Session, row_id: int, words: str) -> None:
    """A line of the access log; of one about a single case it goes where that case goes."""
    session.flush()
    linked = select(Case.number).join(UndertakingCase, UndertakingCase.case_id == Case.id)
    numbers = session.scalars(linked.where(UndertakingCase.undertaking_id == row_id)).all()
    alone = numbers[0] if len(numbers) == 1 else None
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=alone)


def _running(ctx: Context, session: Session, row_id: int) -> Undertaking:
    """The row, locked, in the hands of whoever may write it."""
    row = session.scalar(locked(session, select(Undertaking).where(Undertaking.id == row_id)))
    if row is None:
        raise NotFound(id=row_id)
    require_own_or_keeper(ctx, row.leader_id)
    if row.finished_on is not None:
        raise GuardRefused("undertaking_over")
    return row


def _fill(reader: Reader, row: Undertaking, command: BeginUndertaking) -> None:
    if command.expected_on < command.began_on:
        raise InvalidInput({"expected_on": "expected_before_start"})
    leader = leader_named(reader.session, command.leader)
    if not (reader.ctx.actor.may(Right.LEDGERS_KEEP) or reader.is_self(leader.id)):
        raise InvalidInput({"leader": "not_your_own"})
    row.leader_id, row.post, row.title = leader.id, command.post, command.title
    row.unit_id = lookup.handling_unit(reader.ref, "unit", command.unit).id
    row.plan = command.plan
    row.began_on = _not_later_than_today(reader.ctx, command.began_on, "began_on")
    row.expected_on, row.next_action_on = command.expected_on, command.next_action_on


def _put_cases(reader: Reader, row: Undertaking, numbers: str | None) -> None:
    linked = select(UndertakingCase.case_id).where(UndertakingCase.undertaking_id == row.id)
    known = set(reader.session.scalars(linked))
    for number in filter(None, BETWEEN.split(numbers or "")):
        case = reader.case_named(number, "numbers")
        if case.id not in known:
            reader.session.add(UndertakingCase(undertaking_id=row.id, case_id=case.id))
            known.add(case.id)


def _not_later_than_today(ctx: Context, day: date | None, field: str = "day") -> date:
    today = local_date(ctx.now)
    if day is not None and day > today:
        raise InvalidInput({field: "in_the_future"})
    return day or today
