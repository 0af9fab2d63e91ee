"""The facts of a batch of cases, as the rules of supervision ask for them; statements are fixed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.oversight.watched import Happened, LeaderNote, RunningLimit, Watched
from casetracker.domain.vocabulary import (
    Action,
    CallValidity,
    ClockStatus,
    DissatisfactionReason,
    Result,
    Role,
    SuperviseTrigger,
)
from casetracker.persistence.clock import Clock
from casetracker.persistence.ledgers import LetterReading
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import FollowUp, Reply, SupervisionOrder

Item = TypeVar("Item")
UNIT = (Role.HANDLER, Role.UNIT_HEAD)
RECORDS = (
    Action.CONTACT, Action.LOG, Action.ATTACH, Action.ASSIST, Action.WHISTLE,
    Action.ASSIST_REPORT, Action.REQUEST_RETURN, Action.REQUEST_EXTENSION, Action.REQUEST_HOLD,
    Action.SUBMIT, Action.DRAFT, Action.EXECUTE, Action.SUPERVISE_REPORT,
)  # fmt: skip
"""Steps of a unit that show that it works on the case; signing for it does not."""
CLAIMS = (Result.RESOLVED, Result.PARTLY)
LATELY = timedelta(days=30)
"""So long before a reply others with the same words count."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the cases of a batch, by case."""

    limits: dict[int, list[RunningLimit]]
    records: dict[int, Any]
    notes: dict[int, Happened]
    replies: dict[int, Any]
    twins: dict[str, int]
    answers: dict[int, Any]
    letters: dict[int, list[LeaderNote]]
    orders: dict[int, set[SuperviseTrigger]]


def watched_cases(session: Session, cases: Sequence[Any]) -> Iterator[Watched]:
    """Each of the cases with what the rules look at; eight statements in all."""
    ids = [case.id for case in cases]
    replies = _last_replies(session, ids)
    beside = _Beside(
        limits=_limits(session, ids),
        records=_last_records(session, ids),
        notes=_last_notes(session, ids),
        replies=replies,
        twins=_twins(session, replies.values()),
        answers=_last_answers(session, ids),
        letters=_open_letters(session, ids),
        orders=_pressed(session, ids),
    )
    return (_watched(case, beside) for case in cases)


def _watched(case: Any, beside: _Beside) -> Watched:
    reply, answer = beside.replies.get(case.id), beside.answers.get(case.id)
    answered = Happened(reply.id, reply.reached_at) if reply and reply.reached_at else None
    return Watched(
        case_id=case.id,
        state=case.state,
        channel=case.channel,
        risk_tags=case.risk_tags,
        persons=case.persons,
        is_repeat=case.repeat_of_id is not None,
        repeat_count=case.repeat_count,
        urge_count=case.urge_count,
        return_count=case.return_count,
        lead_unit_id=case.lead_unit_id,
        limits=tuple(beside.limits.get(case.id, ())),
        last_record_at=beside.records.get(case.id),
        sent_back=_sent_back(reply),
        instructed=beside.notes.get(case.id),
        letters=tuple(beside.letters.get(case.id, ())),
        answered=answered,
        twins=beside.twins.get(reply.text_hash, 1) - 1 if reply and answered else 0,
        disputed=answer.id if answer and _is_disputed(case, answer) else None,
        under_order=frozenset(beside.orders.get(case.id, ())),
    )


def _sent_back(reply: Any | None) -> Happened | None:
    if reply is None or reply.approved is not False or reply.reviewed_at is None:
        return None
    return Happened(reply.id, reply.reviewed_at)


def _is_disputed(case: Any, answer: Any) -> bool:
    """The resident says that nobody spoke with them, or that the reply is untrue."""
    denies_contact = answer.contacted is False and case.contacted_at is not None
    return denies_contact or answer.dissatisfied_because is DissatisfactionReason.REPLY_UNTRUE


