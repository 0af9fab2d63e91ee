"""Who has to act for a clock of a petition to stop. Source: docs/rules/reminders.md."""

from typing import Protocol

from casetracker.domain.vocabulary import Role, State
from casetracker.services.notifying.recipients import Directory, Ids

OF_THE_CLERKS = frozenset(
    {"notify15", "objection5", "dept_transfer15", "assign_due", "review30", "rereview30"}
)
"""Limits that end with a paper which the clerks send, serve or get from the organ above."""


class PetitionClock(Protocol):
    """What is known of the clock and of its case."""

    limit_code: str
    unit_id: int | None
    state: State
    lead_unit_id: int | None
    handler_id: int | None


def petition_holders(clock: PetitionClock, people: Directory) -> Ids:
    """By the limit, and for the limits of the answer by where the draft lies."""
    clerks = people.having(Role.PETITION_CLERK)
    if clock.limit_code in OF_THE_CLERKS:
        return clerks
    if clock.limit_code == "supervise":
        unit = clock.unit_id or clock.lead_unit_id
        return (people.heads(unit) | people.handlers(unit)) if unit else clerks
    unit = clock.lead_unit_id
    match clock.state:
        case State.TO_CHECK:
            return people.having(Role.LEGAL_ADVISER)
        case State.TO_SIGN_OFF:
            return people.deputy_leader(unit) | people.having(Role.LEADER)
        case State.TO_SERVE:
            return clerks
    if unit is None:
        return clerks
    return people.heads(unit) | people.handlers(unit, clock.handler_id) | clerks
