"""约谈登记: talks with units, what was promised by when, and whether it was done.

Source: docs/rules/supervision.md 4.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.database import locked
from casetracker.persistence.oversight import Talk
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.oversight import FollowUpTalk, RecordTalk
from casetracker.services.context import Context, require_right
from casetracker.services.outcome import Made
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query, use_case

MOST = 200


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk; late when its promise is over and nobody looked after it."""

    id: int
    unit: str
    held_on: date
    host: str
    attendees: str
    matter: str
    promise: str
    promise_due_on: date | None
    follow_up: str | None
    followed_up_on: date | None
    is_late: bool
    may_keep: bool


@use_case
def record_talk(ctx: Context, session: Session, command: RecordTalk) -> Made:
    """约谈登记 of a talk that was held. Raises InvalidInput, NotPermitted."""
    require_right(ctx, Right.TALKS_KEEP)
    ref = reference(session)
    unit = lookup.any_unit(ref, "unit", command.unit)
    problems = {}
    if not _reaches(ctx, ref, unit.id):
        problems["unit"] = "unit_out_of_reach"
    if command.held_on > local_date(ctx.now):
        problems["held_on"] = "in_the_future"
    if command.promise_due_on is not None and command.promise_due_on < command.held_on:
        problems["promise_due_on"] = "before_the_talk"
    if problems:
        raise InvalidInput(problems)
    talk = Talk(
        unit_id=unit.id,
        held_on=command.held_on,
        host=command.host,
        attendees=command.attendees,
        matter=command.matter,
        promise=command.promise,
        promise_due_on=command.promise_due_on,
        entered_by=ctx.actor.account_id,
        entered_at=ctx.now,
    )
    session.add(talk)
    session.flush()
    note_access(ctx, session, Access.OVERSIGHT_KEPT, f"约谈 {unit.name} {command.held_on}")
    return Made(str(talk.id))


@use_case
def follow_up_talk(ctx: Context, session: Session, row_id: int, command: FollowUpTalk) -> None:
    """回头看, once. Raises NotFound, InvalidInput, GuardRefused, NotPermitted."""
    require_right(ctx, Right.TALKS_KEEP)
    talk = session.scalar(locked(session, select(Talk).where(Talk.id == row_id)))
    if talk is None or not _reaches(ctx, reference(session), talk.unit_id):
        raise NotFound(id=row_id)
    if talk.followed_up_on is not None:
        raise GuardRefused("talk_followed_up")
    if not talk.held_on <= command.followed_up_on <= local_date(ctx.now):
        raise InvalidInput({"followed_up_on": "not_since_the_talk"})
    talk.follow_up, talk.followed_up_on = command.follow_up, command.followed_up_on
    note_access(ctx, session, Access.OVERSIGHT_KEPT, f"约谈回头看 {row_id}")


@query
def talk_lines(ctx: Context, session: Session, *, only_open: bool = False) -> tuple[TalkLine, ...]:
    """Talks with units within reach, the newest first; only those not looked after where asked."""
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    where = [_reached(ctx, ref)]
    if only_open:
        where.append(Talk.followed_up_on.is_(None))
    newest = (Talk.held_on.desc(), Talk.id.desc())
    rows = session.scalars(select(Talk).where(*where).order_by(*newest).limit(MOST))
    return tuple(_line(ctx, ref, row) for row in rows)


@query
def find_talk(ctx: Context, session: Session, row_id: int) -> TalkLine:
    """Raises NotFound."""
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    row = session.scalar(select(Talk).where(Talk.id == row_id, _reached(ctx, ref)))
    if row is None:
        raise NotFound(id=row_id)
    return _line(ctx, ref, row)


def _reached(ctx: Context, ref: Reference) -> ColumnElement[bool]:
    scope = scope_of(ctx.actor, ref)
    return true() if scope.sees_all else Talk.unit_id.in_(scope.units)


def _reaches(ctx: Context, ref: Reference, unit_id: int) -> bool:
    scope = scope_of(ctx.actor, ref)
    return scope.sees_all or unit_id in scope.units


def _line(ctx: Context, ref: Reference, row: Talk) -> TalkLine:
    is_open = row.followed_up_on is None
    due = row.promise_due_on
    return TalkLine(
        id=row.id,
        unit=ref.units[row.unit_id].name,
        held_on=row.held_on,
        host=row.host,
        attendees=row.attendees,
        matter=row.matter,
        promise=row.promise,
        promise_due_on=due,
        follow_up=row.follow_up,
        followed_up_on=row.followed_up_on,
        is_late=is_open and due is not None and due < local_date(ctx.now),
        may_keep=is_open and ctx.actor.may(Right.TALKS_KEEP),
    )
