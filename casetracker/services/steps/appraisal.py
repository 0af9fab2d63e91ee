"""Exclusions, their taking back, and appeals: asked by one, decided by another, with evidence.

Source: docs/rules/appraisal.md §2 (剔除、恢复考核、考核申诉).
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.exclusions import REASONS
from casetracker.domain.vocabulary import Action, ExcludeReason, FilePurpose, RequestKind
from casetracker.persistence.working import Attachment
from casetracker.services.commands.appraising import (
    AppealAssessment,
    ApplyExclusion,
    DecideAppeal,
    Reinstate,
)
from casetracker.services.commands.handling import DecideRequest
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.requests import ask, decide, pending_request
from casetracker.services.use_case import use_case


@use_case
def apply_exclusion(
    ctx: Context, session: Session, number: str, command: ApplyExclusion, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申请剔除: the case shall not count in the rates, for this reason and on this evidence.

    Raises InvalidInput for a reason that its track does not know, without evidence, or for a last
    day that is past.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.EXCLUDE)
    if command.reason not in REASONS[work.case.track]:
        raise InvalidInput({"reason": "not_of_this_track"})
    need_evidence(work, command.document_number)
    if command.until is not None and command.until < local_date(ctx.now):
        raise InvalidInput({"until": "in_the_past"})
    ask(
        work, RequestKind.EXCLUSION, command.text, reason_code=command.reason,
        document_number=command.document_number, until=command.until,
    )  # fmt: skip
    payload = {"reason": command.reason, "document": command.document_number}
    work.advance(step, payload=payload, text=command.text)
    return work.outcome()


def need_evidence(work: CaseWork, document_number: str | None) -> None:
    """A file kept as evidence, or the number of the document that shows it."""
    evidence = select(Attachment.id).where(
        Attachment.case_id == work.case.id, Attachment.purpose == FilePurpose.EVIDENCE.value
    )
    if document_number is None and work.session.scalar(evidence.limit(1)) is None:
        raise InvalidInput({"document_number": "proof_needed"})


@use_case
def decide_exclusion(
    ctx: Context, session: Session, number: str, command: DecideRequest, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """剔除审定: granted excludes the case; refused leaves it as it was.

    Raises GuardRefused (`exclusion_is_over`) for granting what would have ended already.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECIDE_EXCLUSION, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.EXCLUSION)
    if command.granted and request.until is not None and request.until < local_date(ctx.now):
        raise GuardRefused("exclusion_is_over")
    decide(work, request, granted=command.granted, note=command.note)
    before = work.case.excluded
    if command.granted:
        exclude(work, ExcludeReason(request.reason_code or ""), until=request.until)
    payload = {
        "before": before,
        "after": work.case.excluded,
        "requested_by": request.requested_by,
    }
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(excluded=work.case.excluded)


def exclude(work: CaseWork, reason: ExcludeReason | None, until: date | None = None) -> None:
    """From now on the case counts in no rate, for that reason; None: it counts again, and whoever
    asked for that need not wait for an answer any more.
    """
    work.case.excluded, work.case.excluded_until = reason, until
    if reason is None:
        work.lapse(RequestKind.REINSTATEMENT)


@use_case
def apply_reinstatement(
    ctx: Context, session: Session, number: str, command: Reinstate, *, version: int | None = None
) -> Outcome:
    """申请恢复考核: the excluded case shall count again."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.REINSTATE)
    ask(work, RequestKind.REINSTATEMENT, command.text)
    work.advance(step, text=command.text)
    return work.outcome()


@use_case
def decide_reinstatement(
    ctx: Context, session: Session, number: str, command: DecideRequest, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """恢复考核审定: granted counts the case again; both decisions stay in the history."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECIDE_REINSTATEMENT, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.REINSTATEMENT)
    decide(work, request, granted=command.granted, note=command.note)
    before = work.case.excluded
    if command.granted:
        exclude(work, None)
    payload = {
        "before": before,
        "after": work.case.excluded,
        "requested_by": request.requested_by,
    }
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(excluded=work.case.excluded)


@use_case
def appeal_assessment(
    ctx: Context, session: Session, number: str, command: AppealAssessment, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """考核申诉 by the unit, within the appeal window."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.APPEAL)
    ask(work, RequestKind.APPEAL, command.text)
    work.advance(step, text=command.text)
    return work.outcome()


@use_case
def decide_appeal(
    ctx: Context, session: Session, number: str, command: DecideAppeal, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申诉裁定: an unreasonable demand whose duty was done is granted, and excluded as such."""
    work = CaseWork.open(ctx, session, number, version)
    granted = command.duty_done and not command.demand_reasonable
    step = work.require(Action.DECIDE_APPEAL, "granted" if granted else "refused")
    request = pending_request(work, RequestKind.APPEAL)
    decide(work, request, granted=granted, note=command.note)
    if granted:
        exclude_as_unreasonable(work)
    payload = {
        "demand_reasonable": command.demand_reasonable,
        "duty_done": command.duty_done,
        "excluded": work.case.excluded,
        "requested_by": request.requested_by,
    }
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(granted=granted)


def exclude_as_unreasonable(work: CaseWork) -> None:
    """What was found unreasonable counts in no rate, without a last day; another reason that holds
    without one stays.
    """
    work.case.judged_unreasonable = True
    if work.case.excluded is None or work.case.excluded_until is not None:
        exclude(work, ExcludeReason.UNREASONABLE)
