"""Who must hear of which step, as data: the recipients and the template that words it.

Only what somebody has to act on or was promised; everything else is found in the history.
Source: docs/rules/notices.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casetracker.domain.vocabulary import Action


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
    REQUESTER = "requester"
    REGISTRANT = "registrant"


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """One step and who hears of it; `template` names the texts under templates/notices."""

    template: str
    listeners: frozenset[Listener]


def _rule(template: str, *listeners: Listener) -> NoticeRule:
    return NoticeRule(template, frozenset(listeners))


A, L = Action, Listener

NOTICES: Mapping[tuple[Action, str], NoticeRule] = {
    (A.REGISTER, ""): _rule("registered", L.DISPATCHERS, L.PETITIONER),
    (A.DISPATCH, ""): _rule("dispatched", L.LEAD_HEAD, L.LEAD_HANDLER, L.NAMED_UNITS),
    (A.REQUEST_RETURN, ""): _rule("return_requested", L.DISPATCHERS),
    (A.DECIDE_RETURN, "granted"): _rule("return_granted", L.REQUESTER, L.DISPATCHERS),
    (A.DECIDE_RETURN, "refused"): _rule("return_refused", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.ASSIST, ""): _rule("assist_invited", L.NAMED_UNITS),
    (A.WHISTLE, ""): _rule("whistled", L.NAMED_UNITS),
    (A.ASSIST_REPORT, ""): _rule("assist_answered", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.REQUEST_EXTENSION, ""): _rule("extension_requested", L.DEPUTY_LEADER),
    (A.DECIDE_EXTENSION, "granted"): _rule("extension_granted", L.REQUESTER, L.PETITIONER),
    (A.DECIDE_EXTENSION, "refused"): _rule("extension_refused", L.REQUESTER),
    (A.REQUEST_HOLD, ""): _rule("hold_requested", L.DEPUTY_LEADER),
    (A.DECIDE_HOLD, "granted"): _rule("hold_granted", L.REQUESTER, L.PETITIONER),
    (A.DECIDE_HOLD, "refused"): _rule("hold_refused", L.REQUESTER),
    (A.RELEASE, "resumed"): _rule("released", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.RELEASE, "resumed_unsigned"): _rule("released", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.RELEASE, "resumed_redo"): _rule("released", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.RELEASE, "settled"): _rule("replied", L.PETITIONER),
    (A.SUBMIT, ""): _rule("submitted", L.LEAD_HEAD),
    (A.SUBMIT, "again"): _rule("submitted", L.LEAD_HEAD),
    (A.SEND_BACK, ""): _rule("sent_back", L.LEAD_HANDLER),
    (A.SEND_BACK, "again"): _rule("sent_back", L.LEAD_HANDLER),
    (A.APPROVE, ""): _rule("replied", L.PETITIONER, L.LEAD_HANDLER),
    (A.FOLLOW_UP, "unhappy"): _rule("dissatisfied", L.SUPERVISORS, L.LEAD_HEAD),
    (A.EVALUATE, "unhappy"): _rule("dissatisfied", L.SUPERVISORS, L.LEAD_HEAD),
    (A.REDO, ""): _rule("redo_ordered", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.URGE, ""): _rule("urged", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.SUPERVISE, ""): _rule("supervised", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.SUPERVISE_REPORT, "feedback"): _rule("supervision_answered", L.SUPERVISORS),
    (A.SUPERVISE_REPORT, "sent_back"): _rule("supervision_sent_back", L.LEAD_HEAD),
    (A.INSTRUCT, ""): _rule("instructed", L.LEAD_HEAD, L.LEAD_HANDLER, L.SUPERVISORS),
    (A.DECLINE, ""): _rule("declined", L.PETITIONER),
    (A.REFER, ""): _rule("referred", L.PETITIONER),
    (A.ANSWER, ""): _rule("answered", L.PETITIONER),
    (A.GROUP, ""): _rule("grouped", L.PETITIONER),
    (A.PASS_ON, ""): _rule("replied", L.PETITIONER),
    (A.DIRECT_ON, ""): _rule("referred", L.PETITIONER),
    (A.APPEAL, ""): _rule("appealed", L.SUPERVISORS),
    (A.DECIDE_APPEAL, "granted"): _rule("appeal_decided", L.REQUESTER),
    (A.DECIDE_APPEAL, "refused"): _rule("appeal_decided", L.REQUESTER),
    (A.EXCLUDE, ""): _rule("exclusion_requested", L.SUPERVISORS),
    (A.DECIDE_EXCLUSION, "granted"): _rule("exclusion_decided", L.REQUESTER),
    (A.DECIDE_EXCLUSION, "refused"): _rule("exclusion_decided", L.REQUESTER),
}


def is_notifiable(action: Action, outcome: str = "") -> bool:
    """Whether somebody must hear of the step."""
    return (action, outcome) in NOTICES
