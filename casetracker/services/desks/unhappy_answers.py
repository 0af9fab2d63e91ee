"""Residents who were not satisfied, as the supervisor decides on them: redo, or close with a word.

Source: docs/rules/hotline.md row 17.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import CallValidity, DissatisfactionReason, Satisfaction
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.case_filter import conditions
from casetracker.persistence.queries.case_list import case_standing, shown_name
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import FollowUp, Reply
from casetracker.services.context import Context
from casetracker.services.desks.worklists import QUEUES
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

MOST = 30


@dataclass(frozen=True, slots=True)
class UnhappyAnswer:
    """What the resident said last, about which reply of which unit; the person is masked."""

    number: str
    version: int
    title: str
    content: str
    person: str
    unit: str | None
    round: int
    reply: str | None
    said_at: datetime | None
    asked_by: str | None
    by_resident: bool
    contacted: bool | None
    resolved: bool | None
    satisfaction: Satisfaction | None
    because: DissatisfactionReason | None
    note: str | None
    judged_unreasonable: bool
    due_at: datetime | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class UnhappyAnswers:
    """The `MOST` that are due first, and how many there are in all."""

    answers: tuple[UnhappyAnswer, ...]
    total: int


@query
def unhappy_answers(ctx: Context, session: Session) -> UnhappyAnswers:
    """The queue of dissatisfied residents with what they said; two statements."""
    ref = reference(session)
    condition = [
        visible(scope_of(ctx.actor, ref)), *conditions(QUEUES["dissatisfied"].asked, ref, ctx.now),
    ]  # fmt: skip
    said = _last(FollowUp, FollowUp.validity == CallValidity.VALID, FollowUp.round == Case.round)
    answered = _last(Reply, Reply.approved.is_(True))
    rows = session.execute(
        select(
            Case, Petitioner.name, Petitioner.is_confidential, FollowUp,
            Reply.text.label("reply"), Account.name.label("caller"),
        )
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .outerjoin(FollowUp, FollowUp.id == said)
        .outerjoin(Reply, Reply.id == answered)
        .outerjoin(Account, Account.id == FollowUp.by_id)
        .where(*condition)
        .order_by(Case.next_due_at, Case.id)
        .limit(MOST)
    ).all()  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Case).where(*condition)) or 0
    return UnhappyAnswers(tuple(_answer(ctx, ref, row) for row in rows), total)


def _last(table: type[FollowUp] | type[Reply], *condition: ColumnElement[bool]) -> Any:
    """The id of the case's last row of that kind."""
    newest = select(func.max(table.id)).where(table.case_id == Case.id, *condition)
    return newest.correlate(Case).scalar_subquery()


def _answer(ctx: Context, ref: Reference, row: Any) -> UnhappyAnswer:
    case: Case = row[0]
    said: FollowUp | None = row.FollowUp
    return UnhappyAnswer(
        number=case.number,
        version=case.version,
        title=case.title,
        content=case.content,
        person=shown_name(row.name, confidential=row.is_confidential),
        unit=ref.unit_name(case.lead_unit_id),
        round=case.round,
        reply=row.reply,
        said_at=said.at if said else None,
        asked_by=row.caller,
        by_resident=bool(said and said.by_resident),
        contacted=said.contacted if said else None,
        resolved=said.resolved if said else None,
        satisfaction=said.satisfaction if said else None,
        because=said.dissatisfied_because if said else None,
        note=said.note if said else None,
        judged_unreasonable=case.judged_unreasonable,
        due_at=case.next_due_at,
        standing=case_standing(case, ctx.now),
    )
