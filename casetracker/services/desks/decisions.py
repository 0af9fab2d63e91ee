"""Requests that wait for a decision, as whoever decides sees them (退单、延期、挂账、化解等).

Source: docs/rules/hotline.md rows 7, 8, 11, 19, 24, 28; docs/rules/petition.md rows 13, 23; two
people decide, never one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import ExtensionBeyondCap
from casetracker.domain.limits import MAIN, STATED
from casetracker.domain.pauses import Pause
from casetracker.domain.permissions import REACH, Reach
from casetracker.domain.vocabulary import (
    Action,
    ClockStatus,
    DayUnit,
    RequestKind,
    RequestStatus,
    Role,
    State,
    Track,
)
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock, ClockPause
from casetracker.persistence.queries.case_list import shown_name
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import DecisionRequest
from casetracker.services.context import Actor, Context
from casetracker.services.scoping import scope_of
from casetracker.services.steps.clocks import Clocks
from casetracker.services.use_case import query

DECIDED_BY: Mapping[RequestKind, Action] = MappingProxyType(
    {
        RequestKind.RETURN: Action.DECIDE_RETURN,
        RequestKind.EXTENSION: Action.DECIDE_EXTENSION,
        RequestKind.HOLD: Action.DECIDE_HOLD,
        RequestKind.EXCLUSION: Action.DECIDE_EXCLUSION,
        RequestKind.APPEAL: Action.DECIDE_APPEAL,
        RequestKind.SETTLEMENT: Action.MARK_SETTLED,
        RequestKind.REINSTATEMENT: Action.DECIDE_REINSTATEMENT,
        RequestKind.JUDGEMENT: Action.CONFIRM_JUDGEMENT,
    }
)
MOST = 100
DECISIONS = ("granted", "refused")
PREVIEWED = tuple(code for code in MAIN if code not in STATED)
"""Limits of which it can be said beforehand what an extension comes to."""


@dataclass(frozen=True, slots=True)
class ExtensionPreview:
    """The date before and after: `new_due_at` None where it would pass the cap.

    `is_upstream`: the upstream ticket's own limit binds, and granting moves nothing.
    """

    old_due_at: datetime
    new_due_at: datetime | None
    extended_days: int
    cap_days: int
    unit: DayUnit
    is_upstream: bool


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """One request with what is needed to decide it; `is_own` means another person has to."""

    id: int
    kind: RequestKind
    action: Action
    number: str
    version: int
    title: str
    content: str
    person: str
    state: State
    unit: str | None
    category: str | None
    requested_by: str | None
    requested_unit: str | None
    requested_at: datetime
    reason_code: str | None
    reason: str
    days: int | None
    plan: str | None
    proposed_unit: str | None
    due_at: datetime | None
    return_count: int
    is_own: bool
    preview: ExtensionPreview | None


@dataclass(frozen=True, slots=True)
class WaitingRequests:
    """The oldest `MOST` of them, and how many there are in all."""

    requests: tuple[WaitingRequest, ...]
    total: int


@query
def waiting_requests(
    ctx: Context, session: Session, kinds: Collection[RequestKind], track: Track = Track.HOTLINE
) -> WaitingRequests:
    """Pending requests of these kinds that one of the actor's roles decides, the oldest first.

    One's own are among them, marked: the other person has to be asked. Four statements at most.
    """
    ref = reference(session)
    condition = [
        DecisionRequest.status == RequestStatus.PENDING,
        or_(false(), *(decidable(ctx.actor, ref, kind, track) for kind in sorted(kinds))),
        visible(scope_of(ctx.actor, ref)),
    ]
    total = session.scalar(
        select(func.count()).select_from(DecisionRequest).join(Case).where(*condition)
    )
    rows = session.execute(
        select(
            DecisionRequest, Case, Petitioner.name, Petitioner.is_confidential,
            Account.name.label("asker"),
        )
        .join(Case, Case.id == DecisionRequest.case_id)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .outerjoin(Account, Account.id == DecisionRequest.requested_by)
        .where(*condition)
        .order_by(DecisionRequest.requested_at, DecisionRequest.id)
        .limit(MOST)
    ).all()  # fmt: skip
    previews = _previews(ctx, session, ref, rows)
    return WaitingRequests(
        tuple(_waiting(ctx, ref, row, previews.get(row[0].id)) for row in rows), total or 0
    )


def decidable(
    actor: Actor, ref: Reference, kind: RequestKind, track: Track = Track.HOTLINE
) -> ColumnElement[bool]:
    """Requests of the kind on cases that a deciding role of the actor reaches, in a fit state."""
    rows = [
        row
        for row in WORKFLOWS[track].rows
        if row.action is DECIDED_BY[kind] and row.outcome in DECISIONS
    ]
    roles = frozenset[Role]().union(*(row.roles for row in rows)) & actor.roles
    sources = sorted(frozenset[State]().union(*(row.sources for row in rows)))
    reached = or_(false(), *(reached_by(role, actor, ref) for role in sorted(roles)))
    asked = (DecisionRequest.kind == kind) & (Case.track == track)
    return asked & Case.state.in_(sources) & reached


def reached_by(role: Role, actor: Actor, ref: Reference) -> ColumnElement[bool]:
    """Cases on which the role may act, as `scoping.role_reaches` says it of a single one."""
    reach = REACH[role]
    if reach is Reach.ALL:
        return true()
    if reach is Reach.LINE and actor.account_id is not None:
        return Case.lead_unit_id.in_(sorted(ref.led_by(actor.account_id)))
    if reach is Reach.UNIT and actor.unit_id is not None:
        return Case.lead_unit_id.in_(sorted(ref.with_children(actor.unit_id)))
    return false()


def _previews(
    ctx: Context, session: Session, ref: Reference, rows: Any
) -> dict[int, ExtensionPreview]:
    """By request: what granting an extension would do to the handling limit."""
    asked = {row[1].id: row for row in rows if row[0].kind is RequestKind.EXTENSION}
    if not asked:
        return {}
    live = (ClockStatus.RUNNING, ClockStatus.PAUSED)
    clocks = session.scalars(
        select(Clock).where(
            Clock.case_id.in_(asked), Clock.limit_code.in_(PREVIEWED), Clock.status.in_(live)
        )
    ).all()
    pauses: dict[int, list[Pause]] = {}
    for pause in session.scalars(
        select(ClockPause).where(ClockPause.clock_id.in_([clock.id for clock in clocks]))
    ):
        pauses.setdefault(pause.clock_id, []).append(Pause(pause.started_at, pause.ended_at))
    found = {}
    for clock in clocks:
        request, case = asked[clock.case_id][:2]
        work = Clocks(session, ref, case, ctx.now)
        found[request.id] = _preview(work, clock, request.days or 0, pauses.get(clock.id, []))
    return found


def _preview(work: Clocks, clock: Clock, days: int, pauses: list[Pause]) -> ExtensionPreview:
    limit = work.limit(clock.rule_code, clock.started_at)
    is_upstream = work.case.external_due_at is not None
    try:
        due = work.compute(
            limit, clock.started_at, extend_days=clock.extended_days + days, pauses=pauses
        )
        new = clock.due_at if is_upstream else due.due_legal
    except ExtensionBeyondCap:
        new = None
    return ExtensionPreview(
        clock.due_at, new, clock.extended_days, limit.cap_days or 0, limit.unit, is_upstream
    )


def _waiting(
    ctx: Context, ref: Reference, row: Any, preview: ExtensionPreview | None
) -> WaitingRequest:
    request, case, name, is_confidential, asker = row
    return WaitingRequest(
        id=request.id,
        kind=request.kind,
        action=DECIDED_BY[request.kind],
        number=case.number,
        version=case.version,
        title=case.title,
        content=case.content,
        person=shown_name(name, confidential=is_confidential),
        state=case.state,
        unit=ref.unit_name(case.lead_unit_id),
        category=ref.category_name(case.category_id),
        requested_by=asker,
        requested_unit=ref.unit_name(request.requested_unit_id),
        requested_at=request.requested_at,
        reason_code=request.reason_code,
        reason=request.reason,
        days=request.days,
        plan=request.plan,
        proposed_unit=ref.unit_name(request.proposed_unit_id),
        due_at=case.next_due_at,
        return_count=case.return_count,
        is_own=request.requested_by is not None and request.requested_by == ctx.actor.account_id,
        preview=preview,
    )
