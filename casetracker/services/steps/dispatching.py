"""Dispatch, signing, and returns to the dispatcher (派单、签收、退单)."""

from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Action, Part, RequestKind
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import UnitFacts
from casetracker.persistence.working import Assignment
from casetracker.services import lookup
from casetracker.services.commands.handling import (
    DecideReturn,
    DispatchCase,
    RequestReturn,
    SignForCase,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.requests import ask, decide, pending_request
from casetracker.services.steps.suggesting import routed
from casetracker.services.use_case import use_case


@use_case
def dispatch_case(
    ctx: Context, session: Session, number: str, command: DispatchCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """派单: one lead and any number of assisting units, each with its own clock.

    `sign`, `contact` and `handle` start now; a handling clock that runs already, after a return,
    keeps its date. Source: docs/rules/hotline.md rows 4 and 7.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DISPATCH)
    lead, assisting = _units(work, command)
    handler = _handler(work, "handler", command.handler, lead.id)
    case = work.case
    case.lead_unit_id, case.handler_id = lead.id, handler
    case.dispatched_at, case.signed_at, case.contacted_at = ctx.now, None, None
    if command.important is not None:
        case.is_important = command.important
    add_part(work, lead, Part.LEAD, command)
    entry_payload = {
        "unit_id": lead.id,
        "unit": lead.name,
        "assisting": [unit.name for unit in assisting],
        "named_units": [unit.id for unit in assisting],
        "reason": command.reason,
    }
    work.clocks.start("handle", unit_id=lead.id)
    session.flush()
    for unit in assisting:
        invite(work, unit, Part.ASSIST, command.note or case.title, None)
    work.advance(step, payload=entry_payload, text=command.note)
    return work.outcome()


def _units(work: CaseWork, command: DispatchCase) -> tuple[UnitFacts, list[UnitFacts]]:
    lead = lookup.handling_unit(work.ref, "unit", command.unit)
    assisting = [lookup.handling_unit(work.ref, "assisting", name) for name in command.assisting]
    if lead.id in {unit.id for unit in assisting}:
        raise InvalidInput({"assisting": "lead_among_assisting"})
    return lead, list({unit.id: unit for unit in assisting}.values())


def _handler(work: CaseWork, field: str, username: str | None, unit_id: int) -> int | None:
    if username is None:
        return None
    account: Account = lookup.active_account(work.session, field, username)
    if account.unit_id not in work.ref.with_children(unit_id):
        raise InvalidInput({field: "not_of_this_unit"})
    return account.id


def add_part(work: CaseWork, unit: UnitFacts, part: Part, command: DispatchCase) -> Assignment:
    """The lead's part, with why it was chosen and whether that was what the catalogue says."""
    suggested = routed(work.ref, work.case).unit_id
    row = Assignment(
        case_id=work.case.id,
        unit_id=unit.id,
        part=part,
        assigned_at=work.ctx.now,
        assigned_by=work.ctx.actor.account_id,
        request=command.note,
        reasons=command.reason,
        was_suggested=None if suggested is None else suggested == unit.id,
    )
    work.session.add(row)
    work.parts.append(row)
    return row


def invite(
    work: CaseWork, unit: UnitFacts, part: Part, request: str, due_at: datetime | None
) -> Assignment:
    """A co-unit's part with its own clock; once per unit while it is open."""
    for row in work.parts:
        if row.unit_id == unit.id and row.part is not Part.LEAD and row.answered_at is None:
            raise InvalidInput({"units": "already_invited"})
    row = Assignment(
        case_id=work.case.id,
        unit_id=unit.id,
        part=part,
        assigned_at=work.ctx.now,
        assigned_by=work.ctx.actor.account_id,
        request=request,
    )
    work.session.add(row)
    work.session.flush()
    work.parts.append(row)
    work.clocks.start_assist(subject_id=row.id, unit_id=unit.id, due_at=due_at)
    return row


@use_case
def sign_for_case(
    ctx: Context, session: Session, number: str, command: SignForCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """签收: the lead unit takes the case; a handler may be named."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.SIGN_FOR)
    case = work.case
    case.signed_at = ctx.now
    if command.handler is not None:
        case.handler_id = _handler(work, "handler", command.handler, case.lead_unit_id or 0)
    elif step.role == "handler":
        case.handler_id = ctx.actor.account_id
    for part in work.parts:
        if part.part is Part.LEAD:
            part.signed_at = ctx.now
    work.advance(step, payload={"handler_id": case.handler_id})
    return work.outcome()


@use_case
def request_return(
    ctx: Context, session: Session, number: str, command: RequestReturn, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申请退单: within the window, with reason and basis; the handling clock keeps running."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.REQUEST_RETURN)
    proposed = command.proposed_unit and lookup.handling_unit(
        work.ref, "proposed_unit", command.proposed_unit
    )
    ask(
        work,
        RequestKind.RETURN,
        command.basis,
        reason_code=command.reason,
        proposed_unit_id=proposed.id if proposed else None,
    )
    work.case.return_count += 1
    payload = {"reason": command.reason, "proposed_unit": proposed.name if proposed else None}
    work.advance(step, payload=payload, text=command.basis)
    return work.outcome()


@use_case
def decide_return(
    ctx: Context, session: Session, number: str, command: DecideReturn, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """退单审定: granted goes back to be dispatched anew; refused designates the unit for good."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECIDE_RETURN, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.RETURN)
    decide(work, request, granted=command.granted, note=command.note)
    if command.granted:
        work.case.return_granted_count += 1
        _take_back(work)
    else:
        work.case.is_designated = True
        work.case.signed_at = work.case.signed_at or ctx.now
    work.advance(step, payload={"requested_by": request.requested_by}, text=command.note)
    return work.outcome()


def _take_back(work: CaseWork) -> None:
    """The unit's parts end; who leads is open again."""
    for part in work.parts:
        part.ended_at = work.ctx.now
        part.end_reason = "returned"
    work.parts.clear()
    work.case.lead_unit_id = None
    work.case.handler_id = None
    work.session.flush()
