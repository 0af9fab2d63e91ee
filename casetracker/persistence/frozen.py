"""Months that were frozen, their corrections, and the files printed of both.

The database itself refuses to change or remove any of it. What is kept of a month stands as a
state of its figures for each track: number 0 as it was frozen, number n as the n-th correction
left it. Source: docs/rules/rates.md 10.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import Track
from casetracker.persistence.columns import PackedJson, UtcDateTime, enum_text
from casetracker.persistence.database import Base


class FrozenMonth(Base):
    """A month with its 通报: `facts` and `words` as printed; `frozen_at` is when they were read."""

    __tablename__ = "frozen_months"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    frozen_by_name: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    words: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    sha256: Mapped[str] = mapped_column(String(64))


class FrozenFigures(Base):
    """The figures of a month under one profile, by every dimension, and the cases behind them."""

    __tablename__ = "frozen_figures"

    month: Mapped[str] = mapped_column(ForeignKey("frozen_months.month"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    track: Mapped[Track] = mapped_column(enum_text(Track), primary_key=True)
    profile: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    definition: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    tables: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    roll: Mapped[dict[str, Any]] = mapped_column(PackedJson)


class MonthCorrection(Base):
    """A correction (更正) of a frozen month: what differed, and why it was put right.

    `document_number` is the 发文字号 where it has one; `changes` is what the notice says.
    """

    __tablename__ = "month_corrections"

    month: Mapped[str] = mapped_column(ForeignKey("frozen_months.month"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    issued_by_name: Mapped[str] = mapped_column(String(40))
    document_number: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, Any]] = mapped_column(PackedJson)
    sha256: Mapped[str] = mapped_column(String(64))


class FrozenFile(Base):
    """A file in the store: of the 通报 (number 0) or of a correction, in one format."""

    __tablename__ = "frozen_files"
    __table_args__ = (UniqueConstraint("month", "number", "file_format"),)

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    month: Mapped[str] = mapped_column(ForeignKey("frozen_months.month"))
    number: Mapped[int]
    file_format: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
