"""One case in full as JSON: the names of `POST /cases` where both say the same."""

from typing import Any

from typing_extensions import TypedDict

from casetracker.api.petition_json import PetitionJson, petition_json
from casetracker.api.plain import plain
from casetracker.api.representations import DueJson
from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import (
    Action,
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    SourceLevel,
    State,
    Track,
    Urgency,
)
from casetracker.services.case_reading.case_file import (
    CaseFile,
    ClockView,
    EntryView,
    FileView,
    LinkView,
    OrderView,
    PartView,
    ReplyView,
    RequestView,
)
from casetracker.services.outcome import iso

RENAMED = {"is_important": "important"}
LEFT_OUT = frozenset({"id", "warn_at"})


class PetitionerJson(TypedDict):
    """The resident, masked."""

    name: str
    phone: str | None
    id_number: str | None
    address: str | None
    confidential: bool
    no_calls: bool


class LocationJson(TypedDict):
    """Where it is about."""

    address: str | None
    unit: str | None
    lat: float | None
    lon: float | None


class CaseJson(TypedDict):
    """A case with everything around it; `allowed` is what the token's person may do next."""

    number: str
    version: int
    track: Track
    state: State
    is_open: bool
    title: str
    content: str
    channel: Channel
    source_level: SourceLevel | None
    kind: Kind
    urgency: Urgency
    important: bool
    risk_tags: list[str]
    category: str | None
    category_code: str | None
    persons: int
    external_number: str | None
    external_due_at: str | None
    unit: str | None
    unit_code: str | None
    handler: str | None
    registered_by: str | None
    is_designated: bool
    round: int
    due_at: str | None
    standing: Standing | None
    received_at: str
    dispatched_at: str | None
    signed_at: str | None
    contacted_at: str | None
    replied_at: str | None
    closed_at: str | None
    archived_at: str | None
    result: Result | None
    resolved: bool | None
    satisfaction: Satisfaction | None
    is_dissatisfied: bool
    redo_count: int
    return_count: int
    urge_count: int
    repeat_count: int
    excluded: ExcludeReason | None
    judged_unreasonable: bool
    petitioner: PetitionerJson
    location: LocationJson
    due: list[DueJson]
    parts: list[PartView]
    requests: list[RequestView]
    replies: list[ReplyView]
    orders: list[OrderView]
    attachments: list[FileView]
    links: list[LinkView]
    petition: PetitionJson | None
    allowed: list[Action]


class EventsJson(TypedDict):
    """The history, the oldest entry first."""

    items: list[EntryView]


class ClocksJson(TypedDict):
    """Every clock of the case with the day-by-day steps to its date."""

    items: list[ClockView]


def case_json(file: CaseFile) -> dict[str, Any]:
    """The case as CaseJson describes it."""
    head = {RENAMED.get(n, n): v for n, v in plain(file.head).items() if n not in LEFT_OUT}
    person, place = file.person, file.place
    return {
        **head,
        "petitioner": {
            "name": person.name,
            "phone": person.phone,
            "id_number": person.id_number,
            "address": person.address,
            "confidential": person.is_confidential,
            "no_calls": person.wants_no_calls,
        },
        "location": {
            "address": place.address,
            "unit": place.unit,
            "lat": place.latitude,
            "lon": place.longitude,
        },
        "due": [_due(clock) for clock in file.clocks],
        "parts": plain(file.parts),
        "requests": plain(file.requests),
        "replies": plain(file.replies),
        "orders": plain(file.orders),
        "attachments": plain(file.files),
        "links": plain(file.links),
        "petition": petition_json(file.petition),
        "allowed": [offer.action for offer in file.offers if offer.is_allowed],
    }


def _due(clock: ClockView) -> DueJson:
    return {
        "limit": clock.limit,
        "due_raw": iso(clock.due_raw) or "",
        "due_legal": iso(clock.due_legal) or "",
        "due_at": iso(clock.due_at) or "",
        "provisional": clock.provisional,
        "status": clock.status,
    }
