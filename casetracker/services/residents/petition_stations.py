"""The stations of a petition: 已登记 → 已受理 (only once accepted) → 办理中 → 已答复.

Source: docs/rules/petition.md §1; 《信访事项网上办理工作规程（试行）》.
"""

from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.services.residents.public_stations import Passed, Station, Stop, passed

AT_WORK = frozenset({State.HANDLING, State.TO_CHECK, State.TO_SIGN_OFF, State.TO_SERVE})
ANSWERED = frozenset(
    {
        State.SERVED,
        State.EXECUTING,
        State.IN_REVIEW,
        State.REVIEWED,
        State.IN_FINAL_REVIEW,
        State.FINALLY_REVIEWED,
    }
)
GONE = frozenset(
    {
        State.AWAITING_REPORT,
        State.FORWARDED,
        State.REDIRECTED,
        State.REFUSED,
        State.REFUSED_AGAIN,
        State.REFERRED,
        State.WITHDRAWN,
    }
)
"""What ended otherwise than by an answer of this office."""
OVER = frozenset({State.CONCLUDED, State.ARCHIVED})


def is_answered(case: Case, row: Petition) -> bool:
    """Whether an answer reached the petitioner and stands."""
    return case.state in ANSWERED or (case.state in OVER and row.served_at is not None)


def petition_stops(case: Case, row: Petition) -> tuple[Stop, ...]:
    """What lies behind, where it is, and what is still to come."""
    registered = Stop(Station.REGISTERED, Passed.DONE, case.received_at)
    if case.state in GONE | OVER and not is_answered(case, row):
        return registered, Stop(Station.ENDED, Passed.DONE, case.closed_at or row.notified_at)
    times = {
        Station.REGISTERED: case.received_at,
        Station.ACCEPTED: row.accepted_at,
        Station.HANDLING: row.assigned_at,
        Station.ANSWERED: row.served_at,
    }
    if row.accepted_at is None:
        del times[Station.ACCEPTED]
    stations = list(times)
    reached = stations.index(_reached(case, row))
    last = len(stations) - 1
    return tuple(
        Stop(
            station, passed(place, reached, last=last), times[station] if place <= reached else None
        )
        for place, station in enumerate(stations)
    )


def _reached(case: Case, row: Petition) -> Station:
    if is_answered(case, row):
        return Station.ANSWERED
    if case.state in AT_WORK:
        return Station.HANDLING
    return Station.ACCEPTED if case.state is State.ACCEPTED else Station.REGISTERED