def _limits(session: Session, ids: Sequence[int]) -> dict[int, list[RunningLimit]]:
    rows = session.execute(
        select(
            Clock.case_id, Clock.id, Clock.limit_code, Clock.unit_id, Clock.started_at,
            Clock.due_at,
        ).where(Clock.case_id.in_(ids), Clock.status == ClockStatus.RUNNING)
    )  # fmt: skip
    return _grouped((row[0], RunningLimit(*row[1:])) for row in rows)


def _last_records(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    rows = session.execute(
        select(TimelineEntry.case_id, func.max(TimelineEntry.at).label("at"))
        .where(
            TimelineEntry.case_id.in_(ids),
            TimelineEntry.action.in_(RECORDS),
            TimelineEntry.actor_role.in_(UNIT),
        )
        .group_by(TimelineEntry.case_id)
    )
    return {row.case_id: row.at for row in rows}


def _last_notes(session: Session, ids: Sequence[int]) -> dict[int, Happened]:
    rows = session.execute(
        select(TimelineEntry.case_id, TimelineEntry.id, TimelineEntry.at)
        .where(TimelineEntry.case_id.in_(ids), TimelineEntry.action == Action.INSTRUCT)
        .order_by(TimelineEntry.id)
    )
    return {row.case_id: Happened(row.id, row.at) for row in rows}


def _last_replies(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    newest = select(func.max(Reply.id)).where(Reply.case_id.in_(ids)).group_by(Reply.case_id)
    rows = session.execute(
        select(
            Reply.id, Reply.case_id, Reply.approved, Reply.reviewed_at, Reply.reached_at,
            Reply.text_hash, Reply.result,
        ).where(Reply.id.in_(newest))
    )  # fmt: skip
    return {row.case_id: row for row in rows}


def _twins(session: Session, replies: Iterable[Any]) -> dict[str, int]:
    """How many cases were told lately with each of the texts that something was put right.

    What explains or answers a question may well be said in the same words each time.
    """
    reached = [row for row in replies if row.reached_at and row.result in CLAIMS]
    since = min((row.reached_at for row in reached), default=None)
    if since is None:
        return {}
    rows = session.execute(
        select(Reply.text_hash, func.count(func.distinct(Reply.case_id)))
        .where(
            Reply.text_hash.in_({row.text_hash for row in reached}),
            Reply.result.in_(CLAIMS),
            Reply.reached_at >= since - LATELY,
        )
        .group_by(Reply.text_hash)
    )
    return {row[0]: row[1] for row in rows}


def _last_answers(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    rows = session.execute(
        select(FollowUp.id, FollowUp.case_id, FollowUp.contacted, FollowUp.dissatisfied_because)
        .where(FollowUp.case_id.in_(ids), FollowUp.validity == CallValidity.VALID)
        .order_by(FollowUp.id)
    )
    return {row.case_id: row for row in rows}


def _open_letters(session: Session, ids: Sequence[int]) -> dict[int, list[LeaderNote]]:
    rows = session.execute(
        select(LetterReading.case_id, LetterReading.id, LetterReading.due_on).where(
            LetterReading.case_id.in_(ids),
            LetterReading.due_on.is_not(None),
            LetterReading.report.is_(None),
        )
    )
    return _grouped((row.case_id, LeaderNote(row.id, row.due_on)) for row in rows)


def _pressed(session: Session, ids: Sequence[int]) -> dict[int, set[SuperviseTrigger]]:
    found: dict[int, set[SuperviseTrigger]] = {}
    for case_id, trigger in session.execute(
        select(SupervisionOrder.case_id, SupervisionOrder.trigger).where(
            SupervisionOrder.case_id.in_(ids), SupervisionOrder.closed_at.is_(None)
        )
    ):
        found.setdefault(case_id, set()).add(trigger)
    return found


def _grouped(pairs: Iterable[tuple[int, Item]]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found
