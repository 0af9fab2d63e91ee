"""One case as a table from outside tells it: checked, in the words and units of the field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    SourceLevel,
)


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
    excluded: ExcludeReason | None = None
    repeat_of: str | None = None
    reply_text: str | None = None
    facts: Mapping[str, Any] | None = None
    """What else the source told that has no place of its own; kept with the registration."""

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
