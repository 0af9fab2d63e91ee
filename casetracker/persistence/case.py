"""The case: what the resident said, where it stands, and the facts that measures are made of.

`version` is the number of its timeline entries and `head_hash` the hash of the last one, so a cut
tail shows. The dates and answers are written by `services.recording` along with the entries.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    SourceLevel,
    State,
    Track,
    Urgency,
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
from casetracker.persistence.sealing import SealedText


class Petitioner(Base):
    """The person behind one case as they gave themselves; erasable without touching the history."""

    __tablename__ = "petitioners"
    __table_args__ = (given_index("ix_petitioners_id_index", "id_index"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str | None] = mapped_column(SealedText("petitioners.name"))
    name_index: Mapped[str | None] = mapped_column(String(32), index=True)
    phone: Mapped[str | None] = mapped_column(SealedText("petitioners.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(32), index=True)
    id_number: Mapped[str | None] = mapped_column(SealedText("petitioners.id_number"))
    id_index: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(SealedText("petitioners.address"))
    is_confidential: Mapped[bool] = mapped_column(default=False)
    wants_no_calls: Mapped[bool] = mapped_column(default=False)


class Case(Base):
    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_positive"),
        # What is sealed stands on no open list, whatever the list forgets to ask.
        CheckConstraint("NOT (is_open AND is_sealed)", name="sealed_is_never_open"),
        partial_index("ix_cases_open_due", "next_due_at", "id", where="is_open"),
        partial_index(
            "ix_cases_open_unit_due", "lead_unit_id", "next_due_at", "id", where="is_open"
        ),
        partial_index("ix_cases_open_state_due", "state", "next_due_at", "id", where="is_open"),
        Index("ix_cases_received", "received_at", "id"),
        partial_index("ix_cases_sealed", "received_at", "id", where="is_sealed"),
        partial_index(
            "ix_cases_open_petitions", "next_due_at", "id", where="is_open AND track = 'petition'"
        ),
        partial_index("ix_cases_petitions", "received_at", "id", where="track = 'petition'"),
        partial_index(
            "ix_cases_petition_state", "state", "received_at", "id", where="track = 'petition'"
        ),
        Index("ix_cases_category_received", "category_id", "received_at"),
        Index("ix_cases_unit_received", "lead_unit_id", "received_at", "id"),
        given_index("ix_cases_dispatched", "dispatched_at"),
        given_index("ix_cases_sign_due", "sign_due_at"),
        given_index("ix_cases_contact_due", "contact_due_at"),
        Index("ix_cases_handle_due", "handle_due_at"),
        given_index("ix_cases_replied", "replied_at"),
        given_index("ix_cases_closed", "closed_at"),
        given_index("ix_cases_external_number", "external_number"),
        given_index("ix_cases_watch", "watch_at"),
        given_index("ix_cases_handler_id", "handler_id"),
        given_index("ix_cases_registered_by", "registered_by"),
        given_index("ix_cases_repeat_of_id", "repeat_of_id"),
        given_index("ix_cases_grouped_into_id", "grouped_into_id"),
        given_index("ix_cases_excluded_until", "excluded_until"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    track: Mapped[Track] = mapped_column(enum_text(Track))
    state: Mapped[State] = mapped_column(enum_text(State, checked=True))
    is_open: Mapped[bool]
    is_sealed: Mapped[bool] = mapped_column(default=False)  # the confidential lane
    version: Mapped[int]
    head_hash: Mapped[str] = mapped_column(String(64))

    channel: Mapped[Channel] = mapped_column(enum_text(Channel))
    source_level: Mapped[SourceLevel | None] = mapped_column(enum_text(SourceLevel))
    kind: Mapped[Kind] = mapped_column(enum_text(Kind))
    urgency: Mapped[Urgency] = mapped_column(enum_text(Urgency))
    is_important: Mapped[bool] = mapped_column(default=False)  # 重件
    risk_tags: Mapped[frozenset[str]] = mapped_column(CodeSet, default=frozenset)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(String(200))
    area_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    persons: Mapped[int] = mapped_column(default=1)
    petitioner_id: Mapped[int] = mapped_column(ForeignKey("petitioners.id"), index=True)
    query_code_hash: Mapped[str | None] = mapped_column(String(120))
    external_number: Mapped[str | None] = mapped_column(String(80))
    external_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    external_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_imported: Mapped[bool] = mapped_column(default=False)

    registered_by: Mapped[int | None]
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    is_designated: Mapped[bool] = mapped_column(default=False)
    next_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_warn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    watch_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when rules look at it again
    round: Mapped[int] = mapped_column(default=1)

    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dispatched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sign_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    contact_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    contacted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handle_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    result: Mapped[Result | None] = mapped_column(enum_text(Result))
    surveyable: Mapped[bool | None]
    callback_valid: Mapped[bool | None]
    callback_contacted: Mapped[bool | None]
    resolved: Mapped[bool | None]
    satisfaction: Mapped[Satisfaction | None] = mapped_column(enum_text(Satisfaction))
    evaluated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_dissatisfied: Mapped[bool] = mapped_column(default=False)  # waits for redo or close
    redo_count: Mapped[int] = mapped_column(default=0)
    return_count: Mapped[int] = mapped_column(default=0)
    return_granted_count: Mapped[int] = mapped_column(default=0)
    urge_count: Mapped[int] = mapped_column(default=0)
    repeat_count: Mapped[int] = mapped_column(default=0)
    repeat_of_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    grouped_into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    excluded: Mapped[ExcludeReason | None] = mapped_column(enum_text(ExcludeReason))
    excluded_until: Mapped[date | None] = mapped_column(Date)  # its last day
    judged_unreasonable: Mapped[bool] = mapped_column(default=False)


class NumberSeries(Base):
    """The last number given in a series, such as cases of a year."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]
