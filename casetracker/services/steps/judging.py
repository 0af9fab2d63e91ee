"""第三方评价: what lay evaluators found on a disputed case, entered by one, confirmed by another.

Source: docs/rules/appraisal.md §3.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.appraisal import Vote, verdict_of
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Action, ExcludeReason, RequestKind, RequestStatus
from casetracker.persistence.appraisal import Judgement, JudgementVote
from casetracker.persistence.working import DecisionRequest
from casetracker.services.commands.appraising import EnterJudgement
from casetracker.services.commands.handling import DecideRequest
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.appraisal import exclude, exclude_as_unreasonable, need_evidence
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.requests import ask, decide, pending_request
from casetracker.services.use_case import use_case


@use_case
def enter_judgement(
    ctx: Context, session: Session, number: str, command: EnterJudgement, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """第三方评价: the votes with their grounds, and what the majority found.

    Nothing changes before another person confirms it. Raises InvalidInput for a panel without a
    majority, a day to come, or nothing that shows it.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.JUDGE)
    need_evidence(work, command.document_number)
    if command.held_on > local_date(ctx.now):
        raise InvalidInput({"held_on": "in_the_future"})
    votes = [Vote(**vote.model_dump()) for vote in command.votes]
    verdict = verdict_of(votes)
    request = ask(
        work, RequestKind.JUDGEMENT, command.text, document_number=command.document_number
    )
    session.flush()
    judgement = Judgement(
        case_id=work.case.id,
        request_id=request.id,
        held_on=command.held_on,
        demand_reasonable=verdict.demand_reasonable,
        duty_done=verdict.duty_done,
    )
    session.add(judgement)
    session.flush()
    session.add_all(_row(judgement, place, vote) for place, vote in enumerate(votes, start=1))
    payload = {
        "demand_reasonable": verdict.demand_reasonable,
        "duty_done": verdict.duty_done,
        "evaluators": len(votes),
        "document": command.document_number,
    }
    work.advance(step, payload=payload, text=command.text)
    return work.outcome(**{k: payload[k] for k in ("demand_reasonable", "duty_done")})


def _row(judgement: Judgement, place: int, vote: Vote) -> JudgementVote:
    return JudgementVote(
        judgement_id=judgement.id,
        place=place,
        evaluator=vote.evaluator,
        demand_reasonable=vote.demand_reasonable,
        duty_done=vote.duty_done,
        grounds=vote.grounds,
    )


@use_case
def confirm_judgement(
    ctx: Context, session: Session, number: str, command: DecideRequest, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """确认第三方评价: an unreasonable demand whose duty was done leaves the rates.

    A later judgement that finds otherwise takes that back. `supervise` says that the duty was not
    done: a second supervision is due.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.CONFIRM_JUDGEMENT, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.JUDGEMENT)
    judgement = session.scalars(select(Judgement).where(Judgement.request_id == request.id)).one()
    was_excluded_by_one = _earlier_excludes(session, work.case.id)
    decide(work, request, granted=command.granted, note=command.note)
    before = work.case.excluded
    if command.granted:
        _take_effect(work, judgement, taken_back=was_excluded_by_one)
    payload = {
        "demand_reasonable": judgement.demand_reasonable,
        "duty_done": judgement.duty_done,
        "before": before,
        "after": work.case.excluded,
        "requested_by": request.requested_by,
    }
    work.advance(step, payload=payload, text=command.note)
    supervise = command.granted and not judgement.duty_done
    return work.outcome(excluded=work.case.excluded, supervise=supervise)


def _take_effect(work: CaseWork, judgement: Judgement, *, taken_back: bool) -> None:
    if judgement.duty_done and not judgement.demand_reasonable:
        exclude_as_unreasonable(work)
    elif taken_back and work.case.excluded is ExcludeReason.UNREASONABLE:
        work.case.judged_unreasonable = False
        exclude(work, None)


def _earlier_excludes(session: Session, case_id: int) -> bool:
    """Whether the last confirmed judgement of the case took it out of the rates."""
    last = session.execute(
        select(Judgement.demand_reasonable, Judgement.duty_done)
        .join(DecisionRequest, DecisionRequest.id == Judgement.request_id)
        .where(Judgement.case_id == case_id, DecisionRequest.status == RequestStatus.GRANTED)
        .order_by(Judgement.id.desc())
        .limit(1)
    ).one_or_none()
    return last is not None and last.duty_done and not last.demand_reasonable
