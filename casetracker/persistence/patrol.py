"""Safety patrols: inspections of places (家次), the hazards found (处), and what became of them.

Every step of a hazard is an entry that is only ever added; the row says where the entries led.
Source: docs/rules/patrol.md.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.patrol_vocabulary import (
    HazardKind,
    HazardLevel,
    HazardSource,
    HazardState,
    HazardStep,
    PatrolPhoto,
    PlaceKind,
)
from casetracker.persistence.columns import (
    BigId,
    CodeSet,
    UtcDateTime,
    enum_text,
    given_index,
    partial_index,
)
from casetracker.persistence.database import Base


class Inspection(Base):
    """安全检查: one place looked at once (一家次); its hazards stand beside it."""

    __tablename__ = "inspections"
    __table_args__ = (
        Index("ix_inspections_day", "inspected_on", "id"),
        Index("ix_inspections_area_day", "area_unit_id", "inspected_on"),
        Index("ix_inspections_unit_day", "unit_id", "inspected_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    inspected_on: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(200))
    place_kind: Mapped[PlaceKind] = mapped_column(enum_text(PlaceKind))
    area_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  # 所在社区（大队）
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # who inspected
    inspectors: Mapped[str] = mapped_column(String(200))
    checked: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset)
    note: Mapped[str | None] = mapped_column(Text)
    found_hazards: Mapped[bool] = mapped_column(default=False)
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Hazard(Base):
    """隐患: from an inspection or another source; `unit_id` watches that it is put right."""

    __tablename__ = "hazards"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_positive"),
        Index("ix_hazards_found", "found_on", "id"),
        Index("ix_hazards_area_found", "area_unit_id", "found_on"),
        Index("ix_hazards_unit_found", "unit_id", "found_on"),
        Index("ix_hazards_state_due", "state", "due_on"),
        given_index("ix_hazards_inspection_id", "inspection_id"),
        given_index("ix_hazards_case_id", "case_id"),
        given_index("ix_hazards_next_reminder", "next_reminder_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    source: Mapped[HazardSource] = mapped_column(enum_text(HazardSource))
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    found_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[HazardKind] = mapped_column(enum_text(HazardKind))
    level: Mapped[HazardLevel] = mapped_column(enum_text(HazardLevel))
    place: Mapped[str] = mapped_column(String(120))  # who is to put it right
    address: Mapped[str | None] = mapped_column(String(200))
    area_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    description: Mapped[str] = mapped_column(Text)
    demand: Mapped[str | None] = mapped_column(Text)  # 整改要求
    plan: Mapped[str | None] = mapped_column(Text)  # 整改方案和管控措施
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[HazardState] = mapped_column(enum_text(HazardState, checked=True))
    version: Mapped[int]  # how many entries there are
    round: Mapped[int] = mapped_column(default=1)  # of putting right: the next after a failed check
    found_by: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(Text)
    reported_by: Mapped[int | None]
    reported_on: Mapped[date | None] = mapped_column(Date)
    verified_by: Mapped[int | None]
    verified_on: Mapped[date | None] = mapped_column(Date)
    handed_to: Mapped[str | None] = mapped_column(String(120))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_reminder_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the scan of reminders looks at it again; none while the place owes nothing."""
    reminded_step: Mapped[str | None] = mapped_column(String(20))


class HazardReminder(Base):
    """One step of the ladder, told to one person about one deadline of a hazard: never twice."""

    __tablename__ = "hazard_reminders"
    __table_args__ = (
        UniqueConstraint(
            *("hazard_id", "round", "due_on", "step", "occurrence", "account_id"),
            name="uq_hazard_reminders_once",
        ),
        partial_index("ix_hazard_reminders_undigested", "account_id", where="digest_id IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazards.id"))
    round: Mapped[int]
    due_on: Mapped[date] = mapped_column(Date)
    step: Mapped[str] = mapped_column(String(20))
    occurrence: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_late: Mapped[bool] = mapped_column(default=False)  # told after an outage (补发)
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("inbox_messages.id"))


class FormerHazardNumber(Base):
    """A number that a hazard had before its year was corrected; it leads to it for ever."""

    __tablename__ = "former_hazard_numbers"

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazards.id"), index=True)


class HazardEntry(Base):
    """One step of a hazard; the database refuses to change or take away any."""

    __tablename__ = "hazard_entries"
    __table_args__ = (UniqueConstraint("hazard_id", "seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazards.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date] = mapped_column(Date)  # on which it happened
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(40))
    unit_id: Mapped[int | None]
    step: Mapped[HazardStep] = mapped_column(enum_text(HazardStep))
    to_state: Mapped[HazardState] = mapped_column(enum_text(HazardState))
    due_on: Mapped[date | None] = mapped_column(Date)  # the deadline that it set
    words: Mapped[str | None] = mapped_column(Text)


class PatrolFile(Base):
    """A picture or paper of an inspection or a hazard; its bytes lie in the file store."""

    __tablename__ = "patrol_files"
    __table_args__ = (
        CheckConstraint(
            "(inspection_id IS NULL) <> (hazard_id IS NULL)", name="of_one_or_the_other"
        ),
        given_index("ix_patrol_files_inspection_id", "inspection_id"),
        given_index("ix_patrol_files_hazard_id", "hazard_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspections.id"))
    hazard_id: Mapped[int | None] = mapped_column(ForeignKey("hazards.id"))
    shows: Mapped[PatrolPhoto] = mapped_column(enum_text(PatrolPhoto))
    round: Mapped[int] = mapped_column(default=1)
    filename: Mapped[str] = mapped_column(String(200))
    mime: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_name: Mapped[str] = mapped_column(String(80), unique=True)
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
