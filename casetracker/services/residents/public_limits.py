"""By when a resident is answered, or a petitioner told the next thing.

Source: docs/rules/hotline.md §2; docs/rules/petition.md §8.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.limits import MAIN
from casetracker.domain.vocabulary import ClockStatus, State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.queries.reference import Reference
from casetracker.services.residents.public_stations import ANSWERED_STATES
from casetracker.services.steps.clocks import LIVE

ANSWERS = ("handle", "redo")
PROMISED = {
    State.REGISTERED: ("notify15",),
    State.CLASSIFIED: ("notify15",),
    State.OBJECTION_PENDING: ("notify15",),
    State.TO_NOTIFY: ("notify15",),
    State.AWAITING_REPORT: ("assign_due",),
    State.EXECUTING: ("execute",),
    State.IN_REVIEW: ("review30",),
    State.IN_FINAL_REVIEW: ("rereview30",),
}
"""What a petitioner waits for at each stage before and after the answer itself."""


@dataclass(frozen=True, slots=True)
class AnswerBy:
    """By when the resident is answered. `provisional`: a holiday notice may still move it."""

    due_at: datetime
    standing: Standing
    provisional: bool


def answer_by(session: Session, ref: Reference, case: Case, now: datetime) -> AnswerBy | None:
    """The running limit of the answer, or of what comes first; before dispatch, what was promised.

    None where nothing is owed any more.
    """
    if not case.is_open or case.state in ANSWERED_STATES:
        return None
    codes = ANSWERS if case.track is Track.HOTLINE else (PROMISED.get(case.state) or MAIN)
    clock = session.scalar(
        select(Clock)
        .where(Clock.case_id == case.id, Clock.limit_code.in_(codes), Clock.status.in_(LIVE))
        .order_by(Clock.id.desc())
        .limit(1)
    )
    if clock is not None:
        paused = clock.status is ClockStatus.PAUSED
        stands = standing(clock.due_at, clock.warn_at, now, paused=paused)
        return AnswerBy(clock.due_at, stands, clock.provisional)
    if case.handle_due_at is None:
        return None
    late = now > case.handle_due_at
    provisional = ref.calendar.is_provisional(local_date(case.handle_due_at))
    return AnswerBy(case.handle_due_at, Standing.OVERDUE if late else Standing.ON_TIME, provisional)
