"""What petitioners do by themselves with number and query code: review, evaluation, withdrawal.

They act as the resident, whoever's browser or token carries it. Source: 《信访工作条例》
art. 21(2), 35, 36; docs/rules/petition.md §7, §8.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.petition_vocabulary import EvaluatedParty, ReviewStage
from casetracker.domain.vocabulary import Action, ContactChannel, State
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.petitions import (
    EvaluatePetition,
    RequestReview,
    ReviewByPetitioner,
    WithdrawByPetitioner,
)
from casetracker.services.context import RESIDENT, Context
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import case_by_code
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.petitions.afterwards import evaluate
from casetracker.services.steps.petitions.reviews import ask_for
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.steps.settling import taken_back
from casetracker.services.use_case import use_case


@use_case
def ask_for_review(
    ctx: Context, session: Session, number: str, command: ReviewByPetitioner
) -> Outcome:
    """申请复查 of the opinion or 申请复核 of the review, whichever the petition has come to.

    A late one is taken and marked unless the region's rule closes the procedure (GuardRefused).
    Raises NotFound for a wrong code.
    """
    petition = _own(ctx, session, number, command.query_code)
    is_reviewed = petition.work.case.state is State.REVIEWED
    stage = ReviewStage.FINAL_REVIEW if is_reviewed else ReviewStage.REVIEW
    return ask_for(petition, stage, RequestReview(reason=command.reason), by_petitioner=True)


@use_case
def evaluate_petition(
    ctx: Context, session: Session, number: str, command: EvaluatePetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """评价 of 信访部门 and 责任单位 apart, one or both, each once and within the window.

    Raises NotFound for a wrong code, InvalidInput where neither is judged, GuardRefused where one
    has been judged before or the window is over.
    """
    petition = _own(ctx, session, number, command.query_code, version)
    given = {EvaluatedParty.OFFICE: command.office, EvaluatedParty.UNIT: command.unit}
    judged = [(party, word) for party, word in given.items() if word is not None]
    if not judged:
        raise InvalidInput(dict.fromkeys(given, "required"))
    words = command.note
    for party, word in judged:
        evaluate(petition, party, word, words)
        words = None  # said once
    return petition.work.outcome()


@use_case
def withdraw_petition(
    ctx: Context, session: Session, number: str, command: WithdrawByPetitioner
) -> Outcome:
    """撤回 by the one who handed it in alone. GuardRefused where several people did."""
    petition = _own(ctx, session, number, command.query_code)
    work = petition.work
    step = work.require(Action.WITHDRAW)
    if work.case.persons > 1:
        raise GuardRefused("others_signed_too")
    return taken_back(work, step, ContactChannel.ONLINE, command.text)


def _own(
    ctx: Context, session: Session, number: str, code: str, version: int | None = None
) -> PetitionWork:
    """The petitioner's own petition, locked. NotFound also for a case of the hotline."""
    case = case_by_code(session, number, code)
    as_petitioner = replace(ctx, actor=RESIDENT)
    work = CaseWork.around(as_petitioner, session, reference(session), case, version)
    return PetitionWork.of(work)
