"""What the page and the API show of a petition beside its case: frozen views, persons masked.

办结 (`served_at`), 化解 (`settled_at`) and 终结 (`concluded_at`) are three facts that follow from
their own steps alone. Instants are those of the acts. Source: docs/rules/petition.md.
"""

from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, slots=True)
class SignerView:
    """One more person of the petition; masked unless `is_revealed`."""

    name: str
    phone: str | None
    id_number: str | None
    address: str | None
    is_representative: bool
    is_revealed: bool = False


@dataclass(frozen=True, slots=True)
class OpinionView:
    """A version of the opinion or reply; `check_passed`, `is_signed` None while not decided."""

    round: int
    draft_no: int
    is_reply: bool
    request: str
    facts: str
    opinion: str
    basis: str
    remedy: str
    outcome: OpinionOutcome | None
    advice: AdviceOutcome | None
    execute_by: date | None
    drafted_by: str | None
    drafted_at: datetime
    checked_by: str | None
    checked_at: datetime | None
    check_passed: bool | None
    check_note: str | None
    signed_by: str | None
    signed_at: datetime | None
    sign_note: str | None
    is_signed: bool | None
    number: str | None
    served_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review (复查) or final review (复核) by the organ above."""

    stage: ReviewStage
    round: int
    organ: str
    requested_at: datetime
    is_late: bool
    reason: str | None
    requested_by_petitioner: bool
    decided_at: datetime | None
    outcome: ReviewOutcome | None
    number: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """An interview, a site visit, evidence, a hearing, a mediation, as it was written down."""

    kind: RecordKind
    round: int
    began_at: datetime
    ended_at: datetime | None
    place: str | None
    participants: str | None
    text: str
    conclusion: str | None
    is_signed: bool
    recorded_by: str | None


@dataclass(frozen=True, slots=True)
class EvaluationView:
    party: EvaluatedParty
    satisfaction: Satisfaction
    words: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RecusalView:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PetitionView:
    """The petition side of one case; `against` is the person complained of, masked."""

    purpose: Purpose | None
    petition_class: PetitionClass | None
    subroute: Subroute | None
    class_reason: str | None
    classified_at: datetime | None
    law: str | None
    disposal: Disposal | None
    refusal_reason: DeclineReason | None
    organ: str | None
    disposal_words: str | None
    is_collective: bool
    is_joint: bool
    is_oral: bool
    is_simple: bool
    against: str | None
    against_unit: str | None
    sender: str | None
    sent_number: str | None
    sent_on: date | None
    report_due_on: date | None
    reported_at: datetime | None
    objected_at: datetime | None
    notified_at: datetime | None
    notify_due_at: datetime | None
    accepted_at: datetime | None
    assigned_at: datetime | None
    served_at: datetime | None
    opinion_number: str | None
    execute_by: date | None
    executed_at: datetime | None
    settled_at: datetime | None
    concluded_at: datetime | None
    conclude_ground: ConcludeGround | None
    from_hotline: str | None
    people: tuple[SignerView, ...]
    recusals: tuple[RecusalView, ...]
    opinions: tuple[OpinionView, ...]
    reviews: tuple[ReviewView, ...]
    records: tuple[RecordView, ...]
    evaluations: tuple[EvaluationView, ...]

    @property
    def is_repliable(self) -> bool:
        """Whether it ends in a reply (答复) instead of an opinion (处理意见)."""
        is_suggestion = self.petition_class is PetitionClass.SUGGESTION
        return is_suggestion or self.subroute is Subroute.DUTY or self.is_simple

    @property
    def latest(self) -> OpinionView | None:
        """The newest version of the opinion or reply, whatever became of it."""
        return self.opinions[-1] if self.opinions else None

    @property
    def served(self) -> OpinionView | None:
        """The opinion or reply that reached the petitioner last."""
        return next((one for one in reversed(self.opinions) if one.served_at), None)
