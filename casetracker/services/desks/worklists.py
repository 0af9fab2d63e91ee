"""The queues of each role as data: what lies on whose desk, as filters of the case list.

A queue's count, its link and its list come from the same filter, so they agree. Which step the
role takes next stands in `domain.hotline` and `domain.petition`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import NotFound
from casetracker.domain.vocabulary import Role
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_each,
    read_page,
    read_pile,
)
from casetracker.persistence.queries.keyset import Sort
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.within import within
from casetracker.services.context import Actor, Context
from casetracker.services.desks.hotline_queues import HOTLINE_QUEUES, WATCH_QUEUES
from casetracker.services.desks.petition_queues import PETITION_QUEUES
from casetracker.services.desks.queue import Queue
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query


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


_QUEUES = (*HOTLINE_QUEUES, *PETITION_QUEUES, *WATCH_QUEUES)
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
    queues = queues_of(ctx.actor)
    counts = count_each(session, [_question(ctx, session, queue) for queue in queues])
    return {queue.name: count for queue, count in zip(queues, counts, strict=True)}


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
    return Question(asked, within(scope_of(ctx.actor, ref), asked), ref, ctx.now)


def _state(ctx: Context, session: Session, queue: Queue) -> QueueState:
    question = _question(ctx, session, queue)
    pile = read_pile(session, question)
    if pile.count == 0:
        return QueueState(queue, 0)
    first = read_page(session, question, Sort.DUE, place=None, limit=1).rows[0]
    return QueueState(
        queue,
        pile.count,
        overdue=pile.overdue,
        due_soon=pile.due_soon,
        oldest_at=pile.oldest_at,
        next_due_at=first.due_at,
        next_standing=first.standing,
    )
