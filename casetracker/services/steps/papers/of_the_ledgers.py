"""Values from the ledgers' entries about the case: a reception, a note, an undertaking."""

from sqlalchemy import select

from casetracker.labels import label
from casetracker.persistence.ledgers import (
    LetterReading,
    ReceptionEntry,
    ReceptionSession,
    Undertaking,
    UndertakingCase,
    UndertakingMilestone,
)
from casetracker.services.steps.papers.subject import Subject, Values, day_text


def reception(subject: Subject) -> Values:
    """The last entry of a leader's reception about the case."""
    row = subject.last(ReceptionEntry)
    if row is None:
        return {}
    held = subject.session.get_one(ReceptionSession, row.session_id)
    return {
        "held_on": day_text(held.starts_at),
        "reception_kind": label(held.kind),
        "leader": f"{subject.name_of(held.leader_id)}（{held.post}）",
        "companions": held.accompanying or "",
        "place": row.matter_place or "",
        "matter": row.matter or "",
        "cause": row.cause or "",
        "instruction": row.instruction or "",
        "instructed_on": day_text(held.starts_at),
        "unit": subject.unit_name(row.unit_id),
        "report_due_on": day_text(row.due_on),
        "result": row.report or "",
        "satisfaction": label(row.satisfaction) if row.satisfaction else "",
    }


def letter_note(subject: Subject) -> Values:
    """The last note of a leader who read the letter (阅信批示)."""
    row = subject.last(LetterReading)
    if row is None:
        return {}
    return {
        "leader": subject.name_of(row.leader_id),
        "instructed_on": day_text(row.read_on),
        "instruction": row.note,
        "unit": subject.unit_name(row.unit_id),
        "report_due_on": day_text(row.due_on),
    }


def undertaking(subject: Subject) -> Values:
    """The last undertaking (包案) that covers the case, with its milestones."""
    row = subject.session.scalar(
        select(Undertaking)
        .join(UndertakingCase, UndertakingCase.undertaking_id == Undertaking.id)
        .where(UndertakingCase.case_id == subject.case.id)
        .order_by(Undertaking.id.desc())
        .limit(1)
    )
    if row is None:
        return {}
    return {
        "leader": f"{subject.name_of(row.leader_id)}（{row.post}）",
        "unit": subject.unit_name(row.unit_id),
        "matter": row.title,
        "plan": row.plan,
        "expected_on": day_text(row.expected_on),
        "settled_on": day_text(row.finished_on),
        "progress": f"{row.progress}%",
        "result": label(row.result) if row.result else "",
        "milestones": _milestones(subject, row.id),
    }


def _milestones(subject: Subject, undertaking_id: int) -> str:
    rows = subject.session.scalars(
        select(UndertakingMilestone)
        .where(UndertakingMilestone.undertaking_id == undertaking_id)
        .order_by(UndertakingMilestone.day, UndertakingMilestone.id)
    )
    return "\n".join(
        f"{day_text(row.day)} {row.what}（{'已完成' if row.done_at else '未完成'}）" for row in rows
    )
