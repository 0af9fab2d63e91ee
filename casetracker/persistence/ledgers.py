"""The ledgers of the petition office: visits, leaders' receptions, letters read, undertakings, old
cases, sensitive periods.

Persons stand encrypted, with the same blind indexes as petitioners, so that one telephone number is
found in both. A row may name a case; what is told of it depends on who reads. Source:
docs/rules/ledgers.md.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.petition_vocabulary import (
    ReceptionKind,
    SessionStatus,
    UndertakingResult,
    VisitResult,
)
from casetracker.domain.vocabulary import Satisfaction
from casetracker.persistence.columns import (
    BigId,
    UtcDateTime,
    enum_text,
    given_index,
    partial_index,
)
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedText


class Visit(Base):
    """来访接待登记: one reception of visitors, whether or not a petition follows."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("persons >= 1", name="somebody_came"),
        Index("ix_visits_visited", "visited_at", "id"),
        given_index("ix_visits_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    visited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(120))
    received_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    persons: Mapped[int] = mapped_column(default=1)
    is_collective: Mapped[bool] = mapped_column(default=False)
    matter: Mapped[str | None] = mapped_column(Text)
    said: Mapped[str | None] = mapped_column(Text)  # 接待情况: what was said and done
    result: Mapped[VisitResult | None] = mapped_column(enum_text(VisitResult))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VisitPerson(Base):
    """One of the visitors who gave a name; at a collective visit a representative."""

    __tablename__ = "visit_persons"
    __table_args__ = (
        given_index("ix_visit_persons_name_index", "name_index"),
        given_index("ix_visit_persons_phone_index", "phone_index"),
        given_index("ix_visit_persons_id_index", "id_index"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    name: Mapped[str | None] = mapped_column(SealedText("visit_persons.name"))
    name_index: Mapped[str | None] = mapped_column(String(32))
    phone: Mapped[str | None] = mapped_column(SealedText("visit_persons.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(32))
    id_number: Mapped[str | None] = mapped_column(SealedText("visit_persons.id_number"))
    id_index: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(SealedText("visit_persons.address"))
    is_representative: Mapped[bool] = mapped_column(default=False)


class ReceptionSession(Base):
    """领导接访: a leader receives at a time and place; published with the five facts (五公开)."""

    __tablename__ = "reception_sessions"
    __table_args__ = (Index("ix_reception_sessions_starts", "starts_at", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    post: Mapped[str] = mapped_column(String(80))
    duty: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ReceptionKind] = mapped_column(enum_text(ReceptionKind))
    accompanying: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[SessionStatus] = mapped_column(enum_text(SessionStatus))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(200))
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReceptionEntry(Base):
    """One matter received in a session, with what the leader instructed."""

    __tablename__ = "reception_entries"
    __table_args__ = (
        CheckConstraint("persons >= 1", name="somebody_came"),
        given_index("ix_reception_entries_case_id", "case_id"),
        given_index("ix_reception_entries_name_index", "name_index"),
        given_index("ix_reception_entries_phone_index", "phone_index"),
        partial_index(
            "ix_reception_entries_due", "due_on", where="due_on IS NOT NULL AND report IS NULL"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("reception_sessions.id"), index=True)
    name: Mapped[str | None] = mapped_column(SealedText("reception_entries.name"))
    name_index: Mapped[str | None] = mapped_column(String(32))
    phone: Mapped[str | None] = mapped_column(SealedText("reception_entries.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(SealedText("reception_entries.address"))
    persons: Mapped[int] = mapped_column(default=1)
    matter: Mapped[str | None] = mapped_column(Text)
    matter_place: Mapped[str | None] = mapped_column(String(200))
    cause: Mapped[str | None] = mapped_column(Text)
    instruction: Mapped[str | None] = mapped_column(Text)  # 批示、接待处理意见
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    due_on: Mapped[date | None] = mapped_column(Date)
    report: Mapped[str | None] = mapped_column(Text)
    satisfaction: Mapped[Satisfaction | None] = mapped_column(enum_text(Satisfaction))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LetterReading(Base):
    """阅信批示: a leader read a petition and wrote on it what is to be done."""

    __tablename__ = "letter_readings"
    __table_args__ = (Index("ix_letter_readings_read", "read_on", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    leader_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    read_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    due_on: Mapped[date | None] = mapped_column(Date)
    report: Mapped[str | None] = mapped_column(Text)
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Undertaking(Base):
    """包案: a leader takes a hard matter upon themselves until it is settled.

    `moved_on` is the day of the last thing that happened; `finished_on` ends it with a result.
    """

    __tablename__ = "undertakings"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 100", name="percent"),
        partial_index("ix_undertakings_running", "next_action_on", where="finished_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    leader_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    post: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    plan: Mapped[str] = mapped_column(Text)
    progress: Mapped[int] = mapped_column(default=0)
    began_on: Mapped[date] = mapped_column(Date)
    expected_on: Mapped[date] = mapped_column(Date)
    next_action_on: Mapped[date | None] = mapped_column(Date)
    moved_on: Mapped[date] = mapped_column(Date)
    finished_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[UndertakingResult | None] = mapped_column(enum_text(UndertakingResult))
    result_words: Mapped[str | None] = mapped_column(Text)
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UndertakingCase(Base):
    """A case that an undertaking is about."""

    __tablename__ = "undertaking_cases"

    undertaking_id: Mapped[int] = mapped_column(ForeignKey("undertakings.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)


class UndertakingMilestone(Base):
    """What is to be done by a day, or was done on it."""

    __tablename__ = "undertaking_milestones"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    undertaking_id: Mapped[int] = mapped_column(ForeignKey("undertakings.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    what: Mapped[str] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None]


class OldCase(Base):
    """信访积案: on the list until two people strike it off with evidence (销号)."""

    __tablename__ = "old_cases"
    __table_args__ = (
        given_index("ix_old_cases_case_id", "case_id"),
        partial_index("ix_old_cases_open", "next_action_on", where="struck_off_on IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    description: Mapped[str] = mapped_column(Text)
    listed_on: Mapped[date] = mapped_column(Date)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    source_list: Mapped[str] = mapped_column(String(120))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    owner: Mapped[str] = mapped_column(String(80))
    plan: Mapped[str | None] = mapped_column(Text)
    next_action_on: Mapped[date | None] = mapped_column(Date)
    evidence: Mapped[str | None] = mapped_column(Text)
    strike_asked_by: Mapped[int | None]
    strike_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    strike_note: Mapped[str | None] = mapped_column(Text)
    struck_off_by: Mapped[int | None]
    struck_off_on: Mapped[date | None] = mapped_column(Date)
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SensitivePeriod(Base):
    """重点敏感时期: days on which there is a daily list of what needs watching."""

    __tablename__ = "sensitive_periods"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="in_order"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date, index=True)
    measures: Mapped[str] = mapped_column(Text)
    entered_by: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
