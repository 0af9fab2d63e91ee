"""The four stations of a hotline case as residents know them: 已登记、已派单、办理中、已答复.

Source: docs/rules/hotline.md §1.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case

ANSWERED_STATES = frozenset({State.REPLIED, State.TO_FOLLOW_UP, State.CLOSED, State.ARCHIVED})
AT_WORK = frozenset({State.HANDLING, State.TO_REVIEW, State.REDO, State.ON_HOLD})
ELSEWHERE = frozenset({State.DECLINED, State.REFERRED, State.WITHDRAWN})
LAST = 3
"""Place of the answer among the stations."""


class Station(StrEnum):
    """The stations of a case as residents know them; ENDED replaces what follows registration."""

    REGISTERED = "registered"
    ACCEPTED = "accepted"  # of a petition
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    ANSWERED = "answered"
    ENDED = "ended"


class Passed(StrEnum):
    """How one station stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Stop:
    """One station; `at` is None while it lies ahead."""

    station: Station
    passed: Passed
    at: datetime | None


AT_A_UNIT = frozenset({Station.DISPATCHED, Station.HANDLING})


def stops_of(case: Case, worked: Case) -> tuple[Stop, ...]:
    """已登记 → 已派单 → 办理中 → 已答复; what was settled at once skips the middle."""
    registered = Stop(Station.REGISTERED, Passed.DONE, case.received_at)
    if worked.state in ELSEWHERE:
        return registered, Stop(Station.ENDED, Passed.DONE, worked.closed_at)
    times = {
        Station.REGISTERED: case.received_at,
        Station.DISPATCHED: worked.dispatched_at,
        Station.HANDLING: worked.signed_at,
        Station.ANSWERED: worked.replied_at or worked.closed_at,
    }
    reached = list(times).index(_reached(worked))
    stops = []
    for place, (station, at) in enumerate(times.items()):
        if station in AT_A_UNIT and reached == LAST and worked.dispatched_at is None:
            continue
        stops.append(Stop(station, passed(place, reached), at if place <= reached else None))
    return tuple(stops)


def passed(place: int, reached: int, *, last: int = LAST) -> Passed:
    """How a station stands by its place: the last one is not where a case is, but its end."""
    if place == reached:
        return Passed.DONE if reached == last else Passed.NOW
    return Passed.DONE if place < reached else Passed.AHEAD


def _reached(case: Case) -> Station:
    if case.state in ANSWERED_STATES:
        return Station.ANSWERED
    if case.state in AT_WORK:
        return Station.HANDLING
    if case.state is State.RETURN_PENDING and case.signed_at is not None:
        return Station.HANDLING
    return Station.REGISTERED if case.state is State.TO_DISPATCH else Station.DISPATCHED
