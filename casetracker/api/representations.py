"""Cases as JSON: what an answer holds, typed for the document, and how it is made of a result.

Instants are ISO 8601 with +08:00 in whole seconds, codes are those of docs/api.md.
"""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from casetracker.api.operations import Answer
from casetracker.domain.vocabulary import (
    Channel,
    ClockStatus,
    Kind,
    State,
    Track,
    Urgency,
)
from casetracker.persistence.queries.case_list import CaseRow
from casetracker.services.outcome import DueLine, Outcome, iso


class DueJson(TypedDict):
    """One clock of a case. `due_at` is what lateness is judged by: `due_legal`, or the upstream
    ticket's own limit.
    """

    limit: str
    due_raw: str
    due_legal: str
    due_at: str
    provisional: bool
    status: ClockStatus


class CaseAfter(TypedDict):
    """Where a case stands after a change; some actions add facts of their own."""

    number: str
    state: State
    version: int
    due: list[DueJson]


class RepeatJson(TypedDict):
    """An earlier case that this one may repeat, with the reasons."""

    number: str
    title: str
    state: State
    score: float
    reasons: list[str]


class SuggestionsJson(TypedDict):
    """Offers for category and handling unit, the likeliest first, each with its reasons."""

    category: list[dict[str, Any]]
    unit: list[dict[str, Any]]


class Registered(CaseAfter):
    """A case that was logged. `query_code` is given this once; with an `external_number` that is
    known already, the case that is there comes back without it.
    """

    query_code: NotRequired[str]
    possible_repeats: NotRequired[list[RepeatJson]]
    suggestions: NotRequired[SuggestionsJson]


class CaseInList(TypedDict):
    """A case as lists show it; the resident's name is masked."""

    number: str
    title: str
    track: Track
    state: State
    kind: Kind
    channel: Channel
    urgency: Urgency
    important: bool
    category: str | None
    unit: str | None
    handler: str | None
    petitioner: str
    received_at: str
    due_at: str | None
    standing: str | None
    version: int
    external_number: str | None
    repeat_count: int


class CasePageJson(TypedDict):
    """One page; give `next_cursor` as `cursor` for the next one, null on the last."""

    items: list[CaseInList]
    next_cursor: str | None


def etag(version: int) -> str:
    return f'"{version}"'


def due_json(line: DueLine) -> DueJson:
    return {
        "limit": line.limit,
        "due_raw": line.due_raw,
        "due_legal": line.due_legal,
        "due_at": line.due_at,
        "provisional": line.provisional,
        "status": ClockStatus(line.status),
    }


def outcome_answer(outcome: Outcome, status: int = 200, **headers: str) -> Answer:
    """The case after the change, its version as a strong entity tag."""
    payload = {
        **outcome.facts,
        "number": outcome.number,
        "state": outcome.state,
        "version": outcome.version,
        "due": [due_json(line) for line in outcome.due],
    }
    return Answer(payload, status, {"ETag": etag(outcome.version), **headers})


def listed(row: CaseRow) -> CaseInList:
    return {
        "number": row.number,
        "title": row.title,
        "track": row.track,
        "state": row.state,
        "kind": row.kind,
        "channel": row.channel,
        "urgency": row.urgency,
        "important": row.is_important,
        "category": row.category,
        "unit": row.unit,
        "handler": row.handler,
        "petitioner": row.person,
        "received_at": iso(row.received_at) or "",
        "due_at": iso(row.due_at),
        "standing": row.standing,
        "version": row.version,
        "external_number": row.external_number,
        "repeat_count": row.repeat_count,
    }
