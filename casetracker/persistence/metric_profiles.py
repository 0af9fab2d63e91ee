"""Profiles of metrics that the office made by copying: a version is never rewritten once it holds.

The shipped ones are no rows (`domain.rates`).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import ProfileStatus, Track
from casetracker.persistence.columns import JsonDoc, UtcDateTime, enum_text, partial_index
from casetracker.persistence.database import Base


class MetricProfile(Base):
    """One version of one profile. `definition` is that of `domain.rates.definitions`.

    `effective_month` (YYYY-MM) is the first month it counts, `becomes_default` that the office
    counts by its code from then on; both are decided when it is put in force. `revision` counts
    the changes of the draft.
    """

    __tablename__ = "metric_profiles"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        CheckConstraint(
            "status <> 'in_force' OR effective_month IS NOT NULL", name="in_force_has_month"
        ),
        partial_index(
            "uq_metric_profiles_month",
            "code",
            "effective_month",
            where="status = 'in_force'",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    track: Mapped[Track] = mapped_column(enum_text(Track))
    name: Mapped[str] = mapped_column(String(80))
    definition: Mapped[dict[str, Any]] = mapped_column(JsonDoc)
    copied_from: Mapped[str] = mapped_column(String(80))
    status: Mapped[ProfileStatus] = mapped_column(enum_text(ProfileStatus))
    effective_month: Mapped[str | None] = mapped_column(String(7))
    becomes_default: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_in_force_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    put_in_force_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
