"""The facts that guards look at, read from the rows of one case in a fixed number of statements."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import hour_of
from casetracker.domain.vocabulary import (
    FilePurpose,
    Part,
    RequestKind,
    RequestStatus,
    Satisfaction,
    Track,
)
from casetracker.domain.workflow import CaseFacts
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.working import (
    Assignment,
    Attachment,
    Contact,
    DecisionRequest,
    Reply,
    SupervisionOrder,
)
from casetracker.services.steps.clocks import Clocks
from casetracker.services.steps.petition_facts import petition_facts


def facts_of(session: Session, ref: Reference, case: Case, clocks: Clocks) -> CaseFacts:
    """Everything a guard may ask about the case at this moment."""
    callers = session.scalars(select(Contact.by_id).where(Contact.case_id == case.id))
    evidence = session.execute(
        select(Attachment.round, Attachment.uploaded_by).where(
            Attachment.case_id == case.id, Attachment.purpose == FilePurpose.EVIDENCE.value
        )
    ).all()
    replies = session.execute(
        select(Reply.submitted_by, Reply.reached_at)
        .where(Reply.case_id == case.id)
        .order_by(Reply.id)
    ).all()
    asked = session.execute(
        select(DecisionRequest.kind, DecisionRequest.status, DecisionRequest.requested_by).where(
            DecisionRequest.case_id == case.id
        )
    ).all()
    requests = [row for row in asked if row.status is RequestStatus.PENDING]
    handlers = set(callers) | {row.submitted_by for row in replies}
    settings = ref.settings
    now = clocks.now
    return CaseFacts(
        state=case.state,
        registered_by=case.registered_by,
        submitted_by=replies[-1].submitted_by if replies else None,
        requesters=frozenset((row.kind, row.requested_by) for row in requests),
        handled_by=frozenset(x for x in handlers | {case.handler_id} if x is not None),
        is_important=case.is_important,
        is_designated=case.is_designated,
        is_upstream=case.external_number is not None,
        returns_left=settings["return_maximum"] - case.return_count,
        contact_is_met=case.contacted_at is not None,
        evidence_count=len(evidence),
        new_evidence_count=sum(row.round >= case.round for row in evidence)
        if case.round > 1
        else 0,
        pending=frozenset(row.kind for row in requests),
        open_orders=_open_orders(session, case),
        is_dissatisfied=case.is_dissatisfied,
        judged_unreasonable=case.judged_unreasonable,
        is_excluded=case.excluded is not None,
        is_disputed=_is_disputed(case, asked),
        return_window_open=_return_window_open(session, case, clocks),
        before_handle_due=clock_in_time(clocks),
        appeal_window_open=_still_open(appealed_from(case), settings["appeal_days"], now),
        afterwords_over=not _afterwords_open(case, answered_at(case, replies), ref, now),
        petition=petition_facts(session, case, clocks),
    )


def _is_disputed(case: Case, asked: Iterable[Any]) -> bool:
    """The resident is not content, or the unit has objected to its appraisal."""
    unhappy = case.satisfaction is Satisfaction.DISSATISFIED or case.resolved is False
    return unhappy or any(row.kind is RequestKind.APPEAL for row in asked)


def clock_in_time(clocks: Clocks) -> bool:
    """Whether the case's main limit runs and is not over."""
    main = clocks.main()
    return main is not None and main.due_at >= clocks.now


def attempts_suffice(times: list[datetime], needed: int) -> bool:
    """Failed attempts count when they were made in that many different hours."""
    return len({hour_of(at) for at in times}) >= needed


def _open_orders(session: Session, case: Case) -> int:
    query = select(func.count(SupervisionOrder.id)).where(
        SupervisionOrder.case_id == case.id, SupervisionOrder.closed_at.is_(None)
    )
    return session.scalar(query) or 0


def _return_window_open(session: Session, case: Case, clocks: Clocks) -> bool:
    lead = session.scalar(
        select(Assignment.assigned_at)
        .where(Assignment.case_id == case.id, Assignment.part == Part.LEAD)
        .order_by(Assignment.id.desc())
        .limit(1)
    )
    if lead is None:
        return False
    due = clocks.compute(clocks.limit("return", lead), lead)
    return clocks.now <= due.due_legal


def appealed_from(case: Case) -> datetime | None:
    """The appeal window opens when a case closes, of a petition when its unit is judged."""
    return case.evaluated_at if case.track is Track.PETITION else case.closed_at


def _still_open(since: datetime | None, days: int, now: datetime) -> bool:
    return since is None or now <= since + timedelta(days=days)


def answered_at(case: Case, replies: Iterable[Any]) -> datetime | None:
    """When the latest reply reached the resident: the second round's, where there was one."""
    return max((row.reached_at for row in replies if row.reached_at), default=case.replied_at)


def _afterwords_open(case: Case, told_at: datetime | None, ref: Reference, now: datetime) -> bool:
    """Whether the unit may still appeal, or the resident still has an answer to give."""
    may_answer = bool(case.surveyable) and not case.callback_valid
    return _still_open(case.closed_at, ref.settings["appeal_days"], now) or (
        may_answer and _still_open(told_at, ref.settings["evaluation_days"], now)
    )
