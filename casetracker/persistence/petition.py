"""Petitions (信访): what the law asks to be known of one beside the case itself.

One row of `petitions` per case of that track; persons, opinions, reviews, records and evaluations
hang on the case. What lies in the confidential lane has its words here, encrypted, and nowhere
else. Source: docs/rules/petition.md.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.petition_vocabulary import (
    AdviceOutcome,
    ConcludeGround,
    Disposal,
    EvaluatedParty,
    OpinionOutcome,
    PetitionClass,
    Purpose,
    RecordKind,
    ReviewOutcome,
    ReviewStage,
    Subroute,
)
from casetracker.domain.vocabulary import DeclineReason, Satisfaction
from casetracker.persistence.columns import BigId, UtcDateTime, enum_text, given_index
from casetracker.persistence.database import Base
from casetracker.persistence.sealing import SealedText


class Petition(Base):
    """The petition side of a case: where it came from, what was decided, when the steps happened.

    Instants are those of the act (served on paper last Friday), not of its entry.
    """

    __tablename__ = "petitions"
    __table_args__ = (
        given_index("ix_petitions_notified", "notified_at"),
        given_index("ix_petitions_accepted", "accepted_at"),
        given_index("ix_petitions_served", "served_at"),
        given_index("ix_petitions_judged", "judged_at"),
        given_index("ix_petitions_office_judged", "office_judged_at"),
        given_index("ix_petitions_against_unit_id", "against_unit_id"),
        given_index("ix_petitions_from_hotline_id", "from_hotline_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id"), primary_key=True, autoincrement=False
    )
    purpose: Mapped[Purpose | None] = mapped_column(enum_text(Purpose))
    is_collective: Mapped[bool] = mapped_column(default=False)  # 集体访
    is_joint: Mapped[bool] = mapped_column(default=False)  # 联名
    is_oral: Mapped[bool] = mapped_column(default=False)
    against_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    against: Mapped[str | None] = mapped_column(SealedText("petitions.against"))

    sender: Mapped[str | None] = mapped_column(String(80))  # the organ that sent it down
    sent_number: Mapped[str | None] = mapped_column(String(80))
    sent_on: Mapped[date | None] = mapped_column(Date)
    report_due_on: Mapped[date | None] = mapped_column(Date)  # 交办要求的上报期限
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    objected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    petition_class: Mapped[PetitionClass | None] = mapped_column(enum_text(PetitionClass))
    subroute: Mapped[Subroute | None] = mapped_column(enum_text(Subroute))
    classified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    class_reason: Mapped[str | None] = mapped_column(Text)
    law: Mapped[str | None] = mapped_column(String(200))
    disposal: Mapped[Disposal | None] = mapped_column(enum_text(Disposal))
    refusal_reason: Mapped[DeclineReason | None] = mapped_column(enum_text(DeclineReason))
    organ: Mapped[str | None] = mapped_column(String(80))  # told to go to, or sent to
    disposal_words: Mapped[str | None] = mapped_column(Text)
    notified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notify_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_simple: Mapped[bool] = mapped_column(default=False)
    assigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    served_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opinion_number: Mapped[str | None] = mapped_column(String(60))
    execute_by: Mapped[date | None] = mapped_column(Date)
    executed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # 化解
    concluded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # 终结
    conclude_ground: Mapped[ConcludeGround | None] = mapped_column(enum_text(ConcludeGround))
    notice_limit_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """登记 + 15 日 as platforms count it, unrolled; what 及时受理率 of the 信访部门 looks at."""
    take_limit_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """登记 + 30 日; none where another organ has the matter."""
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # 责任单位受理
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the responsible unit was judged, until then by when it may be."""
    office_judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    office_satisfaction: Mapped[Satisfaction | None] = mapped_column(enum_text(Satisfaction))
    from_hotline_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))


