"""The working calendar and the limits as dated configuration with their source documents."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import DayUnit
from casetracker.persistence.columns import UtcDateTime, enum_text
from casetracker.persistence.database import Base


class CalendarVersion(Base):
    """One published year; the highest version of a year is in force, older ones are kept."""

    __tablename__ = "calendar_versions"
    __table_args__ = (UniqueConstraint("year", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    version: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    loaded_by: Mapped[int | None]


class CalendarDay(Base):
    """A day that differs from the plain week: a holiday, or a weekend day that is worked."""

    __tablename__ = "calendar_days"
    __table_args__ = (UniqueConstraint("version_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("calendar_versions.id"))
    day: Mapped[date]
    is_workday: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40), default="")


class LimitRow(Base):
    """A limit changed from a date on; cases that started earlier keep the old promise."""

    __tablename__ = "limit_rows"
    __table_args__ = (UniqueConstraint("code", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    amount: Mapped[int]
    unit: Mapped[DayUnit] = mapped_column(enum_text(DayUnit))
    cap_days: Mapped[int | None]
    effective_from: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    changed_by: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Setting(Base):
    """A business value that the office may change (domain.office_settings lists them)."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))
    changed_by: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
