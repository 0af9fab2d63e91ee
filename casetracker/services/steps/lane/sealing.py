"""A case leaves the open desk: its words go under lock, every trace on other desks is taken away.

Source: 《信访工作条例》 art. 30(3), 46(5); docs/rules/petition.md §6.
"""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import RequestStatus
from casetracker.persistence import search_index
from casetracker.persistence.account import Draft
from casetracker.persistence.clock import Reminder
from casetracker.persistence.outbox import InboxMessage, OutboxRow, OutboxState
from casetracker.persistence.petition import ConfidentialMatter, Petition
from casetracker.persistence.working import Assignment, DecisionRequest
from casetracker.services import lookup
from casetracker.services.steps.casework import CaseWork

TITLE, CONTENT = "保密件", "（内容已转入保密通道）"
"""What stands on the case row instead of the words."""


@dataclass(frozen=True, slots=True)
class Accused:
    """Whom the accusation is about, as far as it is known."""

    person: str | None = None
    unit_id: int | None = None


def accused_of(work: CaseWork, person: str | None, unit: str | None) -> Accused:
    """Raises InvalidInput for an unknown unit; what registration said of it is taken over."""
    found = unit and lookup.any_unit(work.ref, "accused_unit", unit)
    row = work.session.get(Petition, work.case.id)
    return Accused(
        person or (row.against if row else None),
        found.id if found else (row.against_unit_id if row else None),
    )


def refuse_accused(work: CaseWork, field: str, unit_id: int, accused_unit_id: int | None) -> None:
    """The accused unit, what stands above it and what belongs to it may not have the matter.

    Raises InvalidInput (art. 30(3)).
    """
    if accused_unit_id is None:
        return
    units = work.ref.units
    related = {*units[accused_unit_id].line, *work.ref.with_children(accused_unit_id)}
    if unit_id in related:
        raise InvalidInput({field: "accused_unit"})


def seal(work: CaseWork, accused: Accused) -> None:
    """Before the step is taken: the words under lock, then nothing of it on any other desk."""
    case, session = work.case, work.session
    session.add(
        ConfidentialMatter(
            case_id=case.id,
            title=case.title,
            content=case.content,
            address=case.address,
            accused=accused.person,
            accused_unit_id=accused.unit_id,
            sealed_by=work.ctx.actor.account_id,
            sealed_at=work.ctx.now,
            sealed_from=case.state,
        )
    )
    case.is_sealed, case.is_open = True, False
    case.title, case.content, case.address = TITLE, CONTENT, None
    case.category_id = case.area_unit_id = case.latitude = case.longitude = None
    case.risk_tags = frozenset()
    case.lead_unit_id = case.handler_id = None
    case.is_dissatisfied = False
    _clear_petition(work)
    _clear_desks(work)


def _clear_petition(work: CaseWork) -> None:
    row = work.session.get(Petition, work.case.id)
    if row is not None:
        row.against = row.against_unit_id = row.class_reason = row.disposal_words = None


def _clear_desks(work: CaseWork) -> None:
    """Units, requests, messages, reminders and drafts that speak of the case."""
    session, case, now = work.session, work.case, work.ctx.now
    session.flush()
    search_index.forget(session, case.id)
    session.execute(
        update(Assignment)
        .where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
        .values(ended_at=now, end_reason="sealed")
    )
    session.execute(
        update(DecisionRequest)
        .where(DecisionRequest.case_id == case.id, DecisionRequest.status == RequestStatus.PENDING)
        .values(status=RequestStatus.LAPSED, decided_at=now)
    )
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.case_id == case.id, OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.GIVEN_UP, last_error="sealed")
    )
    session.execute(delete(Reminder).where(Reminder.case_id == case.id))
    session.execute(delete(InboxMessage).where(InboxMessage.case_id == case.id))
    session.execute(delete(Draft).where(Draft.form.like(f"%.{case.number}")))
    work.parts.clear()


def matter_of(work: CaseWork) -> ConfidentialMatter:
    """What lies under lock for a case of the lane."""
    return work.session.scalars(
        select(ConfidentialMatter).where(ConfidentialMatter.case_id == work.case.id)
    ).one()