class PetitionPerson(Base):
    """Another person of the same petition; the first one is the case's petitioner."""

    __tablename__ = "petition_persons"
    __table_args__ = (given_index("ix_petition_persons_id_index", "id_index"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str] = mapped_column(SealedText("petition_persons.name"))
    name_index: Mapped[str | None] = mapped_column(String(32), index=True)
    phone: Mapped[str | None] = mapped_column(SealedText("petition_persons.phone"))
    phone_index: Mapped[str | None] = mapped_column(String(32), index=True)
    id_number: Mapped[str | None] = mapped_column(SealedText("petition_persons.id_number"))
    id_index: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(SealedText("petition_persons.address"))
    is_representative: Mapped[bool] = mapped_column(default=False)


class Recusal(Base):
    """Somebody with an interest in the matter: they may not take part in it (art. 28)."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("case_id", "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str] = mapped_column(Text)
    declared_by: Mapped[int | None]
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PetitionRecord(Base):
    """An interview, a site visit, evidence, a hearing or a mediation, as it was written down."""

    __tablename__ = "petition_records"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[RecordKind] = mapped_column(enum_text(RecordKind))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[str | None] = mapped_column(String(120))
    participants: Mapped[str | None] = mapped_column(SealedText("petition_records.participants"))
    text: Mapped[str] = mapped_column(SealedText("petition_records.text"))
    conclusion: Mapped[str | None] = mapped_column(Text)
    is_signed: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Opinion(Base):
    """A version of the opinion or reply: four parts and the remedy, drafted, checked, signed."""

    __tablename__ = "opinions"
    __table_args__ = (UniqueConstraint("case_id", "round", "draft_no"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    round: Mapped[int]
    draft_no: Mapped[int]
    is_reply: Mapped[bool] = mapped_column(default=False)  # 答复 instead of 处理意见书
    request: Mapped[str] = mapped_column(SealedText("opinions.request"))
    facts: Mapped[str] = mapped_column(SealedText("opinions.facts"))
    opinion: Mapped[str] = mapped_column(SealedText("opinions.opinion"))
    basis: Mapped[str] = mapped_column(Text)
    remedy: Mapped[str] = mapped_column(Text)
    outcome: Mapped[OpinionOutcome | None] = mapped_column(enum_text(OpinionOutcome))
    advice: Mapped[AdviceOutcome | None] = mapped_column(enum_text(AdviceOutcome))
    execute_by: Mapped[date | None] = mapped_column(Date)
    text_hash: Mapped[str] = mapped_column(String(64))
    drafted_by: Mapped[int | None]
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked_by: Mapped[int | None]
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    check_passed: Mapped[bool | None]
    check_note: Mapped[str | None] = mapped_column(Text)
    signed_by: Mapped[int | None]
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sign_note: Mapped[str | None] = mapped_column(Text)
    is_signed: Mapped[bool | None]
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    served_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PetitionReview(Base):
    """A review (复查) or final review (复核) by the organ above, as recorded here."""

    __tablename__ = "petition_reviews"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    stage: Mapped[ReviewStage] = mapped_column(enum_text(ReviewStage))
    round: Mapped[int]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_late: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(SealedText("petition_reviews.reason"))
    organ: Mapped[str] = mapped_column(String(80))
    requested_by_petitioner: Mapped[bool] = mapped_column(default=False)  # at the portal
    hearing_from: Mapped[date | None] = mapped_column(Date)
    hearing_to: Mapped[date | None] = mapped_column(Date)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[ReviewOutcome | None] = mapped_column(enum_text(ReviewOutcome))
    number: Mapped[str | None] = mapped_column(String(60))
    words: Mapped[str | None] = mapped_column(Text)
    served_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PetitionEvaluation(Base):
    """What the petitioner thinks of one of the two parties, given once for each."""

    __tablename__ = "petition_evaluations"
    __table_args__ = (UniqueConstraint("case_id", "party"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    party: Mapped[EvaluatedParty] = mapped_column(enum_text(EvaluatedParty))
    satisfaction: Mapped[Satisfaction] = mapped_column(enum_text(Satisfaction))
    words: Mapped[str | None] = mapped_column(SealedText("petition_evaluations.words"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConfidentialMatter(Base):
    """The words of a case in the confidential lane, and whom it accuses; nowhere else in clear."""

    __tablename__ = "confidential_matters"
    __table_args__ = (
        Index("ix_confidential_matters_accused", "accused_unit_id"),
        given_index("ix_confidential_matters_key_index", "key_index"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id"), primary_key=True, autoincrement=False
    )
    title: Mapped[str] = mapped_column(SealedText("confidential_matters.title"))
    content: Mapped[str] = mapped_column(SealedText("confidential_matters.content"))
    address: Mapped[str | None] = mapped_column(SealedText("confidential_matters.address"))
    accused: Mapped[str | None] = mapped_column(SealedText("confidential_matters.accused"))
    accused_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    notes: Mapped[str | None] = mapped_column(SealedText("confidential_matters.notes"))
    key_index: Mapped[str | None] = mapped_column(String(32))  # of the upstream key it was known by
    sealed_by: Mapped[int | None]
    sealed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed_from: Mapped[str] = mapped_column(String(40))  # the state it left
    organ: Mapped[str | None] = mapped_column(String(80))
    handed_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(SealedText("confidential_matters.outcome"))
