"""Replies that wait for review, as whoever may sign them sees them (审核、回告).

Source: docs/rules/hotline.md rows 13 and 14; the submitter and the registrant sign nothing of
their own, and important cases are signed by a leader.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.deadlines import Standing
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.vocabulary import Action, Result, State
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.case_list import case_standing, shown_name
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Reply
from casetracker.services.context import Context
from casetracker.services.desks.decisions import reached_by
from casetracker.services.scoping import scope_of
from casetracker.services.steps.answering import SIGN_OFF
from casetracker.services.use_case import query

MOST = 100
_SIGNERS = HOTLINE.row(Action.APPROVE).roles


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A reply that waits; `refusal` is the code of why another person has to sign it."""

    number: str
    version: int
    title: str
    state: State
    person: str
    unit: str | None
    category: str | None
    is_important: bool
    round: int
    due_at: datetime | None
    standing: Standing | None
    result: Result
    submitted_by: str | None
    submitted_at: datetime
    refusal: str | None


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The `MOST` that are due first, and how many there are in all."""

    lines: tuple[ReviewLine, ...]
    total: int

    @property
    def mine(self) -> tuple[ReviewLine, ...]:
        return tuple(line for line in self.lines if line.refusal is None)

    @property
    def others(self) -> tuple[ReviewLine, ...]:
        return tuple(line for line in self.lines if line.refusal is not None)


@query
def replies_to_review(ctx: Context, session: Session) -> ReviewQueue:
    """Cases in TO_REVIEW that one of the actor's roles signs; important ones first, then by due."""
    ref = reference(session)
    condition = _condition(ctx, ref)
    asker = aliased(Account)
    latest = (
        select(func.max(Reply.id))
        .where(Reply.case_id == Case.id, Reply.approved.is_(None))
        .correlate(Case)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Case, Petitioner.name, Petitioner.is_confidential, Reply.result, Reply.submitted_by,
            Reply.submitted_at, asker.name.label("submitter"),
        )
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .join(Reply, Reply.id == latest)
        .outerjoin(asker, asker.id == Reply.submitted_by)
        .where(*condition)
        .order_by(Case.is_important.desc(), Case.next_due_at, Case.id)
        .limit(MOST)
    ).all()  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Case).where(*condition)) or 0
    return ReviewQueue(tuple(_line(ctx, ref, row) for row in rows), total)


def _condition(ctx: Context, ref: Reference) -> list[ColumnElement[bool]]:
    roles = sorted(_SIGNERS & ctx.actor.roles)
    reached = or_(false(), *(reached_by(role, ctx.actor, ref) for role in roles))
    return [
        IS_OPEN, Case.state == State.TO_REVIEW, reached, visible(scope_of(ctx.actor, ref)),
    ]  # fmt: skip


def _line(ctx: Context, ref: Reference, row: Any) -> ReviewLine:
    case: Case = row[0]
    return ReviewLine(
        number=case.number,
        version=case.version,
        title=case.title,
        state=case.state,
        person=shown_name(row.name, confidential=row.is_confidential),
        unit=ref.unit_name(case.lead_unit_id),
        category=ref.category_name(case.category_id),
        is_important=case.is_important,
        round=case.round,
        due_at=case.next_due_at,
        standing=case_standing(case, ctx.now),
        result=row.result,
        submitted_by=row.submitter,
        submitted_at=row.submitted_at,
        refusal=_refusal(ctx, case, row.submitted_by),
    )


def _refusal(ctx: Context, case: Case, submitted_by: int | None) -> str | None:
    me = ctx.actor.account_id
    if me is not None and me == submitted_by:
        return "own_submission"
    if me is not None and me == case.registered_by:
        return "two_people_needed"
    if case.is_important and not ctx.actor.roles & SIGN_OFF:
        return "leader_must_sign"
    return None
