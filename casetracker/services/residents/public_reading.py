"""What a resident may see of a case: where it stands, who has it, by when, and what was answered.

Never a name of the staff, never personal data, never an entry that is not public. Somebody who
asked for confidentiality finds nothing here of what they said; of what lies in the confidential
lane there is nothing but that it was received. Source: docs/rules/hotline.md §2; 个人信息保护法
art. 6; 《信访工作条例》 art. 30.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.privacy import HIDDEN, mask_address, mask_text
from casetracker.domain.vocabulary import (
    Action,
    Kind,
    Result,
    Satisfaction,
    State,
    Track,
)
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.working import Reply
from casetracker.services.context import Context
from casetracker.services.query_codes import case_by_code
from casetracker.services.residents.petition_stations import petition_stops
from casetracker.services.residents.public_history import PublicEvent, public_events
from casetracker.services.residents.public_limits import AnswerBy, answer_by
from casetracker.services.residents.public_petition import PublicPetition, may, public_petition
from casetracker.services.residents.public_stations import (
    ANSWERED_STATES,
    Passed,
    Station,
    Stop,
    stops_of,
)
from casetracker.services.steps.follow_ups import (
    closed_to_evaluation,
    evaluation_ends,
    own_judgement,
)
from casetracker.services.steps.oversight import urged_enough
from casetracker.services.use_case import query


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
    is_sealed: bool = False
    petition: PublicPetition | None = None


@query
def read_public(ctx: Context, session: Session, number: str, code: str) -> PublicCase:
    """The case behind number and code. NotFound alike for an unknown number and a wrong code."""
    ref = reference(session)
    case = case_by_code(session, number, code, to_change=False)
    if case.is_sealed:
        return _sealed(case)
    row = session.get(Petition, case.id) if case.track is Track.PETITION else None
    worked = _worked_on(session, case)
    person = session.get(Petitioner, case.petitioner_id)
    discreet = person is None or person.is_confidential
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
        answer_by=answer_by(session, ref, worked, ctx.now),
        stops=petition_stops(case, row) if row else stops_of(case, worked),
        replies=_replies(session, case),
        events=public_events(session, ref, case, discreet=discreet),
        judgement=Judgement(own.at, own.satisfaction, own.resolved) if own else None,
        judge_until=judge_until,
        may_judge=own is None
        and may(case, Action.EVALUATE)
        and not closed_to_evaluation(case, ctx.now, judge_until),
        may_urge=may(case, Action.URGE) and case.state not in ANSWERED_STATES,
        may_attach=may(case, Action.ATTACH),
        has_urged=urged_enough(session, ref, case.id, ctx.now),
        petition=public_petition(session, ref, case, row, ctx.now) if row else None,
    )  # fmt: skip


def _sealed(case: Case) -> PublicCase:
    """Received, and handled by rule: whatever its track and wherever it has come to (art. 30)."""
    return PublicCase(
        number=case.number,
        kind=case.kind,
        state=State.IN_LANE,
        is_open=True,
        is_grouped=False,
        is_confidential=True,
        received_at=case.received_at,
        content=None,
        address=None,
        unit=None,
        answer_by=None,
        stops=(Stop(Station.REGISTERED, Passed.DONE, case.received_at),),
        replies=(),
        events=(),
        judgement=None,
        judge_until=None,
        may_judge=False,
        may_urge=False,
        may_attach=False,
        has_urged=False,
        is_sealed=True,
    )


def _worked_on(session: Session, case: Case) -> Case:
    """The case under which the matter goes on: itself unless grouped."""
    seen = {case.id}
    while case.grouped_into_id is not None and case.grouped_into_id not in seen:
        seen.add(case.grouped_into_id)
        parent = session.get(Case, case.grouped_into_id)
        if parent is None or parent.is_sealed:
            break
        case = parent
    return case


def _unit(ref: Reference, case: Case) -> str | None:
    """Who has it, once somebody has."""
    return None if case.lead_unit_id is None else ref.units[case.lead_unit_id].name


def _public_place(ref: Reference, case: Case) -> str | None:
    """The community and the address down to the road; nothing that leads to a door."""
    area = ref.unit_name(case.area_unit_id) or ""
    road = mask_address(case.address) if case.address else ""
    return " ".join(part for part in (area, road) if part not in ("", HIDDEN)) or None


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
