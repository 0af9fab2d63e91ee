"""Official papers as they were issued, and how they were served.

The database itself refuses to change or remove either: a mistake is put right by a new paper that
names the old one. Both files of a paper lie in the file store under random names.
Source: docs/rules/papers.md §1.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.petition_vocabulary import PaperKind, ServiceMethod
from casetracker.persistence.columns import BigId, UtcDateTime, enum_text
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedJson, SealedText


class Paper(Base):
    """A paper of a case; `fields` are its values as typed or recorded.

    `issued_on` is the date that it bears; `replaces_id` the paper that it corrects. `series` and
    `sequence` are what its `number` was made of; an order's or another organ's number has neither.
    """

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("series", "sequence"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[PaperKind] = mapped_column(enum_text(PaperKind))
    number: Mapped[str | None] = mapped_column(String(60))
    series: Mapped[str | None] = mapped_column(String(40))
    sequence: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(80))
    fields: Mapped[dict[str, Any]] = mapped_column(SealedJson("papers.fields"))
    round: Mapped[int] = mapped_column(default=1)
    issued_on: Mapped[date] = mapped_column(Date)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[int | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"), unique=True)
    docx_name: Mapped[str] = mapped_column(String(80), unique=True)
    docx_sha256: Mapped[str] = mapped_column(String(64))
    docx_size: Mapped[int]
    pdf_name: Mapped[str] = mapped_column(String(80), unique=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    pdf_size: Mapped[int]


class PaperService(Base):
    """How a paper reached somebody (送达): what a 送达回证 proves."""

    __tablename__ = "paper_services"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), index=True)
    method: Mapped[ServiceMethod] = mapped_column(enum_text(ServiceMethod))
    receiver: Mapped[str] = mapped_column(SealedText("paper_services.receiver"))
    served_at: Mapped[datetime] = mapped_column(UtcDateTime)
    witness: Mapped[str | None] = mapped_column(SealedText("paper_services.witness"))
    note: Mapped[str | None] = mapped_column(SealedText("paper_services.note"))
    recorded_by: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
