"""Orders for exported tables, with what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.exports import ExportKind, ExportState
from casetracker.persistence.columns import BigId, UtcDateTime, enum_text, partial_index
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedJson


class ExportJob(Base):
    """One order. `question` may hold a name that was searched for and stands encrypted; `about`
    says the same without it. `reach` is how far the asker saw when the file was made.
    """

    __tablename__ = "export_jobs"
    __table_args__ = (
        Index("ix_export_jobs_asked_by", "asked_by", "id"),
        partial_index("ix_export_jobs_unmade", "id", where="state IN ('waiting', 'making')"),
        partial_index("ix_export_jobs_to_consent", "id", where="state = 'to_consent'"),
        partial_index("ix_export_jobs_kept", "expires_at", where="storage_name IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[ExportKind] = mapped_column(enum_text(ExportKind))
    file_format: Mapped[str] = mapped_column(String(10))
    question: Mapped[dict[str, Any]] = mapped_column(SealedJson("export_jobs.question"))
    about: Mapped[str] = mapped_column(String(400))
    purpose: Mapped[str] = mapped_column(String(200))
    state: Mapped[ExportState] = mapped_column(enum_text(ExportState, checked=True))
    rows_expected: Mapped[int]
    rows_done: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_note: Mapped[str | None] = mapped_column(Text)
    attempt: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failure: Mapped[str | None] = mapped_column(String(40))
    reach: Mapped[str | None] = mapped_column(String(64))
    storage_name: Mapped[str | None] = mapped_column(String(80), unique=True)
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
