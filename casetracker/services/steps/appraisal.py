"""Exclusions and appeals: asked by one, decided by another, with evidence (剔除、考核申诉)."""

from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Action, ExcludeReason, RequestKind
from casetracker.services.commands.answering import AppealAssessment, ApplyExclusion, DecideAppeal
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
    """申请剔除: the case shall not count in the rates, for this reason and on this evidence."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.EXCLUDE)
    ask(work, RequestKind.EXCLUSION, command.text, reason_code=command.reason)
    work.advance(step, payload={"reason": command.reason}, text=command.text)
    return work.outcome()


@use_case
def decide_exclusion(
    ctx: Context, session: Session, number: str, command: DecideRequest, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """剔除审定: granted excludes the case; refusing a later request counts it again."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECIDE_EXCLUSION, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.EXCLUSION)
    decide(work, request, granted=command.granted, note=command.note)
    before = work.case.excluded
    work.case.excluded = ExcludeReason(request.reason_code or "") if command.granted else None
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
        work.case.judged_unreasonable = True
        work.case.excluded = work.case.excluded or ExcludeReason.UNREASONABLE
    payload = {
        "demand_reasonable": command.demand_reasonable,
        "duty_done": command.duty_done,
        "excluded": work.case.excluded,
        "requested_by": request.requested_by,
    }
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(granted=granted)
