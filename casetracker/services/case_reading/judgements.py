"""Third-party judgements as pages show them: what was found by how many; evaluators masked.

Source: docs/rules/appraisal.md §3.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.appraisal import Verdict
from casetracker.domain.privacy import mask_name
from casetracker.domain.vocabulary import RequestStatus
from casetracker.persistence.appraisal import Judgement, JudgementVote
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import DecisionRequest
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class VoteView:
    """What one evaluator found; a number stays, a name is masked."""

    evaluator: str
    demand_reasonable: bool
    duty_done: bool
    grounds: str


@dataclass(frozen=True, slots=True)
class JudgementView:
    """What a panel found; `status` says whether another person has confirmed it."""

    request_id: int
    held_on: date
    verdict: Verdict
    status: RequestStatus
    votes: tuple[VoteView, ...]


@query
def judgements_of_case(ctx: Context, session: Session, number: str) -> tuple[JudgementView, ...]:
    """The judgements of a case in scope, the latest first; none of one that is not."""
    scope = visible(scope_of(ctx.actor, reference(session)))
    ids = session.scalars(
        select(Judgement.request_id)
        .join(Case, Case.id == Judgement.case_id)
        .where(Case.number == number, scope)
    ).all()
    found = judgements_by_request(session, ids)
    return tuple(sorted(found.values(), key=lambda one: one.request_id, reverse=True))


def judgements_by_request(
    session: Session, request_ids: Collection[int]
) -> Mapping[int, JudgementView]:
    """By id of the request that carries them; the scope is the caller's. Two statements."""
    if not request_ids:
        return {}
    rows = session.execute(
        select(Judgement, DecisionRequest.status)
        .join(DecisionRequest, DecisionRequest.id == Judgement.request_id)
        .where(Judgement.request_id.in_(request_ids))
    ).all()
    votes: dict[int, list[VoteView]] = defaultdict(list)
    ids = [judgement.id for judgement, _ in rows]
    for vote in session.scalars(
        select(JudgementVote)
        .where(JudgementVote.judgement_id.in_(ids))
        .order_by(JudgementVote.judgement_id, JudgementVote.place)
    ):
        votes[vote.judgement_id].append(_vote(vote))
    return {
        one.request_id: JudgementView(
            one.request_id,
            one.held_on,
            Verdict(one.demand_reasonable, one.duty_done),
            status,
            tuple(votes[one.id]),
        )
        for one, status in rows
    }


def _vote(row: JudgementVote) -> VoteView:
    has_number = any(sign.isdigit() for sign in row.evaluator)
    shown = row.evaluator if has_number else mask_name(row.evaluator)
    return VoteView(shown, row.demand_reasonable, row.duty_done, row.grounds)
