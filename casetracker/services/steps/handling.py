"""Working on a case: contact, progress, co-units, extensions (联系、记录、协办、延期)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.petition_vocabulary import RecordKind
from casetracker.domain.vocabulary import (
    Action,
    ContactOutcome,
    Part,
    RequestKind,
    Track,
    Visibility,
)
from casetracker.persistence.clock import Clock
from casetracker.persistence.working import Assignment, Contact
from casetracker.services import lookup
from casetracker.services.commands.handling import (
    BlowWhistle,
    ContactResident,
    DecideRequest,
    InviteAssistance,
    LogProgress,
    ReportAssistance,
    RequestExtension,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome, iso
from casetracker.services.steps.case_facts import attempts_suffice
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.dispatching import invite
from casetracker.services.steps.petitions.investigating import keep_record
from casetracker.services.steps.requests import ask, decide, pending_request
from casetracker.services.steps.whistling import keep_whistle
from casetracker.services.use_case import use_case


@use_case
def contact_resident(
    ctx: Context, session: Session, number: str, command: ContactResident, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """联系群众: reached, or two failed attempts in different hours, stop the contact clock."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.CONTACT)
    earlier = session.execute(
        select(Contact.at, Contact.outcome).where(
            Contact.case_id == work.case.id,
            Contact.at >= (work.case.dispatched_at or work.case.received_at),
        )
    ).all()
    session.add(
        Contact(
            case_id=work.case.id,
            at=ctx.now,
            by_id=ctx.actor.account_id,
            channel=command.channel,
            outcome=command.outcome,
            note=command.note,
            round=work.case.round,
        )
    )
    reached = command.outcome is ContactOutcome.REACHED
    failed = [row.at for row in earlier if row.outcome is not ContactOutcome.REACHED]
    tried = attempts_suffice([*failed, ctx.now], work.ref.settings["contact_attempts"])
    if work.case.contacted_at is None and (reached or tried):
        work.case.contacted_at = ctx.now
        work.clocks.stop(("contact",))
    payload = {"channel": command.channel, "outcome": command.outcome}
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(contacted=work.case.contacted_at is not None)


@use_case
def log_progress(
    ctx: Context, session: Session, number: str, command: LogProgress, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """办理记录: what was done; `public` shows it to the resident. A petition's has a form."""
    work = CaseWork.open(ctx, session, number, version)
    if work.case.track is Track.PETITION and not work.case.is_sealed:
        return keep_record(work, command)
    if command.kind is not RecordKind.NOTE:
        raise InvalidInput({"kind": "only_for_petitions"})
    step = work.require(Action.LOG, work.lane_outcome)
    seen_by = Visibility.PUBLIC if command.public else Visibility.INTERNAL
    work.advance(step, text=command.text, visibility=seen_by)
    return work.outcome()


@use_case
def invite_assistance(
    ctx: Context, session: Session, number: str, command: InviteAssistance, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """邀请协办: each co-unit gets a part and a clock of its own."""
    return _invite(ctx, session, number, Action.ASSIST, command, version)


@use_case
def blow_whistle(
    ctx: Context, session: Session, number: str, command: BlowWhistle, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """吹哨: departments are called to the spot, with a limit to answer."""
    return _invite(ctx, session, number, Action.WHISTLE, command, version)


def _invite(
    ctx: Context,
    session: Session,
    number: str,
    action: Action,
    command: InviteAssistance | BlowWhistle,
    version: int | None,
) -> Outcome:
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(action)
    if command.due_at is not None and command.due_at <= ctx.now:
        raise InvalidInput({"due_at": "in_the_past"})
    part = Part.WHISTLE if action is Action.WHISTLE else Part.ASSIST
    invited = _invite_units(work, command.units, part, command.request, command.due_at)
    if isinstance(command, BlowWhistle):
        keep_whistle(work, command, invited)
    payload = {
        "units": [work.ref.units[row.unit_id].name for row in invited],
        "named_units": [row.unit_id for row in invited],
        "due_at": iso(command.due_at),
    }
    work.advance(step, payload=payload, text=command.request)
    return work.outcome()


def _invite_units(
    work: CaseWork, names: Sequence[str], part: Part, request: str, due_at: datetime | None
) -> list[Assignment]:
    units = {unit.id: unit for unit in (lookup.handling_unit(work.ref, "units", n) for n in names)}
    if work.case.lead_unit_id in units:
        raise InvalidInput({"units": "lead_among_assisting"})
    return [invite(work, unit, part, request, due_at) for unit in units.values()]


@use_case
def report_assistance(
    ctx: Context, session: Session, number: str, command: ReportAssistance, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """协办反馈: a co-unit answers; its clock stops."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.ASSIST_REPORT)
    part = _own_part(work)
    part.answered_at, part.answer = ctx.now, command.text
    part.signed_at = part.signed_at or ctx.now
    work.clocks.stop(("assist",), subject_id=part.id)
    payload = {"unit": work.ref.units[part.unit_id].name, "part": part.part}
    work.advance(step, payload=payload, text=command.text)
    return work.outcome()


def _own_part(work: CaseWork) -> Assignment:
    units = work.ref.with_children(work.ctx.actor.unit_id or 0)
    for part in work.parts:
        if part.part is not Part.LEAD and part.unit_id in units and part.answered_at is None:
            return part
    raise GuardRefused("not_invited")


@use_case
def request_extension(
    ctx: Context, session: Session, number: str, command: RequestExtension, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申请延期: before the due date and within the cap, in the limit's own days."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.REQUEST_EXTENSION)
    clock = _handle_clock(work)
    limit = work.clocks.limit(clock.rule_code, clock.started_at)
    left = (limit.cap_days or 0) - clock.extended_days
    if command.days > left:
        raise InvalidInput({"days": "beyond_cap"})
    ask(
        work,
        RequestKind.EXTENSION,
        command.text,
        reason_code=command.reason,
        days=command.days,
    )
    payload = {"days": command.days, "reason": command.reason, "due_at": iso(clock.due_at)}
    work.advance(step, payload=payload, text=command.text)
    return work.outcome()


@use_case
def decide_extension(
    ctx: Context, session: Session, number: str, command: DecideRequest, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """延期审批 by the leader of the line: the new due is the old unrolled one plus the days."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECIDE_EXTENSION, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.EXTENSION)
    decide(work, request, granted=command.granted, note=command.note)
    clock = _handle_clock(work)
    payload = {
        "days": request.days,
        "old_due_at": iso(clock.due_at),
        "requested_by": request.requested_by,
    }
    if command.granted:
        work.clocks.extend(clock, request.days or 0)
    payload["due_at"] = iso(clock.due_at)
    work.advance(step, payload=payload, text=command.note, visibility=Visibility.PUBLIC)
    return work.outcome()


def _handle_clock(work: CaseWork) -> Clock:
    clock = work.clocks.main()
    if clock is None:
        raise GuardRefused("no_running_limit")
    return clock
