"""What a resident may see of a case: where it stands, who has it, by when, and what was answered.

Never a name of the staff, never personal data, never an entry that is not public. Somebody who
asked for confidentiality finds nothing here of what they said. Source: docs/rules/hotline.md §2;
个人信息保护法 art. 6.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.privacy import HIDDEN, mask_address, mask_text
from casetracker.domain.vocabulary import (
    Action,
    ClockStatus,
    Kind,
    Result,
    Role,
    Satisfaction,
    State,
    Track,
)
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.working import Reply
from casetracker.services.context import Context
from casetracker.services.query_codes import case_by_code
from casetracker.services.residents.public_history import PublicEvent, public_events
from casetracker.services.residents.public_stations import ANSWERED_STATES, Stop, stops_of
from casetracker.services.steps.clocks import LIVE
from casetracker.services.steps.follow_ups import (
    closed_to_evaluation,
    evaluation_ends,
    own_judgement,
)
from casetracker.services.steps.oversight import urged_enough
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class AnswerBy:
    """By when the resident is answered. `provisional`: a holiday notice may still move it."""

    due_at: datetime
    standing: Standing
    provisional: bool


@dataclass(frozen=True, slots=True)
class PublicReply:
    """A reply as it reached the resident."""

    at: datetime
    text: str
    result: Result


@dataclass(frozen=True, slots=True)
class Judgement:
    """The resident's own evaluation of the latest reply."""

    at: datetime
    satisfaction: Satisfaction | None
    resolved: bool | None


@dataclass(frozen=True, slots=True)
class PublicCase:
    """One case for whoever knows its number and query code; instants are aware, in UTC.

    `state` is that of the case it was grouped into, if it was. `content` and `address` are None
    where the resident wished for confidentiality.
    """

    number: str
    kind: Kind
    state: State
    is_open: bool
    is_grouped: bool
    is_confidential: bool
    received_at: datetime
    content: str | None
    address: str | None
    unit: str | None
    answer_by: AnswerBy | None
    stops: tuple[Stop, ...]
    replies: tuple[PublicReply, ...]
    events: tuple[PublicEvent, ...]
    judgement: Judgement | None
    judge_until: datetime | None
    may_judge: bool
    may_urge: bool
    may_attach: bool
    has_urged: bool


@query
def read_public(ctx: Context, session: Session, number: str, code: str) -> PublicCase:
    """The case behind number and code. NotFound alike for an unknown number and a wrong code."""
    ref = reference(session)
    case = case_by_code(session, number, code, to_change=False)
    worked = _worked_on(session, case)
    person = session.get(Petitioner, case.petitioner_id)
    discreet = person is None or person.is_confidential or case.track is not Track.HOTLINE
    judge_until = evaluation_ends(session, case, ref)
    own = own_judgement(session, case)
    return PublicCase(
        number=case.number,
        kind=case.kind,
        state=worked.state,
        is_open=worked.is_open,
        is_grouped=case.grouped_into_id is not None,
        is_confidential=discreet,
        received_at=case.received_at,
        content=None if discreet else mask_text(case.content),
        address=None if discreet else _public_place(ref, case),
        unit=_unit(ref, worked),
        answer_by=_answer_by(session, ref, worked, ctx.now),
        stops=stops_of(case, worked),
        replies=_replies(session, case),
        events=public_events(session, ref, case, discreet=discreet),
        judgement=Judgement(own.at, own.satisfaction, own.resolved) if own else None,
        judge_until=judge_until,
        may_judge=own is None
        and _may(case, Action.EVALUATE)
        and not closed_to_evaluation(case, ctx.now, judge_until),
        may_urge=_may(case, Action.URGE) and case.state not in ANSWERED_STATES,
        may_attach=_may(case, Action.ATTACH),
        has_urged=urged_enough(session, ref, case.id, ctx.now),
    )  # fmt: skip


def _worked_on(session: Session, case: Case) -> Case:
    """The case under which the matter goes on: itself unless grouped."""
    seen = {case.id}
    while case.grouped_into_id is not None and case.grouped_into_id not in seen:
        seen.add(case.grouped_into_id)
        parent = session.get(Case, case.grouped_into_id)
        if parent is None:
            break
        case = parent
    return case


def _unit(ref: Reference, case: Case) -> str | None:
    """Who has it; a petition tells no unit's name."""
    if case.track is not Track.HOTLINE or case.lead_unit_id is None:
        return None
    return ref.units[case.lead_unit_id].name


def _public_place(ref: Reference, case: Case) -> str | None:
    """The community and the address down to the road; nothing that leads to a door."""
    area = ref.unit_name(case.area_unit_id) or ""
    road = mask_address(case.address) if case.address else ""
    return " ".join(part for part in (area, road) if part not in ("", HIDDEN)) or None


def _may(case: Case, action: Action) -> bool:
    rows = HOTLINE.rows_from(case.state)
    return any(row.action is action and Role.RESIDENT in row.roles for row in rows)


def _answer_by(session: Session, ref: Reference, case: Case, now: datetime) -> AnswerBy | None:
    """The running limit of the handling or of the redo; before dispatch, what was promised."""
    if not case.is_open or case.state in ANSWERED_STATES:
        return None
    clock = session.scalar(
        select(Clock)
        .where(
            Clock.case_id == case.id,
            Clock.limit_code.in_(("handle", "redo")),
            Clock.status.in_(LIVE),
        )
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


def _replies(session: Session, case: Case) -> tuple[PublicReply, ...]:
    """What reached this resident, newest first; not what others of a group were told."""
    rows = session.scalars(
        select(Reply)
        .where(Reply.case_id == case.id, Reply.approved.is_(True))
        .order_by(Reply.id.desc())
    )
    return tuple(
        PublicReply(row.reached_at, row.text, row.result)
        for row in rows
        if row.reached_at is not None
    )
