"""复查 and 复核 by the organs above, as recorded here; and 程序终结.

A late request is taken and marked unless the region's rule ends the procedure (decision 6).
Source: 《信访工作条例》 art. 35, 36; docs/rules/petition.md §7.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.lane import LANE
from casetracker.domain.petition_vocabulary import (
    ConcludeGround,
    PetitionClass,
    RecordKind,
    ReviewOutcome,
    ReviewStage,
)
from casetracker.domain.vocabulary import Action, State, Visibility
from casetracker.persistence.clock import Clock
from casetracker.persistence.petition import PetitionRecord, PetitionReview
from casetracker.services.commands.petitions import (
    ConcludePetition,
    DecideReview,
    RequestReview,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome, iso
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.lane.sealing import matter_of
from casetracker.services.steps.petitions.serving import carries_out
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.use_case import use_case

REQUEST_WINDOW = {ReviewStage.REVIEW: "req_review30", ReviewStage.FINAL_REVIEW: "req_rereview30"}
ORGAN = {ReviewStage.REVIEW: "review_organ", ReviewStage.FINAL_REVIEW: "final_review_organ"}
ASK = {
    ReviewStage.REVIEW: Action.REQUEST_REVIEW,
    ReviewStage.FINAL_REVIEW: Action.REQUEST_FINAL_REVIEW,
}
ANSWER = {
    ReviewStage.REVIEW: Action.DECIDE_REVIEW,
    ReviewStage.FINAL_REVIEW: Action.DECIDE_FINAL_REVIEW,
}
OF_THE_PROCEDURE = (ConcludeGround.FINAL_REVIEW, ConcludeGround.WINDOW_LAPSED)
"""Ends that leave the opinion as it is: what it promised is carried out first (art. 32(2))."""
MEDIATED = (RecordKind.MEDIATION, RecordKind.SETTLEMENT)


@use_case
def request_review(
    ctx: Context, session: Session, number: str, command: RequestReview, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申请复查, counted from the day on which it was asked."""
    petition = PetitionWork.open(ctx, session, number, version)
    return ask_for(petition, ReviewStage.REVIEW, command)


