"""Supervision beside its orders: rules as the office set them, suggestions, talks, whistles.

Source: docs/rules/supervision.md.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.oversight_vocabulary import RuleMode, SuggestionStatus
from casetracker.domain.vocabulary import SuperviseTrigger
from casetracker.persistence.columns import (
    BigId,
    CodeSet,
    JsonDoc,
    UtcDateTime,
    enum_text,
    partial_index,
)
from casetracker.persistence.database import Base


class OversightRuleRow(Base):
    """A rule of supervision from a date on; `code` names a row of a catalogue in the domain."""

    __tablename__ = "oversight_rules"
    __table_args__ = (UniqueConstraint("code", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    effective_from: Mapped[date] = mapped_column(Date)
    is_on: Mapped[bool]
    mode: Mapped[RuleMode] = mapped_column(enum_text(RuleMode))
    numbers: Mapped[dict[str, int]] = mapped_column(JsonDoc)
    changed_by: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OversightSuggestion(Base):
    """What a rule found on a case, once for each occasion, and what became of it.

    `mode` is that of the rule when it was found; `unit_id` whom an order goes to.
    """

    __tablename__ = "oversight_suggestions"
    __table_args__ = (
        UniqueConstraint("case_id", "trigger", "episode"),
        partial_index(
            "ix_oversight_suggestions_pending", "found_at", "id", where="status = 'pending'"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    trigger: Mapped[SuperviseTrigger] = mapped_column(enum_text(SuperviseTrigger))
    episode: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JsonDoc)
    mode: Mapped[RuleMode] = mapped_column(enum_text(RuleMode))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[SuggestionStatus] = mapped_column(enum_text(SuggestionStatus))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("supervision_orders.id"))
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)


class Talk(Base):
    """约谈: a leader talked with a unit about its work; what was promised by when, and done."""

    __tablename__ = "oversight_talks"
    __table_args__ = (
        Index("ix_oversight_talks_held", "held_on", "id"),
        Index("ix_oversight_talks_unit", "unit_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    reasons: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset)
    held_on: Mapped[date] = mapped_column(Date)
    host: Mapped[str] = mapped_column(String(80))
    attendees: Mapped[str] = mapped_column(String(200))
    matter: Mapped[str] = mapped_column(Text)
    promise: Mapped[str] = mapped_column(Text)
    promise_due_on: Mapped[date | None] = mapped_column(Date)
    follow_up: Mapped[str | None] = mapped_column(Text)
    followed_up_on: Mapped[date | None] = mapped_column(Date)
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Whistle(Base):
    """吹哨: departments were called to the spot about a matter of one case."""

    __tablename__ = "whistles"
    __table_args__ = (Index("ix_whistles_blown", "blown_at", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    topic: Mapped[str] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(200))
    respond_by: Mapped[datetime] = mapped_column(UtcDateTime)
    blown_by: Mapped[int | None]
    blown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)
    settled_by: Mapped[int | None]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WhistleCall(Base):
    """One department that was whistled for: when it came, and what each thinks of the other."""

    __tablename__ = "whistle_calls"
    __table_args__ = (
        CheckConstraint("unit_score BETWEEN 1 AND 5", name="unit_score_of_five"),
        CheckConstraint("street_score BETWEEN 1 AND 5", name="street_score_of_five"),
        Index("ix_whistle_calls_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    whistle_id: Mapped[int] = mapped_column(ForeignKey("whistles.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    came: Mapped[str | None] = mapped_column(String(200))
    unit_score: Mapped[int | None]  # the street on the department
    unit_words: Mapped[str | None] = mapped_column(Text)
    unit_scored_by: Mapped[int | None]
    unit_scored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    street_score: Mapped[int | None]  # the department on the street's whistle
    street_words: Mapped[str | None] = mapped_column(Text)
    street_scored_by: Mapped[int | None]
    street_scored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
