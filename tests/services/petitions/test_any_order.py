"""Whatever happens to petitions in whatever order, entered late or refused: the record holds."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from casetracker.domain.limits import MAIN, OF_THE_PETITIONER
from casetracker.domain.vocabulary import (
    LANE_STATES,
    OPEN_STATES,
    PETITION_OPEN,
    ClockStatus,
    Role,
    State,
)
from casetracker.persistence import search_index
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.outbox import InboxMessage
from casetracker.persistence.petition import ConfidentialMatter, Opinion, Petition
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Assignment
from casetracker.services.steps.lane.sealing import CONTENT, TITLE
from casetracker.services.verifying.running import verify
from tests.engines import in_turn
from tests.factories.random_petition_steps import PetitionWalk, side_of
from tests.factories.street import Street

S = State
STEPS, CASES = 110, 3
LIVE = (ClockStatus.RUNNING, ClockStatus.PAUSED)
MET = (ClockStatus.MET, ClockStatus.MET_LATE)
IN_WORK = {S.HANDLING, S.TO_CHECK, S.TO_SIGN_OFF, S.TO_SERVE}
AFTER_SERVICE = {
    S.SERVED, S.EXECUTING, S.IN_REVIEW, S.REVIEWED, S.IN_FINAL_REVIEW, S.FINALLY_REVIEWED,
}  # fmt: skip
MAY_RUN = {
    "notify15": {S.REGISTERED, S.CLASSIFIED, S.OBJECTION_PENDING, S.TO_NOTIFY, S.ACCEPTED, *IN_WORK,
                 S.IN_LANE},
    "objection5": {S.REGISTERED, S.CLASSIFIED},
    "handle60": {S.ACCEPTED, *IN_WORK},
    "simple10": {S.ACCEPTED, *IN_WORK},
    "suggest30": IN_WORK,
    "duty_due": IN_WORK,
    "investigate": {S.HANDLING},
    "assign_due": {S.AWAITING_REPORT},
    "req_review30": {S.SERVED, S.EXECUTING},
    "review30": {S.IN_REVIEW},
    "req_rereview30": {S.REVIEWED},
    "rereview30": {S.IN_FINAL_REVIEW},
    "execute": AFTER_SERVICE - {S.SERVED},
    "evaluate": AFTER_SERVICE | LANE_STATES | {S.CONCLUDED, S.ARCHIVED},
    "supervise": set(S),
}  # fmt: skip
"""In which states a limit may still be running."""

pytestmark = pytest.mark.usefixtures("store")


@in_turn("seed", [0, 1, 3, 2])
def test_the_record_stays_whole(street: Street, seed: int) -> None:
    """Also when the machine's clock is set back on the way (odd seeds, one on each engine)."""
    walk = PetitionWalk(street, random.Random(seed), clock_may_jump_back=seed % 2 == 1)
    walk.begin(CASES)
    for _ in range(STEPS):
        number = walk.step()
        assert not list(contradictions(walk, number)), "\n".join(walk.told[-12:])
    found = [str(finding) for _, finding in verify(street.ctx("auditor")) if finding is not None]
    assert not found, "\n".join((*found, *walk.told))
    assert walk.taken > STEPS / 4, "too little was allowed to prove anything"


def contradictions(walk: PetitionWalk, number: str) -> Iterator[str]:
    """What `verify` does not ask of a petition."""
    street, case = walk.street, walk.street.case(number)
    entries = street.session.scalar(
        select(func.count(TimelineEntry.id)).where(TimelineEntry.case_id == case.id)
    )
    if case.version != entries:
        yield f"version {case.version} of {entries} entries"
    if case.is_open != (case.state in OPEN_STATES and not case.is_sealed):
        yield "open or not"
    yield from _clocks(street, case)
    yield from _unit(street, case)
    yield from _sealed(street, case) if case.is_sealed else _told(walk, case)


