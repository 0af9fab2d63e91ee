"""The queues of each role as data: what lies on whose desk, as filters of the case list.

A queue's count, its link and its list come from the same filter, so they agree. Which step the
role takes next stands in `domain.hotline`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import NotFound
from casetracker.domain.vocabulary import RequestKind, Role, State
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
    read_page,
)
from casetracker.persistence.queries.keyset import Sort
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible, visible_and_open
from casetracker.services.context import Actor, Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One pile on the desk. `of_own_unit`, `invited` and `own_entries` are filled in by the actor:
    the unit with its children, what it was asked to assist with, what one registered oneself.
    """

    name: str
    title: str
    roles: frozenset[Role]
    asked: CaseFilter
    why_empty: str
    is_primary: bool = False
    of_own_unit: bool = False
    invited: bool = False
    own_entries: bool = False


@dataclass(frozen=True, slots=True)
class QueueState:
    """A queue as the home page shows it; `oldest_at` is when its oldest case was received."""

    queue: Queue
    count: int
    overdue: int = 0
    due_soon: int = 0
    oldest_at: datetime | None = None
    next_due_at: datetime | None = None
    next_standing: Standing | None = None


_UNIT = frozenset({Role.HANDLER, Role.UNIT_HEAD})
_DECIDE = frozenset({Role.DEPUTY_LEADER, Role.LEADER})
_WATCH = frozenset({Role.SUPERVISOR, Role.DISPATCHER, Role.LEADER, Role.DEPUTY_LEADER})


def _queue(
    name: str, title: str, roles: frozenset[Role], asked: CaseFilter, why_empty: str, **more: bool
) -> Queue:
    return Queue(name=name, title=title, roles=roles, asked=asked, why_empty=why_empty, **more)


def _in(*states: State) -> CaseFilter:
    return CaseFilter(states=frozenset(states))


def _asks(kind: RequestKind) -> CaseFilter:
    return CaseFilter(is_open=True, pending=kind)


_QUEUES = (
    _queue(
        "to_dispatch", "待派单", frozenset({Role.DISPATCHER}), _in(State.TO_DISPATCH),
        "新登记的工单都已派出。", is_primary=True,
    ),
    _queue(
        "returns", "退单待审", frozenset({Role.DISPATCHER}), _in(State.RETURN_PENDING),
        "没有单位申请退单。", is_primary=True,
    ),
    _queue(
        "to_answer", "可即时答复", frozenset({Role.OPERATOR}), _in(State.TO_DISPATCH),
        "没有等待答复或派单的工单。",
    ),
    _queue(
        "my_entries", "我登记的在办", frozenset({Role.OPERATOR}), CaseFilter(is_open=True),
        "您登记的工单都已办结。", own_entries=True,
    ),
    _queue(
        "to_sign", "待签收", _UNIT, _in(State.TO_SIGN),
        "派给您单位的工单都已签收。", is_primary=True, of_own_unit=True,
    ),
    _queue(
        "handling", "办理中", _UNIT, _in(State.HANDLING),
        "没有正在办理的工单。", is_primary=True, of_own_unit=True,
    ),
    _queue(
        "redo", "二次办理", _UNIT, _in(State.REDO),
        "没有群众不满意需要重办的工单。", is_primary=True, of_own_unit=True,
    ),
    _queue(
        "assisting", "待协办反馈", _UNIT, CaseFilter(is_open=True),
        "没有邀请您单位协办的工单。", invited=True,
    ),
    _queue(
        "to_review", "待审核", frozenset({Role.UNIT_HEAD}), _in(State.TO_REVIEW),
        "没有等待您审核的答复。", is_primary=True, of_own_unit=True,
    ),
    _queue(
        "extensions", "延期待批", _DECIDE, _asks(RequestKind.EXTENSION),
        "没有单位申请延期。", is_primary=True,
    ),
    _queue(
        "holds", "挂账待批", _DECIDE, _asks(RequestKind.HOLD),
        "没有单位申请挂账。", is_primary=True,
    ),
    _queue(
        "important_reviews", "重件待签发", _DECIDE,
        CaseFilter(states=frozenset({State.TO_REVIEW}), important=True),
        "没有等待签发的重件。", is_primary=True,
    ),
    _queue(
        "on_hold", "挂账", _DECIDE | {Role.SUPERVISOR}, _in(State.ON_HOLD), "没有挂账的工单。"
    ),
    _queue(
        "to_follow_up", "待回访", frozenset({Role.FOLLOW_UP}),
        CaseFilter(states=frozenset({State.TO_FOLLOW_UP}), dissatisfied=False),
        "已回告的工单都已回访。", is_primary=True,
    ),
    _queue(
        "dissatisfied", "不满意待处置", frozenset({Role.SUPERVISOR}),
        CaseFilter(states=frozenset({State.TO_FOLLOW_UP}), dissatisfied=True),
        "没有群众表示不满意的工单。", is_primary=True,
    ),
    _queue(
        "exclusions", "不计考核待审", frozenset({Role.SUPERVISOR, *_DECIDE}),
        CaseFilter(pending=RequestKind.EXCLUSION), "没有单位申请不计考核。",
    ),
    _queue(
        "appeals", "考核申诉", frozenset({Role.SUPERVISOR}), CaseFilter(pending=RequestKind.APPEAL),
        "没有单位提出考核申诉。",
    ),
    _queue(
        "overdue", "已超期", _WATCH, CaseFilter(is_open=True, standing=Standing.OVERDUE),
        "没有超期的工单。",
    ),
    _queue(
        "due_soon", "临期", _WATCH, CaseFilter(is_open=True, standing=Standing.DUE_SOON),
        "没有快到期的工单。",
    ),
)  # fmt: skip

