"""Effects on the outside, inbox messages, idempotency keys and heartbeats."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.persistence.columns import BigId, JsonDoc, UtcDateTime, enum_text, partial_index
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedJson


class OutboxState(StrEnum):
    """待发 → 发送中 → 已发 | 失败(再试) | 结果未知 | 死信 | 放弃."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"
    GIVEN_UP = "given_up"


class OutboxRow(Base):
    """One message to one recipient by one channel; holds ids, never personal data."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_waiting", "next_at", "id", where="state = 'waiting'"),
        partial_index("ix_outbox_sending", "lease_until", where="state = 'sending'"),
        partial_index("ix_outbox_troubled", "next_at", "id", where="state IN ('unknown', 'dead')"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    seq: Mapped[int | None]
    topic: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(20))  # relay | sms | mail
    recipient: Mapped[str] = mapped_column(String(60))  # account:7, petitioner:12 or ""
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JsonDoc)
    state: Mapped[OutboxState] = mapped_column(enum_text(OutboxState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempt_id: Mapped[str | None] = mapped_column(String(40))
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InboxMessage(Base):
    """A message on somebody's desk."""

    __tablename__ = "inbox_messages"
    __table_args__ = (
        Index("ix_inbox_messages_account", "account_id", "id"),
        partial_index("ix_inbox_messages_unread", "account_id", where="read_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    topic: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(String(300))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IdempotencyKey(Base):
    """A client's key with the first answer, written in the transaction of the effect."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        UniqueConstraint("principal", "key"),
        Index("ix_idempotency_keys_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    principal: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(255))
    body_hash: Mapped[str] = mapped_column(String(64))
    result: Mapped[Any] = mapped_column(SealedJson("idempotency_keys.result"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Heartbeat(Base):
    """When a process or job last showed that it lives."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobRun(Base):
    """One run of a periodic job in one period; the key keeps two schedulers apart."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("job", "period"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
