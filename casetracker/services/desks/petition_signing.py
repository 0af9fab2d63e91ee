"""Opinions and replies that wait for a signature, as the leader who may sign them sees them.

Source: docs/rules/petition.md row 15; nobody signs what they drafted or checked, and what is
important, collective or handled anew is signed by the head.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing
from casetracker.domain.petition import PETITION
from casetracker.domain.petition_vocabulary import (
    AdviceOutcome,
    OpinionOutcome,
    PetitionClass,
    Subroute,
)
from casetracker.domain.vocabulary import Action, Role, State
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.petition import Opinion, Petition, Recusal
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.case_list import case_standing, shown_name
from casetracker.persistence.queries.petition_filter import IS_PETITION
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context
from casetracker.services.desks.decisions import reached_by
from casetracker.services.scoping import scope_of
from casetracker.services.steps.petitions.opinions import head_signs
from casetracker.services.use_case import query

MOST = 100
_SIGNERS = PETITION.row(Action.SIGN_OFF, "signed").roles


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft that waits; `refusal` is the code of why somebody else has to sign it."""

    number: str
    title: str
    state: State
    person: str
    persons: int
    unit: str | None
    petition_class: PetitionClass | None
    subroute: Subroute | None
    is_reply: bool
    outcome: OpinionOutcome | None
    advice: AdviceOutcome | None
    drafted_by: str | None
    drafted_at: datetime
    checked_by: str | None
    due_at: datetime | None
    standing: Standing | None
    is_due_today: bool
    refusal: str | None


@dataclass(frozen=True, slots=True)
class DraftQueue:
    """The `MOST` that are due first, and how many there are in all."""

    lines: tuple[DraftLine, ...]
    total: int

    @property
    def mine(self) -> tuple[DraftLine, ...]:
        return tuple(line for line in self.lines if line.refusal is None)

    @property
    def others(self) -> tuple[DraftLine, ...]:
        return tuple(line for line in self.lines if line.refusal is not None)


@query
def drafts_to_sign(ctx: Context, session: Session) -> DraftQueue:
    """Drafts in TO_SIGN_OFF on petitions that one of the actor's roles signs, by due date."""
    ref = reference(session)
    condition = _condition(ctx, ref)
    latest = (
        select(func.max(Opinion.id)).where(Opinion.case_id == Case.id).correlate(Case)
    ).scalar_subquery()
    drafter, checker = aliased(Account), aliased(Account)
    recused = exists().where(Recusal.case_id == Case.id, Recusal.account_id == ctx.actor.account_id)
    rows = session.execute(
        select(
            Case, Petition, Opinion, Petitioner.name, Petitioner.is_confidential,
            drafter.name.label("drafter"), checker.name.label("checker"),
            (recused if ctx.actor.account_id else literal(False)).label("is_recused"),
        )
        .join(Petition, Petition.case_id == Case.id)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .join(Opinion, Opinion.id == latest)
        .outerjoin(drafter, drafter.id == Opinion.drafted_by)
        .outerjoin(checker, checker.id == Opinion.checked_by)
        .where(*condition)
        .order_by(Case.next_due_at, Case.id)
        .limit(MOST)
    ).all()  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Case).where(*condition)) or 0
    return DraftQueue(tuple(_line(ctx, ref, row) for row in rows), total)


def _condition(ctx: Context, ref: Reference) -> list[ColumnElement[bool]]:
    roles = sorted(_SIGNERS & ctx.actor.roles)
    reached = or_(false(), *(reached_by(role, ctx.actor, ref) for role in roles))
    seen = visible(scope_of(ctx.actor, ref))
    return [IS_OPEN, IS_PETITION, Case.state == State.TO_SIGN_OFF, reached, seen]


def _line(ctx: Context, ref: Reference, row: Any) -> DraftLine:
    case, petition, opinion = row[0], row[1], row[2]
    due = case.next_due_at
    return DraftLine(
        number=case.number,
        title=case.title,
        state=case.state,
        person=shown_name(row.name, confidential=row.is_confidential),
        persons=case.persons,
        unit=ref.unit_name(case.lead_unit_id),
        petition_class=petition.petition_class,
        subroute=petition.subroute,
        is_reply=opinion.is_reply,
        outcome=opinion.outcome,
        advice=opinion.advice,
        drafted_by=row.drafter,
        drafted_at=opinion.drafted_at,
        checked_by=row.checker,
        due_at=due,
        standing=case_standing(case, ctx.now),
        is_due_today=due is not None and local_date(due) <= local_date(ctx.now),
        refusal=_refusal(ctx, row),
    )


def _refusal(ctx: Context, row: Any) -> str | None:
    me, opinion = ctx.actor.account_id, row[2]
    if row.is_recused:
        return "recused"
    if me is not None and me == opinion.drafted_by:
        return "own_draft"
    if me is not None and me == opinion.checked_by:
        return "own_check"
    if head_signs(row[0], row[1]) and Role.LEADER not in ctx.actor.roles:
        return "leader_must_sign"
    return None
