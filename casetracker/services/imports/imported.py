"""One case as a table from outside tells it: checked, in the words and units of the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetracker.domain.petition_vocabulary import (
    AdviceOutcome,
    OpinionOutcome,
    PetitionClass,
    Purpose,
    Subroute,
)
from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    SourceLevel,
    Track,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedOpinion:
    """The words of an opinion or reply, where the source has them."""

    request: str
    facts: str
    opinion: str
    basis: str
    outcome: OpinionOutcome | None = None
    advice: AdviceOutcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPetition:
    """What a row tells of a petition beside the case; instants aware, UTC."""

    petition_class: PetitionClass | None = None
    subroute: Subroute | None = None
    notified_at: datetime | None = None
    accepted_at: datetime | None = None
    assigned_at: datetime | None = None
    served_at: datetime | None = None
    purpose: Purpose | None = None
    sender: str | None = None
    opinion: ImportedOpinion | None = None
    evaluation: Satisfaction | None = None
    evaluated_at: datetime | None = None

    @property
    def is_accusation(self) -> bool:
        return self.petition_class is PetitionClass.ACCUSATION

    @property
    def is_for_an_opinion(self) -> bool:
        """申诉求决 of the sixth route: the only one that is accepted (art. 31(6))."""
        return self.subroute is Subroute.OPINION

    @property
    def is_answered_directly(self) -> bool:
        """建议意见, or a duty of the office itself (art. 29, 31(5))."""
        is_suggestion = self.petition_class is PetitionClass.SUGGESTION
        return is_suggestion or self.subroute is Subroute.DUTY

    @property
    def goes_elsewhere(self) -> bool:
        """Another procedure is the way (art. 31(1)-(4))."""
        return self.subroute is not None and not (
            self.is_for_an_opinion or self.is_answered_directly
        )

    @property
    def told_at(self) -> datetime | None:
        """When the petitioner first had something in writing: the notice, else the answer."""
        return self.notified_at or self.served_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCase:
    """Facts of one row; instants are aware, UTC, None for what did not happen.

    `key` makes the row the same one when it comes again, `told` is what it said: to see whether it
    says the same; nothing told cannot contradict what is there. `repeat_of` names another key or a
    case number.
    """

    row: int
    key: str
    told: str
    external_number: str | None
    channel: Channel
    kind: Kind
    title: str
    content: str
    received_at: datetime
    source_level: SourceLevel | None = None
    category_id: int | None = None
    name: str | None = None
    phone: str | None = None
    persons: int = 1
    address: str | None = None
    lead_unit_id: int | None = None
    external_due_at: datetime | None = None
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    contacted_at: datetime | None = None
    extended_days: int = 0
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    result: Result | None = None
    callback_at: datetime | None = None
    callback_valid: bool | None = None
    resolved: bool | None = None
    satisfaction: Satisfaction | None = None
    redo_count: int = 0
    return_count: int = 0
    return_granted_count: int = 0
    excluded: ExcludeReason | None = None
    repeat_of: str | None = None
    reply_text: str | None = None
    petition: ImportedPetition | None = None
    facts: Mapping[str, Any] | None = None
    """What else the source told that has no place of its own; kept with the registration."""

    @property
    def track(self) -> Track:
        return Track.HOTLINE if self.petition is None else Track.PETITION

    @property
    def is_sealed(self) -> bool:
        """An accusation: it goes straight into the confidential lane."""
        return self.petition is not None and self.petition.is_accusation

    @property
    def is_withdrawn(self) -> bool:
        return self.result is Result.WITHDRAWN

    @property
    def is_taken_up(self) -> bool:
        """Somebody worked on it: dispatched, or taken in hand by whoever received it."""
        return bool(self.dispatched_at or self.contacted_at or self.replied_at)

    @property
    def has_callback(self) -> bool:
        return self.callback_valid is not None or self.callback_at is not None

    @property
    def told_contacted(self) -> bool | None:
        """What a valid call-back would hear to 是否联系: the table records the contact itself."""
        return self.contacted_at is not None if self.callback_valid is True else None

    @property
    def is_unhappy(self) -> bool:
        """A valid answer that asks for a decision: dissatisfied, or not solved."""
        dissatisfied = self.satisfaction is Satisfaction.DISSATISFIED
        return self.callback_valid is True and (dissatisfied or self.resolved is False)


class BadRow(ValueError):
    """A row that cannot be taken; `problems` are (column, Chinese reason) in column order."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(f"{column}：{reason}" for column, reason in problems))
