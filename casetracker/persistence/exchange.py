"""What comes from and goes back to other platforms: import batches, mappings, reply templates."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import Channel
from casetracker.persistence.columns import JsonDoc, UtcDateTime, enum_text
from casetracker.persistence.database import Base


class ImportBatch(Base):
    __tablename__ = "import_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    mapping: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None]
    read: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    rejected_file: Mapped[str | None] = mapped_column(String(200))


class ImportMapping(Base):
    """A user-made mapping: column names of a file to columns of a built-in mapping."""

    __tablename__ = "import_mappings"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    base: Mapped[str] = mapped_column(String(20))  # history | messages
    columns: Mapped[dict[str, Any]] = mapped_column(JsonDoc)
    constants: Mapped[dict[str, Any]] = mapped_column(JsonDoc)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReplyTemplate(Base):
    """Words to start a reply from, or the form in which an upstream platform wants it."""

    __tablename__ = "reply_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    use: Mapped[str] = mapped_column(String(20))  # reply | upstream
    channel: Mapped[Channel | None] = mapped_column(enum_text(Channel))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    body: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(default=True)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
