"""The desk of the appraisal: what waits for a decision, what was decided, what may be appealed.

Everybody sees the requests on the cases within their reach. Source: docs/rules/appraisal.md §2–4.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.vocabulary import (
    Action,
    ExcludeReason,
    FilePurpose,
    RequestKind,
    RequestStatus,
    Track,
)
from casetracker.persistence.account import Account
from casetracker.persistence.appraisal import Judgement
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Attachment, DecisionRequest, SupervisionOrder
from casetracker.services.case_reading.judgements import JudgementView, judgements_by_request
from casetracker.services.commands.searching import AppraisalSearch
from casetracker.services.context import Context
from casetracker.services.desks.decisions import DECIDED_BY, decidable
from casetracker.services.figures.judgement_counts import FINDINGS, held_in, month_window
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.placing import within

KINDS = (
    RequestKind.EXCLUSION, RequestKind.REINSTATEMENT, RequestKind.APPEAL, RequestKind.JUDGEMENT,
)  # fmt: skip
DECIDED = (RequestStatus.GRANTED, RequestStatus.REFUSED, RequestStatus.LAPSED)
PAGE = 50


@dataclass(frozen=True, slots=True)
class AppraisalLine:
    """One request with all that is needed to decide it, or that decided it.

    `decides` is the step that this reader may take; `is_own` means another person has to.
    """

    kind: RequestKind
    status: RequestStatus
    number: str
    title: str
    unit: str | None
    excluded: ExcludeReason | None
    reason: ExcludeReason | None
    grounds: str
    document_number: str | None
    until: date | None
    files: int
    requested_by: str | None
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    note: str | None
    judgement: JudgementView | None
    decides: Action | None
    is_own: bool
    wants_supervision: bool


@dataclass(frozen=True, slots=True)
class AppraisalLines:
    """One page of them, and how many there are in all."""

    lines: tuple[AppraisalLine, ...]
    total: int


@query
def appraisal_lines(
    ctx: Context, session: Session, asked: AppraisalSearch, page: int = 1
) -> AppraisalLines:
    """Waiting ones the oldest first, decided ones the newest first. Raises InvalidInput."""
    ref = reference(session)
    where = _asked(asked, visible(scope_of(ctx.actor, ref)))
    total = session.scalar(_requests(func.count()).where(*where)) or 0
    is_waiting = asked.status == "waiting"
    order = DecisionRequest.requested_at if is_waiting else DecisionRequest.decided_at.desc()
    asker, decider = aliased(Account), aliased(Account)
    rows = session.execute(
        _requests(
            DecisionRequest, Case, asker.name.label("asker"), decider.name.label("decider"),
            _evidence_count().label("files"), _may_decide(ctx, ref).label("may_decide"),
            _supervised_since().label("supervised"),
        )
        .outerjoin(asker, asker.id == DecisionRequest.requested_by)
        .outerjoin(decider, decider.id == DecisionRequest.decided_by)
        .where(*where)
        .order_by(order, DecisionRequest.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()  # fmt: skip
    found = judgements_by_request(
        session, [row[0].id for row in rows if row[0].kind is RequestKind.JUDGEMENT]
    )
    lines = (_line(ctx, ref, row, found.get(row[0].id)) for row in rows)
    return AppraisalLines(tuple(lines), total)


def _requests(*columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(DecisionRequest)
        .join(Case, Case.id == DecisionRequest.case_id)
        .outerjoin(Judgement, Judgement.request_id == DecisionRequest.id)
    )


def _asked(asked: AppraisalSearch, scope: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    where = [scope, DecisionRequest.kind.in_([asked.kind] if asked.kind else KINDS)]
    if asked.status == "waiting":
        return [*where, DecisionRequest.status == RequestStatus.PENDING]
    where.append(DecisionRequest.status.in_(DECIDED))
    if asked.finding is not None:
        return [
            *where, DecisionRequest.status == RequestStatus.GRANTED, FINDINGS[asked.finding],
            *([held_in(asked.month)] if asked.month else []),
        ]  # fmt: skip
    if asked.month:
        where.append(within(DecisionRequest.decided_at, month_window(asked.month)))
    return where


def _may_decide(ctx: Context, ref: Reference) -> ColumnElement[bool]:
    """Whether one of the reader's roles decides this request, if it were another's."""
    return or_(*(decidable(ctx.actor, ref, kind, track) for track in Track for kind in KINDS))


def _evidence_count() -> Any:
    return (
        select(func.count(Attachment.id))
        .where(
            Attachment.case_id == DecisionRequest.case_id,
            Attachment.purpose == FilePurpose.EVIDENCE.value,
        )
        .correlate(DecisionRequest)
        .scalar_subquery()
    )


def _supervised_since() -> ColumnElement[bool]:
    """An order was issued on the case after the judgement was confirmed."""
    return exists().where(
        SupervisionOrder.case_id == DecisionRequest.case_id,
        SupervisionOrder.issued_at >= DecisionRequest.decided_at,
    )


def _line(ctx: Context, ref: Reference, row: Any, judgement: JudgementView | None) -> AppraisalLine:
    request, case = row[0], row[1]
    is_waiting = request.status is RequestStatus.PENDING
    is_own = request.requested_by is not None and request.requested_by == ctx.actor.account_id
    may = is_waiting and row.may_decide and not is_own
    confirmed = judgement is not None and judgement.status is RequestStatus.GRANTED
    return AppraisalLine(
        kind=request.kind,
        status=request.status,
        number=case.number,
        title=case.title,
        unit=ref.unit_name(case.lead_unit_id),
        excluded=case.excluded,
        reason=ExcludeReason(request.reason_code) if request.reason_code else None,
        grounds=request.reason,
        document_number=request.document_number,
        until=request.until,
        files=row.files,
        requested_by=row.asker,
        requested_at=request.requested_at,
        decided_by=row.decider,
        decided_at=request.decided_at,
        note=request.decision_note,
        judgement=judgement,
        decides=DECIDED_BY[request.kind] if may else None,
        is_own=is_waiting and is_own,
        wants_supervision=bool(
            confirmed and judgement and not judgement.verdict.duty_done and not row.supervised
        ),
    )