@use_case
def request_final_review(
    ctx: Context, session: Session, number: str, command: RequestReview, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申请复核, counted from the day on which it was asked."""
    petition = PetitionWork.open(ctx, session, number, version)
    return ask_for(petition, ReviewStage.FINAL_REVIEW, command)


def ask_for(
    petition: PetitionWork, stage: ReviewStage, command: RequestReview, *,
    by_petitioner: bool = False,
) -> Outcome:  # fmt: skip
    """Note the request and start the organ's limit. GuardRefused where the window closes it."""
    work = petition.work
    step = work.require(ASK[stage])
    if petition.row.petition_class is PetitionClass.SUGGESTION:
        raise GuardRefused("no_review_of_replies")
    at = petition.moment("requested_at", command.requested_at, since=_answered_at(petition, stage))
    is_late = _is_late(work, stage, at)
    if is_late and work.ref.settings["lapse_closes_procedure"]:
        raise GuardRefused("review_too_late")
    work.session.add(
        PetitionReview(
            case_id=work.case.id,
            stage=stage,
            round=work.case.round,
            requested_at=at,
            is_late=is_late,
            reason=command.reason,
            organ=command.organ or work.ref.settings[ORGAN[stage]],
            requested_by_petitioner=by_petitioner,
        )
    )
    work.advance(
        step, payload={"requested_at": iso(at), "late": is_late}, text=command.reason,
        visibility=Visibility.PUBLIC, at=petition.earlier(at, work.ctx.now),
    )  # fmt: skip
    return work.outcome(late=is_late)


def _answered_at(petition: PetitionWork, stage: ReviewStage) -> datetime | None:
    """When what is asked against reached the petitioner: the opinion, or the review of it."""
    if stage is ReviewStage.REVIEW:
        return petition.row.served_at
    return petition.work.session.scalar(
        select(PetitionReview.served_at)
        .where(
            PetitionReview.case_id == petition.work.case.id,
            PetitionReview.stage == ReviewStage.REVIEW,
        )
        .order_by(PetitionReview.id.desc())
        .limit(1)
    )


def _is_late(work: CaseWork, stage: ReviewStage, at: datetime) -> bool:
    window = _window(work, stage)
    return window is not None and at > window.due_at


def _window(work: CaseWork, stage: ReviewStage) -> Clock | None:
    """The petitioner's own window; it stands also after it ran out."""
    code = REQUEST_WINDOW[stage]
    return next((c for c in reversed(work.clocks.rows) if c.limit_code == code), None)


@use_case
def decide_review(
    ctx: Context, session: Session, number: str, command: DecideReview, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """复查意见 of the organ above: upheld, changed, or back to be handled anew."""
    return _decided(ctx, session, number, ReviewStage.REVIEW, command, version)


@use_case
def decide_final_review(
    ctx: Context, session: Session, number: str, command: DecideReview, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """复核意见 of the organ above: upheld, changed, or back to be handled anew."""
    return _decided(ctx, session, number, ReviewStage.FINAL_REVIEW, command, version)


def _decided(
    ctx: Context, session: Session, number: str, stage: ReviewStage, command: DecideReview,
    version: int | None,
) -> Outcome:  # fmt: skip
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    step = work.require(ANSWER[stage], str(command.outcome))
    review = _open_review(work, stage)
    at = petition.moment("served_at", command.served_at, since=review.requested_at)
    review.decided_at, review.outcome = at, command.outcome
    review.number, review.words, review.served_at = command.number, command.text, at
    if command.outcome is ReviewOutcome.REHANDLE:
        work.case.round += 1
        petition.row.execute_by = None
    payload = {"number": command.number, "decided_at": iso(at), "round": work.case.round}
    work.advance(
        step, payload=payload, text=command.text, visibility=Visibility.PUBLIC,
        at=petition.earlier(at, ctx.now),
    )  # fmt: skip
    return work.outcome()


def _open_review(work: CaseWork, stage: ReviewStage) -> PetitionReview:
    return work.session.scalars(
        select(PetitionReview)
        .where(
            PetitionReview.case_id == work.case.id,
            PetitionReview.stage == stage,
            PetitionReview.decided_at.is_(None),
        )
        .order_by(PetitionReview.id.desc())
        .limit(1)
    ).one()


@use_case
def conclude(
    ctx: Context, session: Session, number: str, command: ConcludePetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """程序终结; the report on an assignment that went out; or the end of a case in the lane."""
    work = CaseWork.open(ctx, session, number, version)
    if work.case.is_sealed:
        return _conclude_in_lane(work, command)
    petition = PetitionWork.of(work)
    if work.case.state is State.AWAITING_REPORT:
        step = work.require(Action.CONCLUDE, "reported")
        petition.row.reported_at = ctx.now
        work.advance(step, text=command.text)
        return work.outcome()
    if command.ground is None or command.ground is ConcludeGround.LANE_FINISHED:
        raise InvalidInput({"ground": "required"})
    step = work.require(Action.CONCLUDE, str(command.ground))
    _check_ground(petition, command.ground)
    petition.row.concluded_at, petition.row.conclude_ground = ctx.now, command.ground
    work.advance(step, payload={"ground": command.ground}, text=command.text)
    return work.outcome()


def _check_ground(petition: PetitionWork, ground: ConcludeGround) -> None:
    work = petition.work
    if ground is ConcludeGround.WINDOW_LAPSED:
        stage = (
            ReviewStage.FINAL_REVIEW if work.case.state is State.REVIEWED else ReviewStage.REVIEW
        )
        if not work.ref.settings["lapse_closes_procedure"]:
            raise GuardRefused("lapse_does_not_close")
        if not _is_late(work, stage, work.ctx.now):
            raise GuardRefused("review_window_open")
    if ground is ConcludeGround.MEDIATED and not _has_agreement(work):
        raise GuardRefused("no_agreement")
    if ground in OF_THE_PROCEDURE and carries_out(petition.row):
        raise GuardRefused("execution_outstanding")


def _has_agreement(work: CaseWork) -> bool:
    signed = select(PetitionRecord.id).where(
        PetitionRecord.case_id == work.case.id,
        PetitionRecord.kind.in_(MEDIATED),
        PetitionRecord.is_signed,
    )
    return work.session.scalar(signed.limit(1)) is not None


def _conclude_in_lane(work: CaseWork, command: ConcludePetition) -> Outcome:
    step = work.require(Action.CONCLUDE, LANE)
    matter_of(work).outcome = command.text
    work.advance(step, text=command.text)
    return work.outcome()
