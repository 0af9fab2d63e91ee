"""交办 and what is found out: unit and person after the recusal check, records of what was done.

Source: 《信访工作条例》 art. 28(3), 31(6), 33; docs/rules/petition.md §4.
"""

import re
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from casetracker.domain.days import end_of_day, local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.petition_vocabulary import RecordKind
from casetracker.domain.vocabulary import Action, Part, State, Visibility
from casetracker.persistence.petition import PetitionRecord, Recusal
from casetracker.persistence.working import Assignment
from casetracker.services import lookup
from casetracker.services.commands.handling import LogProgress
from casetracker.services.commands.petitions import AssignPetition
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.use_case import use_case

_BETWEEN = re.compile(r"[、,，;；\s]+")


@use_case
def assign(
    ctx: Context, session: Session, number: str, command: AssignPetition, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """交承办单位: not the unit complained of, not who must keep out of it."""
    petition = PetitionWork.open(ctx, session, number, version)
    work, row = petition.work, petition.row
    step = work.require(Action.ASSIGN, _outcome(work))
    unit = lookup.handling_unit(work.ref, "unit", command.unit)
    if not command.recusal_checked:
        raise InvalidInput({"recusal_checked": "recusal_check_needed"})
    if row.against_unit_id in (unit.id, *_below(work, unit.id)):
        raise InvalidInput({"unit": "complained_of"})
    recused = _recuse(work, command)
    handler = command.handler and lookup.active_account(session, "handler", command.handler)
    if handler and handler.id in recused | work_recusals(work):
        raise InvalidInput({"handler": "recused"})
    _give(work, unit.id, handler.id if handler else None, command.request)
    row.assigned_at = row.assigned_at or ctx.now
    row.taken_at = row.taken_at or ctx.now
    _start_answering(work, command.due_on)
    payload = {"unit": unit.name, "unit_id": unit.id, "handler_id": work.case.handler_id}
    work.advance(step, payload=payload, text=command.request)
    return work.outcome()


def _start_answering(work: CaseWork, due_on: date | None) -> None:
    """What is answered without acceptance: by the limit of the duty's own statute, else by ours."""
    if due_on is not None:
        if work.case.state is not State.CLASSIFIED:
            raise InvalidInput({"due_on": "only_for_duties"})
        if due_on < local_date(work.ctx.now):
            raise InvalidInput({"due_on": "in_the_past"})
        work.clocks.start_stated("duty_due", end_of_day(due_on))
    elif work.case.state is State.CLASSIFIED:
        work.clocks.start("suggest30", unit_id=work.case.lead_unit_id)


def _outcome(work: CaseWork) -> str:
    return {State.CLASSIFIED: "direct", State.HANDLING: "again"}.get(work.case.state, "")


def _below(work: CaseWork, unit_id: int) -> Iterable[int]:
    """The unit complained of stands above one that it could lean on; the street stands above all.

    A matter against the street itself is handled within it, by those without an interest.
    """
    line = work.ref.units[unit_id].line
    return line[1:-1]


def work_recusals(work: CaseWork) -> frozenset[int]:
    facts = work.facts().petition
    return facts.recused if facts else frozenset()


def _recuse(work: CaseWork, command: AssignPetition) -> frozenset[int]:
    names = [name for name in _BETWEEN.split(command.recused or "") if name]
    if names and command.recusal_reason is None:
        raise InvalidInput({"recusal_reason": "required"})
    ids = frozenset(lookup.active_account(work.session, "recused", name).id for name in names)
    for account_id in ids - work_recusals(work):
        work.session.add(
            Recusal(
                case_id=work.case.id,
                account_id=account_id,
                reason=command.recusal_reason or "",
                declared_by=work.ctx.actor.account_id,
                declared_at=work.ctx.now,
            )
        )
    return ids


def _give(work: CaseWork, unit_id: int, handler_id: int | None, request: str | None) -> None:
    for part in work.parts:
        if part.part is Part.LEAD:
            part.ended_at, part.end_reason = work.ctx.now, "reassigned"
    work.session.flush()
    part = Assignment(
        case_id=work.case.id,
        unit_id=unit_id,
        part=Part.LEAD,
        assigned_at=work.ctx.now,
        assigned_by=work.ctx.actor.account_id,
        request=request,
    )
    work.session.add(part)
    work.parts = [*(one for one in work.parts if one.part is not Part.LEAD), part]
    work.case.lead_unit_id, work.case.handler_id = unit_id, handler_id


def keep_record(work: CaseWork, command: LogProgress) -> Outcome:
    """办理记录, inside `log`: a note, or an interview, a hearing, a mediation written down.

    The days of a hearing during a final review do not count (art. 36(2)).
    """
    step = work.require(Action.LOG)
    began = command.began_at or work.ctx.now
    if began > work.ctx.now:
        raise InvalidInput({"began_at": "in_the_future"})
    if command.ended_at is not None and command.ended_at < began:
        raise InvalidInput({"ended_at": "before_began"})
    record = PetitionRecord(
        case_id=work.case.id,
        round=work.case.round,
        kind=command.kind,
        began_at=began,
        ended_at=command.ended_at,
        place=command.place,
        participants=command.participants,
        text=command.text,
        conclusion=command.conclusion,
        is_signed=command.signed,
        recorded_by=work.ctx.actor.account_id,
        recorded_at=work.ctx.now,
    )
    work.session.add(record)
    if command.kind is RecordKind.HEARING and work.case.state is State.IN_FINAL_REVIEW:
        _leave_out_hearing(work, record)
    seen_by = Visibility.PUBLIC if command.public else Visibility.INTERNAL
    payload = {"kind": command.kind, "signed": command.signed}
    work.advance(step, payload=payload, text=command.text, visibility=seen_by)
    return work.outcome()


def _leave_out_hearing(work: CaseWork, record: PetitionRecord) -> None:
    if record.ended_at is None or record.ended_at > work.ctx.now:
        raise InvalidInput({"ended_at": "required"})
    for clock in work.clocks.live("rereview30"):
        if record.began_at < clock.started_at:
            raise InvalidInput({"began_at": "before_the_review"})
        work.clocks.leave_out(
            clock, record.began_at, record.ended_at, "《信访工作条例》第三十六条第二款"
        )
