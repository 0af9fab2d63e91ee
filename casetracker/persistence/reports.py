"""What people add to reports: their own words for a period, and who gets reports by mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.persistence.columns import UtcDateTime
from casetracker.persistence.database import Base


class ReportWording(Base):
    """The words of one report; None leaves the generated ones. `key` as `2026-03`, `2026-W10`."""

    __tablename__ = "report_wordings"

    span: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(60))
    examples: Mapped[str | None] = mapped_column(Text)
    problems: Mapped[str | None] = mapped_column(Text)
    demands: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int]
    changed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportSubscription(Base):
    """An account that is sent the report of every month, week or day."""

    __tablename__ = "report_subscriptions"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    span: Mapped[str] = mapped_column(String(10), primary_key=True)
