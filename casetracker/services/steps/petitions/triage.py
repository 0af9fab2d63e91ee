"""甄别分类 and what follows from it: class and route, transfer, statutory way, refusal, acceptance.

Source: 《信访工作条例》 art. 19(3), 22, 23, 29-31, 36(3); docs/rules/petition.md §3.
"""

from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from casetracker.domain import petition_law as law
from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.petition_vocabulary import Disposal, PetitionClass, ReviewStage, Subroute
from casetracker.domain.vocabulary import Action, Visibility
from casetracker.persistence.case import Case
from casetracker.persistence.petition import PetitionReview
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.intake import DeclineCase
from casetracker.services.commands.petitions import (
    AcceptPetition,
    ClassifyPetition,
    DecideObjection,
    ForwardPetition,
    RaiseObjection,
    RedirectPetition,
    RefuseAgain,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome, iso
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.lane.sealing import accused_of
from casetracker.services.steps.lane.transferring import closed_outcome, into_lane
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.use_case import use_case


@use_case
def classify(
    ctx: Context, session: Session, number: str, command: ClassifyPetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """甄别: class, sub-route and article. An accusation leaves for the lane at once."""
    petition = PetitionWork.open(ctx, session, number, version)
    work, row = petition.work, petition.row
    _check_route(command)
    is_accusation = command.petition_class is PetitionClass.ACCUSATION
    step = work.require(Action.CLASSIFY, "accusation" if is_accusation else "")
    row.petition_class, row.classified_at = command.petition_class, ctx.now
    row.subroute = command.subroute
    row.law = command.law or law.law_of(command.petition_class, command.subroute)
    if is_accusation:
        row.disposal = Disposal.MOVED_TO_LANE
        into_lane(
            work, step, accused_of(work, command.accused, command.accused_unit), command.reason
        )
        return closed_outcome(work)
    row.class_reason = command.reason
    payload = {"class": row.petition_class, "subroute": row.subroute, "law": row.law}
    work.advance(step, payload=payload, text=command.reason)
    return work.outcome()


def _check_route(command: ClassifyPetition) -> None:
    is_appeal = command.petition_class is PetitionClass.APPEAL
    if is_appeal and command.subroute is None:
        raise InvalidInput({"subroute": "required"})
    if not is_appeal and command.subroute is not None:
        raise InvalidInput({"subroute": "only_for_appeals"})


@use_case
def accept(
    ctx: Context, session: Session, number: str, command: AcceptPetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """受理: sixty days, or ten working days, from acceptance; the notice is yet to be served."""
    petition = PetitionWork.open(ctx, session, number, version)
    work, row = petition.work, petition.row
    step = work.require(Action.ACCEPT, "simple" if command.simple else "")
    at = petition.moment("accepted_at", command.accepted_at)
    row.accepted_at, row.taken_at, row.is_simple = at, at, command.simple
    row.disposal = Disposal.ACCEPTED_SIMPLE if command.simple else Disposal.ACCEPTED
    work.advance(
        step, payload={"accepted_at": iso(at)}, text=command.note,
        visibility=Visibility.PUBLIC, at=petition.earlier(at, ctx.now),
    )  # fmt: skip
    return work.outcome()


@use_case
def forward(
    ctx: Context, session: Session, number: str, command: ForwardPetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """转送、交办: where it goes; the petitioner is told by the notice that is served next."""
    petition = PetitionWork.open(ctx, session, number, version)
    _not_in_the_past(ctx, command.report_due_on)
    is_order = command.report_due_on is not None
    petition.row.report_due_on = command.report_due_on or petition.row.report_due_on
    disposal = Disposal.ASSIGNED_DOWN if is_order else Disposal.FORWARDED
    return _disposed(petition, Action.FORWARD, disposal, command.organ, command.text)


def _not_in_the_past(ctx: Context, day: date | None) -> None:
    if day is not None and day < local_date(ctx.now):
        raise InvalidInput({"report_due_on": "in_the_past"})


@use_case
def redirect(
    ctx: Context, session: Session, number: str, command: RedirectPetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """导入法定程序: the way of art. 31(1)-(5) and its organ."""
    petition = PetitionWork.open(ctx, session, number, version)
    if petition.row.subroute is Subroute.OPINION:
        raise GuardRefused("no_statutory_route")
    return _disposed(petition, Action.REDIRECT, Disposal.REDIRECTED, command.organ, command.text)


def refuse(work: CaseWork, command: DeclineCase) -> Outcome:
    """不予受理, inside `decline`: the reason with its article, and the organ it belongs to."""
    petition = PetitionWork.of(work)
    if command.reason not in law.OF_REFUSAL:
        raise InvalidInput({"reason": "no_ground_for_petitions"})
    if command.reason in law.ELSEWHERE and command.organ is None:
        raise InvalidInput({"organ": "required"})
    petition.row.refusal_reason = command.reason
    petition.row.law = law.OF_REFUSAL[command.reason]
    return _disposed(petition, Action.DECLINE, Disposal.REFUSED, command.organ, command.text)


@use_case
def refuse_again(
    ctx: Context, session: Session, number: str, command: RefuseAgain, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """不再受理: the earlier petition was finally reviewed, here or as the paper says."""
    petition = PetitionWork.open(ctx, session, number, version)
    work, row = petition.work, petition.row
    work.require(Action.REFUSE_AGAIN)
    earlier = _finally_reviewed(work, command)
    if earlier is not None:
        work.case.repeat_of_id = earlier.id
    row.law = law.NEVER_AGAIN
    return _disposed(petition, Action.REFUSE_AGAIN, Disposal.REFUSED_AGAIN, None, command.text)


def _finally_reviewed(work: CaseWork, command: RefuseAgain) -> Case | None:
    """The earlier petition; None where only its paper is known. Raises InvalidInput."""
    if command.prior is None:
        if command.review_number and command.reviewed_on:
            return None
        raise InvalidInput({"prior": "final_review_needed"})
    decided = exists().where(
        PetitionReview.case_id == Case.id,
        PetitionReview.stage == ReviewStage.FINAL_REVIEW,
        PetitionReview.decided_at.is_not(None),
    )
    seen = visible(scope_of(work.ctx.actor, work.ref))
    earlier = work.session.execute(
        select(Case, decided.label("is_over")).where(Case.number == command.prior, seen)
    ).one_or_none()
    if earlier is None or earlier.Case.id == work.case.id:
        raise InvalidInput({"prior": "unknown_case"})
    if not earlier.is_over:
        raise InvalidInput({"prior": "final_review_needed"})
    found: Case = earlier.Case
    return found


def _disposed(
    petition: PetitionWork, action: Action, disposal: Disposal, organ: str | None, text: str
) -> Outcome:
    """Decided; what was decided is told on paper, and only then is it over."""
    work, row = petition.work, petition.row
    step = work.require(action)
    row.disposal, row.organ, row.disposal_words = disposal, organ, text
    row.take_limit_at = None  # another organ's, or nobody's
    payload = {"disposal": disposal, "organ": organ, "law": row.law}
    work.advance(step, payload=payload, text=text)
    return work.outcome()


@use_case
def raise_objection(
    ctx: Context, session: Session, number: str, command: RaiseObjection, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """转送异议 to the organ that sent it; the material stays here until that organ agrees."""
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    step = work.require(Action.RAISE_OBJECTION)
    petition.row.objected_at = ctx.now
    work.advance(step, payload={"sender": petition.row.sender}, text=command.reason)
    return work.outcome()


@use_case
def decide_objection(
    ctx: Context, session: Session, number: str, command: DecideObjection, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """核实意见: granted hands the matter back; refused goes on where it stood."""
    petition = PetitionWork.open(ctx, session, number, version)
    work, row = petition.work, petition.row
    back = "refused" if row.petition_class else "refused_unclassified"
    step = work.require(Action.DECIDE_OBJECTION, "granted" if command.granted else back)
    if command.granted:
        row.disposal, row.organ = Disposal.RETURNED, row.sender
        row.take_limit_at = None
    work.advance(step, payload={"sender": row.sender}, text=command.text)
    return work.outcome()
