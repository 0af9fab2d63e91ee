"""How every use case takes a case in hand, asks whether it may act, and moves it on.

Not a use case of its own: the steps that all of them share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casetracker.domain.errors import (
    Conflict,
    GuardRefused,
    IllegalTransition,
    NotFound,
    NotPermitted,
)
from casetracker.domain.lane import LANE
from casetracker.domain.limits import STATED
from casetracker.domain.vocabulary import (
    OPEN_STATES,
    Action,
    RequestKind,
    RequestStatus,
    Role,
    State,
    Visibility,
)
from casetracker.domain.workflow import CaseFacts, Transition, Workflow, missing_guard
from casetracker.domain.workflows import BY_ANY_PART, WORKFLOWS
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Assignment, DecisionRequest
from casetracker.services.context import Context
from casetracker.services.outcome import DueLine, Outcome, iso
from casetracker.services.recording import Entry, record
from casetracker.services.scoping import role_reaches, scope_of
from casetracker.services.steps.case_facts import facts_of
from casetracker.services.steps.clocks import Clocks

UNIT_REQUESTS = (RequestKind.RETURN, RequestKind.EXTENSION, RequestKind.HOLD)
OF_A_LIVING_CASE = (
    *UNIT_REQUESTS, RequestKind.UPSTREAM_RETURN, RequestKind.UPSTREAM_EXTENSION,
)  # fmt: skip
STARTED_BY_HAND = STATED | {"supervise", "suggest30"}
"""Clocks that belong to a child task or an order, or last as long as somebody set, and are started
along with it."""
APPEALED = frozenset[State]().union(
    *(table.row(Action.DECIDE_APPEAL, "granted").sources for table in WORKFLOWS.values())
)
LAPSES = {
    State.TO_DISPATCH: (RequestKind.EXTENSION, RequestKind.HOLD),
    State.REPLIED: (RequestKind.EXTENSION, RequestKind.HOLD),
    **{state: OF_A_LIVING_CASE for state in State if state not in OPEN_STATES},
    **{
        state: (*OF_A_LIVING_CASE, RequestKind.APPEAL)
        for state in State
        if state not in OPEN_STATES | APPEALED
    },
}
"""Requests that a step into the state leaves without object. Appeals wait for their verdict where
one can be given; exclusions everywhere.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table that may be taken now, and the role in which the actor takes it."""

    row: Transition
    role: Role


@dataclass(slots=True)
class CaseWork:
    """One case in the hands of one use case; locked until the transaction ends."""

    ctx: Context
    session: Session
    ref: Reference
    case: Case
    clocks: Clocks
    parts: list[Assignment] = field(default_factory=list)
    told: dict[int, Any] = field(default_factory=dict)
    """How each clock stood when the history last told of it."""

    @classmethod
    def open(
        cls, ctx: Context, session: Session, number: str, version: int | None = None
    ) -> "CaseWork":
        """Lock the case. NotFound when unknown or out of scope, Conflict when it moved on."""
        ref = reference(session)
        query = select(Case).where(Case.number == number, visible(scope_of(ctx.actor, ref)))
        case = session.scalar(locked(session, query))
        if case is None:
            raise NotFound(number=number)
        return cls.around(ctx, session, ref, case, version)

    @classmethod
    def around(
        cls, ctx: Context, session: Session, ref: Reference, case: Case, version: int | None = None
    ) -> "CaseWork":
        """Work on a row that is already locked and known to be the actor's to see."""
        if version is not None and version != case.version:
            raise _conflict(session, case, version)
        parts = session.scalars(
            select(Assignment).where(Assignment.case_id == case.id, Assignment.ended_at.is_(None))
        )
        clocks = Clocks.of(session, ref, case, ctx.now)
        return cls(ctx, session, ref, case, clocks, list(parts), _standing_of(clocks))

    @property
    def workflow(self) -> Workflow:
        return WORKFLOWS[self.case.track]

    @property
    def lane_outcome(self) -> str:
        """The outcome of rows that the confidential lane has of its own."""
        return LANE if self.case.is_sealed else ""

    def require(self, action: Action, outcome: str = "") -> Step:
        """The step, if state, role and guards allow it.

        Raises IllegalTransition (naming what the actor may do instead), NotPermitted, GuardRefused.
        """
        try:
            row = self.workflow.find(action, self.case.state, outcome)
        except IllegalTransition as error:
            allowed = [a for a in error.allowed if self.role_for(Action(a)) is not None]
            raise IllegalTransition(action=action, state=self.case.state, allowed=allowed) from None
        role = self.role_on(row)
        if role is None:
            raise NotPermitted(action=action)
        if row.guards:
            problem = missing_guard(row, self.facts(), self.ctx.actor.facts)
            if problem:
                raise GuardRefused(problem, action=action)
        return Step(row, role)

    def facts(self) -> CaseFacts:
        return facts_of(self.session, self.ref, self.case, self.clocks)

    def role_for(self, action: Action) -> Role | None:
        """The role in which the actor may do this here, whatever the guards say."""
        for row in self.workflow.rows_from(self.case.state):
            if row.action is action:
                role = self.role_on(row)
                if role is not None:
                    return role
        return None

    def role_on(self, row: Transition) -> Role | None:
        any_part = row.action in BY_ANY_PART[self.case.track]
        for role in sorted(self.ctx.actor.roles & row.roles):
            if role_reaches(
                role, self.ctx.actor, self.ref, self.case, self.parts, any_part=any_part
            ):
                return role
        return None

    def advance(
        self,
        step: Step,
        *,
        payload: Mapping[str, Any] | None = None,
        text: str | None = None,
        visibility: Visibility = Visibility.INTERNAL,
        at: datetime | None = None,
        clocks_at: datetime | None = None,
    ) -> None:
        """Take the step: clocks, state, dates on the case row, history and outbox.

        `at` is when it happened, where that was before it is entered (a paper served last week);
        `clocks_at` from when the clocks count, where that is neither.
        """
        came_from = self.case.state
        moment = at or self.ctx.now
        self._move_clocks(step.row, clocks_at or moment)
        self._move_state(step.row, moment)
        self._lapse_requests(step.row)
        self.session.flush()
        self.clocks.show_on_case()
        facts = {**(payload or {}), **self._clock_changes()}
        record(
            self.ctx,
            self.session,
            self.case,
            Entry(
                action=step.row.action,
                outcome=step.row.outcome,
                from_state=came_from,
                to_state=self.case.state,
                role=step.role,
                payload=facts,
                text=text,
                visibility=visibility,
                happened_at=at,
            ),
        )

    def outcome(self, **facts: Any) -> Outcome:
        return Outcome(
            number=self.case.number,
            state=self.case.state,
            version=self.case.version,
            due=due_lines(self.clocks),
            facts=facts,
        )

    def _move_clocks(self, row: Transition, at: datetime) -> None:
        self.clocks.stop(row.stops, at)
        self.clocks.drop(row.ends, at)
        self.clocks.pause(row.pauses, basis=row.source)
        self.clocks.resume(row.resumes)
        for code in row.starts:
            if code not in STARTED_BY_HAND:
                self.clocks.start(code, at=at, unit_id=self.case.lead_unit_id)

    def _move_state(self, row: Transition, at: datetime) -> None:
        if row.target is None:
            return
        self.case.state = row.target
        self.case.is_open = row.target in OPEN_STATES and not self.case.is_sealed
        if not self.case.is_open:  # nobody decides any more about an answer that was unhappy
            self.case.is_dissatisfied = False
        if row.target in self.workflow.reopened:
            self.case.closed_at = None
        elif row.target in self.workflow.ended:
            self.case.closed_at = self.case.closed_at or at

    def lapse(self, *kinds: RequestKind) -> None:
        """Requests of these kinds that wait are without object from now on."""
        self.session.flush()
        self.session.execute(
            update(DecisionRequest)
            .where(
                DecisionRequest.case_id == self.case.id,
                DecisionRequest.kind.in_(kinds),
                DecisionRequest.status == RequestStatus.PENDING,
            )
            .values(status=RequestStatus.LAPSED, decided_at=self.ctx.now)
        )

    def _lapse_requests(self, row: Transition) -> None:
        kinds = LAPSES.get(row.target, ()) if row.target else ()
        if kinds:
            self.lapse(*kinds)

    def _clock_changes(self) -> dict[str, Any]:
        """What happened to the clocks since the entry before, by this step or on the way to it."""
        changed = [
            {"limit": c.limit_code, "due_at": iso(c.due_at), "status": c.status}
            for c in self.clocks.rows
            if self.told.get(id(c)) != (c.status, c.due_at)
        ]
        self.told = _standing_of(self.clocks)
        return {"clocks": changed} if changed else {}


def _standing_of(clocks: Clocks) -> dict[int, Any]:
    return {id(clock): (clock.status, clock.due_at) for clock in clocks.rows}


def due_lines(clocks: Clocks) -> tuple[DueLine, ...]:
    """The clocks of the case's present stage and the met ones, in the order they started."""
    return tuple(
        DueLine(
            limit=c.limit_code,
            due_raw=iso(c.due_raw) or "",
            due_legal=iso(c.due_legal) or "",
            due_at=iso(c.due_at) or "",
            provisional=c.provisional,
            status=str(c.status),
        )
        for c in clocks.rows
    )


def _conflict(session: Session, case: Case, version: int) -> Conflict:
    """Who changed the case since the version that the actor had before them.

    A version that was never reached is answered with the latest change.
    """
    entry = session.scalar(
        select(TimelineEntry)
        .where(TimelineEntry.case_id == case.id, TimelineEntry.seq > min(version, case.version - 1))
        .order_by(TimelineEntry.seq)
        .limit(1)
    )
    return Conflict(
        number=case.number,
        who=entry.actor_name if entry else "",
        at=entry.at if entry else None,
        action=entry.action if entry else None,
        payload=dict(entry.payload) if entry else {},
        version=case.version,
    )
