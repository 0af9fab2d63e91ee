"""What beside the requests belongs to the appraisal: judgements by lay evaluators, signs looked at.

Who entered and who confirmed a judgement stands on its request. Source: docs/rules/appraisal.md.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.persistence.columns import BigId, UtcDateTime
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedText


class Judgement(Base):
    """第三方评价 of one case: the day, and what the majority found."""

    __tablename__ = "judgements"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("decision_requests.id"), unique=True)
    held_on: Mapped[date] = mapped_column(Date, index=True)
    demand_reasonable: Mapped[bool]
    duty_done: Mapped[bool]


class JudgementVote(Base):
    """What one evaluator found; who they are is personal data."""

    __tablename__ = "judgement_votes"
    __table_args__ = (CheckConstraint("place >= 1", name="in_order"),)

    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgements.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    evaluator: Mapped[str] = mapped_column(SealedText("judgement_votes.evaluator"))
    demand_reasonable: Mapped[bool]
    duty_done: Mapped[bool]
    grounds: Mapped[str] = mapped_column(Text)


class HonestyCheck(Base):
    """Somebody looked at a sign in a unit's month; the latest one counts, the others stay."""

    __tablename__ = "honesty_checks"
    __table_args__ = (Index("ix_honesty_checks_month", "month", "indicator", "unit_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40))
    month: Mapped[str] = mapped_column(String(7))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    note: Mapped[str] = mapped_column(Text)
    in_report: Mapped[bool]
    checked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
