"""What a use case gives back: where a case stands now and the dates that run, or what was made."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from casetracker.domain.days import SHANGHAI
from casetracker.domain.vocabulary import State


def iso(instant: datetime | None) -> str | None:
    """ISO 8601 with +08:00 in whole seconds, as every door prints instants."""
    if instant is None:
        return None
    return instant.astimezone(SHANGHAI).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class DueLine:
    """One clock of a case; instants as ISO 8601 with +08:00."""

    limit: str
    due_raw: str
    due_legal: str
    due_at: str
    provisional: bool
    status: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The case after the change; `facts` carries what only this action yields."""

    number: str
    state: State
    version: int
    due: tuple[DueLine, ...] = ()
    created: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Outcome":
        lines = tuple(DueLine(**line) for line in data["due"])
        return Outcome(**{**data, "state": State(data["state"]), "due": lines})


@dataclass(frozen=True, slots=True)
class Made:
    """Something beside a case that was entered; `key` is what its page is found by."""

    key: str

    def as_json(self) -> dict[str, Any]:
        return {"made": self.key}


def answer_from(data: Mapping[str, Any]) -> Outcome | Made:
    """What was answered before, as it was kept."""
    return Made(data["made"]) if "made" in data else Outcome.from_json(data)