QUEUES: Mapping[str, Queue] = MappingProxyType({queue.name: queue for queue in _QUEUES})


def queues_of(actor: Actor) -> tuple[Queue, ...]:
    """The piles of all roles of the actor, their own work first."""
    mine = [queue for queue in _QUEUES if queue.roles & actor.roles]
    return tuple(sorted(mine, key=lambda queue: not queue.is_primary))


@query
def queue_filter(ctx: Context, session: Session, name: str) -> CaseFilter:
    """The filter behind a queue for this actor. Raises NotFound for a queue that is not theirs."""
    queue = QUEUES.get(name)
    if queue is None or not queue.roles & ctx.actor.roles:
        raise NotFound(queue=name)
    return _filled(queue, ctx.actor, reference(session))


@query
def queue_states(ctx: Context, session: Session) -> tuple[QueueState, ...]:
    """All piles of the actor with count, lateness, oldest and next due."""
    return tuple(_state(ctx, session, queue) for queue in queues_of(ctx.actor))


@query
def most_urgent(ctx: Context, session: Session, count: int) -> tuple[CaseRow, ...]:
    """What lies on top of one's own piles: the first cases of all of them by due date."""
    found: dict[int, CaseRow] = {}
    for queue in queues_of(ctx.actor):
        if queue.is_primary:
            question = _question(ctx, session, queue)
            page = read_page(session, question, Sort.DUE, place=None, limit=count)
            found |= {row.id: row for row in page.rows}
    dated = (row for row in found.values() if row.due_at is not None)
    return tuple(sorted(dated, key=lambda row: (row.due_at or ctx.now, row.id))[:count])


@query
def queue_counts(ctx: Context, session: Session) -> dict[str, int]:
    """Count of each pile of the actor: what the navigation shows."""
    return {
        queue.name: count_rows(session, _question(ctx, session, queue))
        for queue in queues_of(ctx.actor)
    }


def _filled(queue: Queue, actor: Actor, ref: Reference) -> CaseFilter:
    asked = queue.asked
    if queue.of_own_unit:
        asked = replace(asked, unit_id=actor.unit_id or 0)
    if queue.own_entries:
        asked = replace(asked, registered_by=actor.account_id or 0)
    if queue.invited:
        units = frozenset({actor.unit_id or 0})
        if Role.UNIT_HEAD in actor.roles and actor.unit_id:
            units = ref.with_children(actor.unit_id)
        asked = replace(asked, assisted_by=units)
    return asked


def _question(ctx: Context, session: Session, queue: Queue) -> Question:
    ref = reference(session)
    asked = _filled(queue, ctx.actor, ref)
    within = visible_and_open if asked.asks_open_only else visible
    return Question(asked, within(scope_of(ctx.actor, ref)), ref, ctx.now)


def _late(session: Session, question: Question) -> int:
    return _narrowed(session, question, Standing.OVERDUE)


def _narrowed(session: Session, question: Question, standing: Standing) -> int:
    asked = question.asked
    if asked.standing not in (None, standing):
        return 0
    return count_rows(session, replace(question, asked=replace(asked, standing=standing)))


def _state(ctx: Context, session: Session, queue: Queue) -> QueueState:
    question = _question(ctx, session, queue)
    count = count_rows(session, question)
    if count == 0:
        return QueueState(queue, 0)
    oldest = read_page(session, question, Sort.RECEIVED, place=None, limit=1).rows[0]
    first = read_page(session, question, Sort.DUE, place=None, limit=1).rows[0]
    return QueueState(
        queue,
        count,
        overdue=_late(session, question),
        due_soon=_narrowed(session, question, Standing.DUE_SOON),
        oldest_at=oldest.received_at,
        next_due_at=first.due_at,
        next_standing=first.standing,
    )
