"""What happens between dispatch and closing: parts of units, requests, contacts, replies, calls."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.text import likeness
from casetracker.domain.vocabulary import (
    CallValidity,
    ContactChannel,
    ContactOutcome,
    DissatisfactionReason,
    Part,
    RequestKind,
    RequestStatus,
    Result,
    Satisfaction,
    SuperviseLevel,
    SuperviseTrigger,
)
from casetracker.persistence.columns import (
    BigId,
    UtcDateTime,
    enum_text,
    given_index,
    partial_index,
)
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedText


class Assignment(Base):
    """A unit's part in a case: one lead at a time, any number of assisting units."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index("ix_assignments_unit", "unit_id", "case_id"),
        partial_index(
            "ix_assignments_assisting",
            "unit_id",
            "case_id",
            where="part <> 'lead' AND ended_at IS NULL",
        ),
        partial_index("ix_assignments_dispatched", "assigned_at", "case_id", where="part = 'lead'"),
        partial_index(
            "uq_assignments_one_lead",
            "case_id",
            where="part = 'lead' AND ended_at IS NULL",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    part: Mapped[Part] = mapped_column(enum_text(Part))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_by: Mapped[int | None]
    request: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[str | None] = mapped_column(Text)  # why this unit (派单理由)
    was_suggested: Mapped[bool | None]
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str | None] = mapped_column(String(40))


class DecisionRequest(Base):
    """Something that one person asks for and another one decides (退单、延期、挂账、剔除、申诉)."""

    __tablename__ = "decision_requests"
    __table_args__ = (
        partial_index(
            "uq_decision_requests_one_pending",
            "case_id",
            "kind",
            where="status = 'pending'",
            unique=True,
        ),
        Index("ix_decision_requests_pending", "status", "kind"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(enum_text(RequestKind))
    status: Mapped[RequestStatus] = mapped_column(enum_text(RequestStatus))
    requested_by: Mapped[int | None]
    requested_unit_id: Mapped[int | None]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason_code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    days: Mapped[int | None]
    proposed_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    plan: Mapped[str | None] = mapped_column(Text)
    document_number: Mapped[str | None] = mapped_column(String(200))  # what it rests on
    until: Mapped[date | None] = mapped_column(Date)
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_note: Mapped[str | None] = mapped_column(Text)


class Contact(Base):
    """An attempt to speak with the resident while the case is being handled."""

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None]
    channel: Mapped[ContactChannel] = mapped_column(enum_text(ContactChannel))
    outcome: Mapped[ContactOutcome] = mapped_column(enum_text(ContactOutcome))
    note: Mapped[str | None] = mapped_column(SealedText("contacts.note"))
    round: Mapped[int] = mapped_column(default=1)
    assignment_no: Mapped[int] = mapped_column(default=1)


def _likeness_of_text(context: Any) -> str:
    """By which replies are found that say the same; what was imported has none."""
    return likeness(context.get_current_parameters()["text"])


class Reply(Base):
    """A version of the answer: drafted, approved or sent back, and what reached the resident."""

    __tablename__ = "replies"
    __table_args__ = (
        given_index("ix_replies_reached", "reached_at"),
        given_index("ix_replies_likeness", "likeness"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    draft_no: Mapped[int]
    result: Mapped[Result] = mapped_column(enum_text(Result))
    text: Mapped[str] = mapped_column(Text)
    inner_note: Mapped[str | None] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    likeness: Mapped[str | None] = mapped_column(String(64), default=_likeness_of_text)
    submitted_by: Mapped[int | None]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None]
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_note: Mapped[str | None] = mapped_column(Text)
    approved: Mapped[bool | None]
    reached_via: Mapped[ContactChannel | None] = mapped_column(enum_text(ContactChannel))
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    copied_upstream_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FollowUp(Base):
    """One call-back attempt or evaluation; the first valid one counts in the rates."""

    __tablename__ = "follow_ups"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None]
    by_resident: Mapped[bool] = mapped_column(default=False)
    number_matches: Mapped[bool | None]
    validity: Mapped[CallValidity] = mapped_column(enum_text(CallValidity))
    contacted: Mapped[bool | None]
    resolved: Mapped[bool | None]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(enum_text(Satisfaction))
    dissatisfied_because: Mapped[DissatisfactionReason | None] = mapped_column(
        enum_text(DissatisfactionReason)
    )
    note: Mapped[str | None] = mapped_column(SealedText("follow_ups.note"))
    counted: Mapped[bool] = mapped_column(default=False)


class SupervisionOrder(Base):
    """督办: an object with its own number, reply limit and closing."""

    __tablename__ = "supervision_orders"
    __table_args__ = (
        Index("ix_supervision_orders_issued", "issued_at", "id"),
        partial_index("ix_supervision_orders_open", "case_id", where="closed_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    level: Mapped[SuperviseLevel] = mapped_column(enum_text(SuperviseLevel))
    trigger: Mapped[SuperviseTrigger] = mapped_column(enum_text(SuperviseTrigger))
    requirement: Mapped[str] = mapped_column(Text)
    plan: Mapped[str | None] = mapped_column(Text)  # how and by when it will be put right
    issued_by: Mapped[int | None]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    feedback: Mapped[str | None] = mapped_column(Text)
    feedback_by: Mapped[int | None]
    feedback_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_back_count: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None]


class Attachment(Base):
    """A file kept with a case; its bytes lie in the file store under a random name."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))  # request | evidence
    filename: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_name: Mapped[str] = mapped_column(String(80), unique=True)
    round: Mapped[int] = mapped_column(default=1)
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
