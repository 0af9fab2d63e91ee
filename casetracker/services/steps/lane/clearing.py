"""Every trace of a sealed case on other desks is taken away: parts, orders, messages, drafts.

Source: 《信访工作条例》 art. 30(3); docs/rules/petition.md §6.
"""

from sqlalchemy import delete, update

from casetracker.domain.vocabulary import RequestStatus
from casetracker.persistence import search_index
from casetracker.persistence.account import Draft
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Reminder
from casetracker.persistence.outbox import InboxMessage, OutboxRow, OutboxState
from casetracker.persistence.oversight import OversightSuggestion
from casetracker.persistence.working import Assignment, DecisionRequest, SupervisionOrder
from casetracker.services.steps.casework import CaseWork

UNDELIVERED = (OutboxState.WAITING, OutboxState.UNKNOWN, OutboxState.DEAD)


def clear_desks(work: CaseWork) -> None:
    """In the transaction that seals the case."""
    session, case = work.session, work.case
    session.flush()
    search_index.forget(session, case.id)
    _end_parts(work)
    _silence(work)
    session.execute(delete(Draft).where(Draft.form.like(f"%.{case.number}")))
    # Who repeated it does not repeat anything that others may know of.
    session.execute(update(Case).where(Case.repeat_of_id == case.id).values(repeat_of_id=None))
    work.parts.clear()


def _end_parts(work: CaseWork) -> None:
    session, case, now = work.session, work.case, work.ctx.now
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
        update(SupervisionOrder)
        .where(SupervisionOrder.case_id == case.id, SupervisionOrder.closed_at.is_(None))
        .values(closed_at=now)
    )
    session.execute(delete(OversightSuggestion).where(OversightSuggestion.case_id == case.id))
    work.clocks.drop(("supervise",))  # their limits end with them; all others end with the step


def _silence(work: CaseWork) -> None:
    """What was told inside the house, and what has not yet been told outside."""
    session, case = work.session, work.case
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.case_id == case.id, OutboxRow.state.in_(UNDELIVERED))
        .values(state=OutboxState.GIVEN_UP, last_error="sealed", payload={})
    )
    session.execute(delete(Reminder).where(Reminder.case_id == case.id))
    session.execute(delete(InboxMessage).where(InboxMessage.case_id == case.id))
