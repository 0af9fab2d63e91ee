"""What beside the requests belongs to the appraisal of cases: judgements by lay evaluators.

Who entered and who confirmed a judgement stands on its request. Source: docs/rules/appraisal.md.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.persistence.columns import BigId
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