def _clocks(street: Street, case: Case) -> Iterator[str]:
    clocks = street.session.scalars(select(Clock).where(Clock.case_id == case.id)).all()
    for clock in clocks:
        yield from _one_clock(clock, case)
    codes = [c.limit_code for c in clocks if c.status in LIVE and c.limit_code != "supervise"]
    if len(codes) != len(set(codes)):
        yield f"twice the same limit: {codes}"
    if len(set(codes) & set(MAIN)) > 1:
        yield f"two main limits: {codes}"
    if case.state in PETITION_OPEN and not case.is_sealed and set(codes) <= OF_THE_PETITIONER:
        yield f"open in {case.state} and nothing is due"


def _one_clock(clock: Clock, case: Case) -> Iterator[str]:
    is_live = clock.status in LIVE
    if (clock.stopped_at is None) != is_live:
        yield f"{clock.limit_code} is {clock.status} and stopped {clock.stopped_at}"
    if clock.status is ClockStatus.MET and clock.stopped_at > clock.due_at:
        yield f"{clock.limit_code} is met though late"
    if is_live and case.state not in MAY_RUN[clock.limit_code]:
        yield f"{clock.limit_code} is {clock.status} while {case.state}"
    is_reminded = clock.next_reminder_at is not None
    if is_live and is_reminded == (clock.limit_code in OF_THE_PETITIONER):
        yield f"{clock.limit_code}: reminded {is_reminded}"


def _unit(street: Street, case: Case) -> Iterator[str]:
    lead = street.session.scalars(
        select(Assignment.unit_id).where(
            Assignment.case_id == case.id, Assignment.part == "lead", Assignment.ended_at.is_(None)
        )
    ).all()
    if lead != ([case.lead_unit_id] if case.lead_unit_id else []):
        yield f"led by {lead}, the case says {case.lead_unit_id}"
    if case.state in IN_WORK and case.lead_unit_id is None:
        yield f"{case.state} and nobody has it"


def _told(walk: PetitionWalk, case: Case) -> Iterator[str]:
    """Dates of the petition row against the state and the clocks."""
    side, session = side_of(walk, case.number), walk.street.session
    clocks = session.scalars(select(Clock).where(Clock.case_id == case.id))
    notice = next(clock for clock in clocks if clock.limit_code == "notify15")
    if notice.status is ClockStatus.RUNNING and side.notified_at:
        yield "the notice was served and still runs"
    if notice.status in MET and notice.stopped_at != side.notified_at:
        yield f"the notice stopped at {notice.stopped_at} and was served at {side.notified_at}"
    if case.state is S.CONCLUDED and side.concluded_at is None:
        yield "concluded at no time"
    if case.state in AFTER_SERVICE:
        yield from _answered(session, case, side)


def _answered(session: Any, case: Case, side: Petition) -> Iterator[str]:
    numbers = session.scalars(
        select(Opinion.number).where(Opinion.case_id == case.id, Opinion.served_at.is_not(None))
    ).all()
    if side.served_at is None or not numbers:
        yield f"{case.state} and nothing was served"
    if side.opinion_number not in numbers:
        yield f"{side.opinion_number} is not the number of what was served"


def _sealed(street: Street, case: Case) -> Iterator[str]:
    if case.state not in LANE_STATES | {S.CONCLUDED, S.ARCHIVED}:
        yield f"sealed and {case.state}"
    if (case.title, case.content, case.lead_unit_id) != (TITLE, CONTENT, None):
        yield "the row of a sealed case says more than that"
    if search_index.knows(street.session, case.id):
        yield "a sealed case is found by search"
    if street.session.get(ConfidentialMatter, case.id) is None:
        yield "its words are gone"
    readers = street.session.scalars(
        select(Account.roles)
        .join(InboxMessage, InboxMessage.account_id == Account.id)
        .where(InboxMessage.case_id == case.id)
    )
    if any(Role.DISCIPLINE not in roles for roles in readers):
        yield "somebody else has a message about it"
