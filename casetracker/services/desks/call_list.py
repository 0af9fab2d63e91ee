"""Whom to call back next: nobody calls about a case they handled (回访).

Source: docs/rules/hotline.md rows 16 and 17.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import hour_of
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
    read_page,
)
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Contact, FollowUp, Reply
from casetracker.services.context import Actor, Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

TO_CALL = CaseFilter(states=frozenset({State.TO_FOLLOW_UP}), dissatisfied=False)
PAGE = 30


@dataclass(frozen=True, slots=True)
class CallLine:
    """A resident to call; `attempts` are those of this round, `rests` when another call within
    this hour would count as none.
    """

    row: CaseRow
    attempts: int
    rests: bool


@dataclass(frozen=True, slots=True)
class CallList:
    lines: tuple[CallLine, ...]
    total: int
    next_cursor: str | None
    previous_cursor: str | None

    @property
    def next_call(self) -> CallLine | None:
        """The one due first that was not tried within this hour."""
        return next((line for line in self.lines if not line.rests), None)


@query
def calls_to_make(ctx: Context, session: Session, cursor: str | None = None) -> CallList:
    """Replied cases whose resident is still to be asked, without what the actor handled.

    Due first. Raises InvalidInput for a cursor that is nonsense.
    """
    ref = reference(session)
    scope = and_(visible(scope_of(ctx.actor, ref)), not_handled_by(ctx.actor))
    question = Question(TO_CALL, scope, ref, ctx.now)
    place = read_cursor(cursor, Sort.DUE) if cursor else None
    page = read_page(session, question, Sort.DUE, place=place, limit=PAGE)
    tries = _tries(session, [row.id for row in page.rows])
    return CallList(
        lines=tuple(_line(row, tries.get(row.id), ctx.now) for row in page.rows),
        total=count_rows(session, question),
        next_cursor=page.next.cursor() if page.next else None,
        previous_cursor=page.previous.cursor() if page.previous else None,
    )


def not_handled_by(actor: Actor) -> ColumnElement[bool]:
    """The guard `did_not_handle` as a condition on many cases."""
    me = actor.account_id
    contacted = select(Contact.id).where(Contact.case_id == Case.id, Contact.by_id == me)
    answered = select(Reply.id).where(Reply.case_id == Case.id, Reply.submitted_by == me)
    return and_(
        or_(Case.handler_id.is_(None), Case.handler_id != me),
        ~contacted.exists(),
        ~answered.exists(),
    )


def _tries(session: Session, ids: list[int]) -> dict[int, tuple[int, datetime]]:
    """By case: how many calls of this round there were, and when the last one."""
    rows = session.execute(
        select(FollowUp.case_id, func.count(), func.max(FollowUp.at))
        .join(Case, Case.id == FollowUp.case_id)
        .where(
            FollowUp.case_id.in_(ids), FollowUp.round == Case.round, FollowUp.by_resident.is_(False)
        )
        .group_by(FollowUp.case_id)
    )
    return {case_id: (count, last) for case_id, count, last in rows}


def _line(row: CaseRow, tries: tuple[int, datetime] | None, now: datetime) -> CallLine:
    count, last = tries or (0, None)
    rests = last is not None and hour_of(last) == hour_of(now)
    return CallLine(row, count, rests)
