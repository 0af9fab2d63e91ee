"""What is shown of the confidential lane to its own officers: frozen views. Instants aware, UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LaneView:
    """Whom the matter accuses, what else was said of it, and where it went.

    `same_number` are cases of the open desk with the same upstream number: somebody handed the
    ticket in once more.
    """

    title: str
    accused: str | None
    accused_unit: str | None
    notes: str | None
    organ: str | None
    handed_on_at: datetime | None
    outcome: str | None
    sealed_at: datetime
    sealed_by: str | None
    same_number: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a case of the lane: who, when, at what."""

    at: datetime
    name: str
    what: str
    case_number: str | None
    detail: str | None
