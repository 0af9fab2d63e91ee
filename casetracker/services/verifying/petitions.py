"""What must hold of every petition beside what holds of every case.

Source: 《信访工作条例》 art. 23, 32, 34; docs/rules/petition.md §9.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from casetracker.domain.petition_vocabulary import ConcludeGround
from casetracker.domain.vocabulary import State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Opinion, Petition
from casetracker.services.verifying.findings import Finding, Sight

TOLD = (State.REFUSED, State.REFUSED_AGAIN, State.REDIRECTED, State.FORWARDED)
ANSWERED = (
    State.SERVED, State.EXECUTING, State.IN_REVIEW, State.REVIEWED, State.IN_FINAL_REVIEW,
    State.FINALLY_REVIEWED,
)  # fmt: skip
WITHOUT_OPINION = (ConcludeGround.MEDIATED, ConcludeGround.DEATH, ConcludeGround.LANE_FINISHED)


def _found(
    sight: Sight, code: str, kind: str, *conditions: ColumnElement[bool]
) -> Iterator[Finding]:
    query: Any = (
        select(Case.number)
        .outerjoin(Petition, Petition.case_id == Case.id)
        .where(Case.track == Track.PETITION, *conditions)
        .order_by(Case.id)
    )
    for number in sight.session.scalars(query.execution_options(yield_per=1000)):
        yield Finding(code, kind, number)


def unrecorded(sight: Sight) -> Iterator[Finding]:
    """P1: the petition row is there, and nothing was told before it was received."""
    yield from _found(sight, "P1", "没有信访登记", Petition.case_id.is_(None))
    yield from _found(sight, "P1", "告知早于收到", Petition.notified_at < Case.received_at)


def unserved(sight: Sight) -> Iterator[Finding]:
    """P2: what counts as answered was signed, numbered and served; an imported one served."""
    signed = exists().where(
        Opinion.case_id == Case.id,
        Opinion.is_signed.is_(True),
        Opinion.number.is_not(None),
        Opinion.served_at.is_not(None),
    )
    concluded = and_(
        Case.state == State.CONCLUDED,
        Case.is_sealed.is_(False),
        Petition.conclude_ground.not_in(WITHOUT_OPINION),
    )
    answered = or_(Case.state.in_(ANSWERED), concluded)
    yield from _found(sight, "P2", "已答复而没有送达时间", answered, Petition.served_at.is_(None))
    own = Case.is_imported.is_(False)
    yield from _found(sight, "P2", "已答复而没有签发编号的意见", answered, own, not_(signed))
    dated = Petition.served_at != Case.replied_at
    first = Case.round == 1
    yield from _found(sight, "P2", "送达时间与答复时间不符", dated, first)


def untold(sight: Sight) -> Iterator[Finding]:
    """P3: whoever is sent elsewhere or refused was told so in writing."""
    yield from _found(
        sight, "P3", "没有书面告知", Case.state.in_(TOLD), Petition.notified_at.is_(None)
    )


def counted_twice(sight: Sight) -> Iterator[Finding]:
    """P5: a hotline case that became a petition did so once, and is closed as referred."""
    twice = (
        select(Petition.from_hotline_id)
        .where(Petition.from_hotline_id.is_not(None))
        .group_by(Petition.from_hotline_id)
        .having(func.count() > 1)
    )
    old = select(Case.number).where(Case.id.in_(twice))
    for number in sight.session.scalars(old):
        yield Finding("P5", "转为信访件不止一次", number)
    moved = select(Petition.from_hotline_id).where(Petition.from_hotline_id.is_not(None))
    both = select(Case.number).where(Case.id.in_(moved), Case.is_open)
    for number in sight.session.scalars(both):
        yield Finding("P5", "转信访后仍在办", number)
