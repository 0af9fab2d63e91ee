"""Whom a step may concern, and what a rule about it says; the tables are `notices` and
`petition_notices`. Source: docs/rules/notices.md.
"""

from dataclasses import dataclass
from enum import StrEnum


class Listener(StrEnum):
    """Whom a step concerns, resolved to people when the message is made."""

    PETITIONER = "petitioner"
    LEAD_HEAD = "lead_head"  # heads of the lead unit
    LEAD_HANDLER = "lead_handler"  # the handler, else every handler of the lead unit
    NAMED_UNITS = "named_units"  # units named in the step (assisting, whistled)
    DISPATCHERS = "dispatchers"
    SUPERVISORS = "supervisors"
    FOLLOW_UP_STAFF = "follow_up_staff"
    DEPUTY_LEADER = "deputy_leader"  # of the lead unit's line
    LEADERS = "leaders"
    CLERKS = "clerks"
    LEGAL_ADVISERS = "legal_advisers"
    DISCIPLINE = "discipline"
    REQUESTER = "requester"
    REGISTRANT = "registrant"


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """One step and who hears of it; `template` names the texts under templates/notices."""

    template: str
    listeners: frozenset[Listener]


def told(template: str, *listeners: Listener) -> NoticeRule:
    """The rule that these hear of a step in the words of that template."""
    return NoticeRule(template, frozenset(listeners))
