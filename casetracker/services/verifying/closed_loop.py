"""S7: 件件有登记、件件有落实、件件有回复, asked as sets."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, exists, not_, or_, select

from casetracker.domain.vocabulary import Action, ClockStatus, State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.persistence.working import Reply
from casetracker.services.verifying.findings import Finding, Sight

DESK_OWNED = frozenset({State.TO_DISPATCH, State.TO_FOLLOW_UP})
"""Owned by the dispatcher, and by whoever calls back."""
CLERK_OWNED = frozenset(
    {
        State.REGISTERED,
        State.CLASSIFIED,
        State.OBJECTION_PENDING,
        State.TO_NOTIFY,
        State.AWAITING_REPORT,
        State.ACCEPTED,
    }
)
"""Owned by the petition clerk until a unit has it."""
ANSWERED = frozenset({State.CLOSED, State.ARCHIVED})
TOLD = {
    State.DECLINED: (Action.DECLINE,),
    State.REFERRED: (Action.REFER, Action.RETURN_UPSTREAM, Action.DECIDE_OBJECTION),
}


def _entry(*conditions: Any) -> Any:
    return exists().where(TimelineEntry.case_id == Case.id, *conditions)


def _cases(sight: Sight, code: str, kind: str, *conditions: Any) -> Iterator[Finding]:
    query: Select[Any] = select(Case.number).where(*conditions).order_by(Case.id)
    for number in sight.session.scalars(query.execution_options(yield_per=1000)):
        yield Finding(code, kind, number)


def unregistered(sight: Sight) -> Iterator[Finding]:
    """Every case begins with its registration."""
    begun = _entry(TimelineEntry.seq == 1, TimelineEntry.action == Action.REGISTER)
    yield from _cases(sight, "S7a", "没有登记记录", not_(begun))


def unowned(sight: Sight) -> Iterator[Finding]:
    """Every open case has an owner: a unit, the dispatcher, or whoever calls back."""
    desks = DESK_OWNED | CLERK_OWNED
    nobody = and_(Case.is_open, Case.state.not_in(desks), Case.lead_unit_id.is_(None))
    yield from _cases(sight, "S7b", "在办而没有承办单位", nobody)


def untimed(sight: Sight) -> Iterator[Finding]:
    """Every open case has a running clock."""
    running = exists().where(Clock.case_id == Case.id, Clock.status == ClockStatus.RUNNING)
    yield from _cases(sight, "S7b", "在办而没有在走的时限", Case.is_open, not_(running))


def unanswered(sight: Sight) -> Iterator[Finding]:
    """Every closed hotline case has a reply that reached the resident."""
    reached = exists().where(
        Reply.case_id == Case.id, Reply.approved.is_(True), Reply.reached_at.is_not(None)
    )
    nothing = or_(not_(reached), Case.replied_at.is_(None))
    yield from _cases(
        sight, "S7c", "已办结而没有回复", Case.state.in_(ANSWERED), Case.track == Track.HOTLINE,
        Case.is_sealed.is_(False), nothing,
    )  # fmt: skip


def untold(sight: Sight) -> Iterator[Finding]:
    """并单、不受理、转出、撤诉 are closed by what was told to the resident."""
    for state, actions in TOLD.items():
        words = exists().where(TimelineText.entry_id == TimelineEntry.id)
        told = _entry(TimelineEntry.action.in_(actions), words)
        yield from _cases(sight, "S7c", "没有告知记录", Case.state == state, not_(told))
    withdrawn = _entry(TimelineEntry.action == Action.WITHDRAW)
    yield from _cases(sight, "S7c", "没有撤诉记录", Case.state == State.WITHDRAWN, not_(withdrawn))
    yield from _cases(
        sight, "S7c", "已并单而没有并入的工单",
        Case.state == State.GROUPED, Case.grouped_into_id.is_(None),
    )  # fmt: skip
