"""Whatever people do in whatever order, allowed or refused: the record stays whole."""

import random

import pytest
from sqlalchemy import func, select

from casetracker.domain.hotline import AT_THE_UNIT, FINISHED, HOTLINE
from casetracker.domain.vocabulary import OPEN_STATES, Action, ClockStatus, RequestStatus, State
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Assignment, DecisionRequest, Reply
from casetracker.services.verifying.running import verify
from tests.engines import in_turn
from tests.factories.random_steps import Walk
from tests.factories.street import Street

STEPS, CASES = 90, 3
LIVE = (ClockStatus.RUNNING, ClockStatus.PAUSED)
MAY_RUN = {
    "dispatch": {State.TO_DISPATCH},
    "sign": {State.TO_SIGN, State.RETURN_PENDING, State.ON_HOLD},
    "contact": AT_THE_UNIT,
    "handle": AT_THE_UNIT | {State.TO_DISPATCH},
    "assist": AT_THE_UNIT,
    "review": {State.TO_REVIEW},
    "redo": {State.REDO, State.TO_REVIEW, State.ON_HOLD},
    "callback": {State.TO_FOLLOW_UP},
    "park_review": {State.ON_HOLD},
    "notify15": {State.IN_LANE},
    "supervise": set(State),
}
"""In which states a limit may still be running or frozen."""
DECIDED_BY = {
    "return": Action.DECIDE_RETURN,
    "extension": Action.DECIDE_EXTENSION,
    "hold": Action.DECIDE_HOLD,
    "exclusion": Action.DECIDE_EXCLUSION,
    "appeal": Action.DECIDE_APPEAL,
    "reinstatement": Action.DECIDE_REINSTATEMENT,
    "judgement": Action.CONFIRM_JUDGEMENT,
    "upstream_return": Action.RETURN_UPSTREAM,
    "upstream_extension": Action.EXTEND_UPSTREAM,
}


pytestmark = pytest.mark.usefixtures("store")


@in_turn("seed", [0, 1, 3, 2])
def test_the_record_stays_whole(street: Street, seed: int) -> None:
    """Also when the machine's clock is set back on the way (odd seeds, one on each engine)."""
    walk = Walk(street, random.Random(seed), clock_may_jump_back=seed % 2 == 1)
    walk.begin(CASES)
    for _ in range(STEPS):
        number = walk.step()
        assert not list(contradictions(street, number)), "\n".join(walk.told[-12:])
    found = [finding for _, finding in verify(street.ctx("auditor")) if finding is not None]
    assert not found, "\n".join(walk.told)
    assert walk.taken > STEPS / 4, "too little was allowed to prove anything"


def contradictions(street: Street, number: str):
    """What `verify` does not ask: nothing owed, nobody asked, where the state says otherwise."""
    case = street.case(number)
    session = street.session
    entries = session.scalar(
        select(func.count(TimelineEntry.id)).where(TimelineEntry.case_id == case.id)
    )
    if case.version != entries:
        yield f"version {case.version} of {entries} entries"
    yield from _clocks(session, case)
    yield from _parts(session, case)
    yield from _requests(session, case)
    if case.is_open != (case.state in OPEN_STATES and not case.is_sealed):
        yield "open or not"
    if case.is_dissatisfied and case.state is not State.TO_FOLLOW_UP:
        yield f"the supervisor is to decide about a case {case.state}"
    yield from _grouped(session, case)


def _grouped(session, case: Case):
    parent = case
    while parent.grouped_into_id is not None:
        parent = session.get_one(Case, parent.grouped_into_id)
    if parent.state is State.WITHDRAWN and parent is not case:
        yield f"{parent.number} was taken back, and with it {case.number}"
    if parent.replied_at is not None and case.replied_at is None:
        yield f"{parent.number} was answered, and nobody told {case.number}"


def _clocks(session, case: Case):
    clocks = session.scalars(select(Clock).where(Clock.case_id == case.id)).all()
    for clock in clocks:
        if clock.status in LIVE and case.state not in MAY_RUN[clock.limit_code]:
            yield f"{clock.limit_code} is {clock.status} while {case.state}"
        if (clock.stopped_at is None) != (clock.status in LIVE):
            yield f"{clock.limit_code} is {clock.status} and stopped {clock.stopped_at}"
        if clock.status is ClockStatus.PAUSED and case.state is not State.ON_HOLD:
            yield f"{clock.limit_code} is frozen while {case.state}"
        if clock.status is ClockStatus.RUNNING and clock.next_reminder_at is None:
            yield f"{clock.limit_code} runs and nobody is reminded"
    live = [(c.limit_code, c.subject_id) for c in clocks if c.status in LIVE]
    if len(live) != len(set(live)):
        yield f"twice the same limit: {live}"
    running = [c.warn_at for c in clocks if c.status is ClockStatus.RUNNING]
    if case.next_warn_at != min(running, default=None):
        yield "next_warn_at"


def _parts(session, case: Case):
    lead = session.scalars(
        select(Assignment.unit_id).where(
            Assignment.case_id == case.id, Assignment.part == "lead", Assignment.ended_at.is_(None)
        )
    ).all()
    if lead != ([case.lead_unit_id] if case.lead_unit_id else []):
        yield f"led by {lead}, the case says {case.lead_unit_id}"
    drafts = session.scalar(
        select(func.count(Reply.id)).where(Reply.case_id == case.id, Reply.approved.is_(None))
    )
    if case.state is State.TO_REVIEW and not drafts:
        yield "to be reviewed without a draft"


def _requests(session, case: Case):
    waiting = session.scalars(
        select(DecisionRequest.kind).where(
            DecisionRequest.case_id == case.id, DecisionRequest.status == RequestStatus.PENDING
        )
    )
    for kind in waiting:
        if case.state in FINISHED and DECIDED_BY[kind] not in HOTLINE.actions_from(case.state):
            yield f"{kind} waits for ever in {case.state}"
    if case.state is State.RETURN_PENDING and not _is_waiting(session, case, "return"):
        yield "a return is pending that nobody asked for"


def _is_waiting(session, case: Case, kind: str) -> bool:
    return bool(
        session.scalar(
            select(func.count(DecisionRequest.id)).where(
                DecisionRequest.case_id == case.id,
                DecisionRequest.kind == kind,
                DecisionRequest.status == RequestStatus.PENDING,
            )
        )
    )
