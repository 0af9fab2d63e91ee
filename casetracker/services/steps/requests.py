"""Requests that another person decides: asked once, decided once (退单、延期、挂账、剔除、申诉)."""

from typing import Any

from sqlalchemy import select

from casetracker.domain.errors import GuardRefused
from casetracker.domain.vocabulary import RequestKind, RequestStatus
from casetracker.persistence.working import DecisionRequest
from casetracker.services.steps.casework import CaseWork


def ask(work: CaseWork, kind: RequestKind, reason: str, **details: Any) -> DecisionRequest:
    """Enter a request; the table allows one of a kind at a time."""
    row = DecisionRequest(
        case_id=work.case.id,
        kind=kind,
        status=RequestStatus.PENDING,
        requested_by=work.ctx.actor.account_id,
        requested_unit_id=work.ctx.actor.unit_id,
        requested_at=work.ctx.now,
        reason=reason,
        **details,
    )
    work.session.add(row)
    return row


def waiting_request(work: CaseWork, kind: RequestKind) -> DecisionRequest:
    """The request that waits. Raises GuardRefused when there is none."""
    row = work.session.scalar(
        select(DecisionRequest).where(
            DecisionRequest.case_id == work.case.id,
            DecisionRequest.kind == kind,
            DecisionRequest.status == RequestStatus.PENDING,
        )
    )
    if row is None:
        raise GuardRefused(f"no_pending_{kind}")
    return row


def pending_request(work: CaseWork, kind: RequestKind) -> DecisionRequest:
    """The request that waits, to be decided by another person than the one who asked."""
    row = waiting_request(work, kind)
    if row.requested_by is not None and row.requested_by == work.ctx.actor.account_id:
        raise GuardRefused("own_request")
    return row


def decide(work: CaseWork, row: DecisionRequest, *, granted: bool, note: str) -> None:
    row.status = RequestStatus.GRANTED if granted else RequestStatus.REFUSED
    row.decided_by = work.ctx.actor.account_id
    row.decided_at = work.ctx.now
    row.decision_note = note
