"""What follows the answer: 化解 found by two people, 评价 of the two parties.

Source: 国信发〔2014〕16号 art. 3-5, 国信发〔2022〕11号; docs/rules/petition.md §8.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused
from casetracker.domain.petition_vocabulary import EvaluatedParty
from casetracker.domain.vocabulary import Action, RequestKind, Satisfaction, Visibility
from casetracker.persistence.petition import PetitionEvaluation
from casetracker.services.commands.petitions import MarkSettled
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.steps.requests import ask, decide, pending_request
from casetracker.services.use_case import use_case


@use_case
def mark_settled(
    ctx: Context, session: Session, number: str, command: MarkSettled, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """化解认定: the clerk proposes with evidence, a leader decides with `granted`."""
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    if command.granted is None:
        step = work.require(Action.MARK_SETTLED, "proposed")
        ask(work, RequestKind.SETTLEMENT, command.text)
        work.advance(step, text=command.text)
        return work.outcome()
    step = work.require(Action.MARK_SETTLED, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.SETTLEMENT)
    decide(work, request, granted=command.granted, note=command.text)
    if command.granted:
        petition.row.settled_at = ctx.now
    work.advance(step, payload={"requested_by": request.requested_by}, text=command.text)
    return work.outcome()


def evaluate(
    petition: PetitionWork, party: EvaluatedParty, satisfaction: Satisfaction, words: str | None
) -> Outcome:
    """One party judged by the petitioner, once. GuardRefused the second time."""
    work = petition.work
    unhappy = satisfaction is Satisfaction.DISSATISFIED
    step = work.require(Action.EVALUATE, "unhappy" if unhappy else "kept")
    judged = set(
        work.session.scalars(
            select(PetitionEvaluation.party).where(PetitionEvaluation.case_id == work.case.id)
        )
    )
    if party in judged:
        raise GuardRefused("evaluated_already")
    work.session.add(
        PetitionEvaluation(
            case_id=work.case.id,
            party=party,
            satisfaction=satisfaction,
            words=words,
            at=work.ctx.now,
        )
    )
    if judged | {party} == set(EvaluatedParty):
        work.clocks.stop(("evaluate",))
    _count(petition, party, satisfaction)
    is_units = party is EvaluatedParty.UNIT
    payload = {"party": party, "satisfaction": satisfaction, "counted": is_units}
    work.advance(step, payload=payload, text=words, visibility=Visibility.PUBLIC)
    return work.outcome()


def _count(petition: PetitionWork, party: EvaluatedParty, satisfaction: Satisfaction) -> None:
    """What the rates look at: the unit's judgement on the case, the office's beside it."""
    work, row = petition.work, petition.row
    if party is EvaluatedParty.OFFICE:
        row.office_satisfaction, row.office_judged_at = satisfaction, work.ctx.now
        return
    row.judged_at = work.case.evaluated_at = work.ctx.now
    work.case.satisfaction, work.case.callback_valid = satisfaction, True
