"""Running limits of a case: when they started, when they are due and what was reminded."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import ClockStatus
from casetracker.persistence.columns import BigId, UtcDateTime, enum_text, partial_index
from casetracker.persistence.database import Base


class Clock(Base):
    """`due_at` is what lateness is judged by: `due_legal`, or the upstream ticket's own limit.

    `due_version` counts changes of the due date; reminders are unique per version.
    """

    __tablename__ = "clocks"
    __table_args__ = (
        Index("ix_clocks_case", "case_id"),
        partial_index(
            "ix_clocks_next_reminder", "next_reminder_at", "id", where="status = 'running'"
        ),
        partial_index("ix_clocks_provisional", "provisional", where="provisional"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    limit_code: Mapped[str] = mapped_column(String(40))  # id of the catalogue: sign, handle …
    rule_code: Mapped[str] = mapped_column(String(40))  # the row applied: handle:help …
    subject_id: Mapped[int | None]  # assignment or supervision order that it belongs to
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    round: Mapped[int] = mapped_column(default=1)
    status: Mapped[ClockStatus] = mapped_column(enum_text(ClockStatus))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_raw: Mapped[datetime] = mapped_column(UtcDateTime)
    due_legal: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    warn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    provisional: Mapped[bool] = mapped_column(default=False)
    calendar_version: Mapped[str] = mapped_column(String(120), default="")
    extended_days: Mapped[int] = mapped_column(default=0)
    due_version: Mapped[int] = mapped_column(default=1)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_reminder_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_step: Mapped[str | None] = mapped_column(String(20))


class ClockPause(Base):
    """A suspension with its basis; the due date is derived from these, never accumulated."""

    __tablename__ = "clock_pauses"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    basis: Mapped[str] = mapped_column(String(200))


class Reminder(Base):
    """One step of the ladder, told to one person about one due date: never twice."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("clock_id", "due_version", "step", "occurrence", "account_id"),
        partial_index("ix_reminders_undigested", "account_id", where="digest_id IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clocks.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    due_version: Mapped[int]
    step: Mapped[str] = mapped_column(String(20))
    occurrence: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_late: Mapped[bool] = mapped_column(default=False)  # told after an outage (补发)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_messages.id"))
