"""The history of a case: entries that are only ever added, chained by hash.

Personal or free text stands beside the entry in `timeline_texts`, encrypted and erasable; the
entry holds a salted commitment to it, so erasing it leaves the chain whole.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import Action, Role, State, Visibility
from casetracker.persistence.columns import BigId, JsonDoc, UtcDateTime, enum_text
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedText


class TimelineEntry(Base):
    __tablename__ = "timeline_entries"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        Index("ix_timeline_entries_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)  # when it was recorded
    happened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # where earlier
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(40))
    actor_role: Mapped[Role] = mapped_column(enum_text(Role))
    actor_unit_id: Mapped[int | None]
    action: Mapped[Action] = mapped_column(enum_text(Action))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    from_state: Mapped[State | None] = mapped_column(enum_text(State))
    to_state: Mapped[State] = mapped_column(enum_text(State))
    visibility: Mapped[Visibility] = mapped_column(enum_text(Visibility))
    payload: Mapped[dict[str, Any]] = mapped_column(JsonDoc)
    text_commitment: Mapped[str | None] = mapped_column(String(64))
    door: Mapped[str] = mapped_column(String(20))
    ip: Mapped[str | None] = mapped_column(String(60))
    request_id: Mapped[str | None] = mapped_column(String(60))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class TimelineText(Base):
    __tablename__ = "timeline_texts"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("timeline_entries.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(String(32))
    body: Mapped[str | None] = mapped_column(SealedText("timeline_texts.body"))
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
