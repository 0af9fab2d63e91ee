"""Who must hear of which step, as data: the recipients and the template that words it.

Only what somebody has to act on or was promised; everything else is found in the history.
Source: docs/rules/notices.md.
"""

from collections.abc import Mapping

from casetracker.domain.appraisal_notices import APPRAISAL_NOTICES
from casetracker.domain.listeners import Listener, NoticeRule, told
from casetracker.domain.petition_notices import PETITION_NOTICES
from casetracker.domain.vocabulary import Action, Track

A, L = Action, Listener
Rules = Mapping[tuple[Action, str], NoticeRule]

HOTLINE_NOTICES: Rules = {
    (A.REGISTER, ""): told("registered", L.DISPATCHERS, L.PETITIONER),
    (A.DISPATCH, ""): told("dispatched", L.LEAD_HEAD, L.LEAD_HANDLER, L.NAMED_UNITS),
    (A.REQUEST_RETURN, ""): told("return_requested", L.DISPATCHERS),
    (A.DECIDE_RETURN, "granted"): told("return_granted", L.REQUESTER, L.DISPATCHERS),
    (A.DECIDE_RETURN, "refused"): told("return_refused", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.ASSIST, ""): told("assist_invited", L.NAMED_UNITS),
    (A.WHISTLE, ""): told("whistled", L.NAMED_UNITS),
    (A.ASSIST_REPORT, ""): told("assist_answered", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.REQUEST_EXTENSION, ""): told("extension_requested", L.DEPUTY_LEADER),
    (A.DECIDE_EXTENSION, "granted"): told("extension_granted", L.REQUESTER, L.PETITIONER),
    (A.DECIDE_EXTENSION, "refused"): told("extension_refused", L.REQUESTER),
    (A.REQUEST_HOLD, ""): told("hold_requested", L.DEPUTY_LEADER),
    (A.DECIDE_HOLD, "granted"): told("hold_granted", L.REQUESTER, L.PETITIONER),
    (A.DECIDE_HOLD, "refused"): told("hold_refused", L.REQUESTER),
    (A.RELEASE, "resumed"): told("released", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.RELEASE, "resumed_unsigned"): told("released", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.RELEASE, "resumed_redo"): told("released", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.RELEASE, "settled"): told("replied", L.PETITIONER),
    (A.SUBMIT, ""): told("submitted", L.LEAD_HEAD),
    (A.SUBMIT, "again"): told("submitted", L.LEAD_HEAD),
    (A.SEND_BACK, ""): told("sent_back", L.LEAD_HANDLER),
    (A.SEND_BACK, "again"): told("sent_back", L.LEAD_HANDLER),
    (A.APPROVE, ""): told("replied", L.PETITIONER, L.LEAD_HANDLER),
    (A.FOLLOW_UP, "unhappy"): told("dissatisfied", L.SUPERVISORS, L.LEAD_HEAD),
    (A.EVALUATE, "unhappy"): told("dissatisfied", L.SUPERVISORS, L.LEAD_HEAD),
    (A.REDO, ""): told("redo_ordered", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.URGE, ""): told("urged", L.LEAD_HEAD, L.LEAD_HANDLER),
    (A.SUPERVISE, ""): told("supervised", L.LEAD_HEAD, L.LEAD_HANDLER, L.NAMED_UNITS),
    (A.SUPERVISE_REPORT, "feedback"): told("supervision_answered", L.SUPERVISORS),
    (A.SUPERVISE_REPORT, "sent_back"): told("supervision_sent_back", L.LEAD_HEAD, L.NAMED_UNITS),
    (A.INSTRUCT, ""): told("instructed", L.LEAD_HEAD, L.LEAD_HANDLER, L.SUPERVISORS),
    (A.DECLINE, ""): told("declined", L.PETITIONER),
    (A.REFER, ""): told("referred", L.PETITIONER),
    (A.ANSWER, ""): told("answered", L.PETITIONER),
    (A.GROUP, ""): told("grouped", L.PETITIONER),
    (A.PASS_ON, ""): told("replied", L.PETITIONER),
    (A.DIRECT_ON, ""): told("referred", L.PETITIONER),
    **APPRAISAL_NOTICES,
    (A.JUDGE, ""): told("judgement_entered", L.SUPERVISORS),
    (A.CONFIRM_JUDGEMENT, "granted"): told("judgement_decided", L.REQUESTER, L.LEAD_HEAD),
    (A.CONFIRM_JUDGEMENT, "refused"): told("judgement_decided", L.REQUESTER),
}
LANE_NOTICES: Rules = {
    (A.TRANSFER_CONFIDENTIAL, ""): told("lane_entered", L.DISCIPLINE),
    (A.CLASSIFY, "accusation"): told("lane_entered", L.DISCIPLINE),
}
"""Of a sealed case the discipline officers alone hear, whatever its track (条例 art. 30)."""
NOTICES: Mapping[Track, Rules] = {
    Track.HOTLINE: {**HOTLINE_NOTICES, **LANE_NOTICES},
    Track.PETITION: {**PETITION_NOTICES, **LANE_NOTICES},
}


def rule_for(
    track: Track, action: Action, outcome: str = "", *, is_sealed: bool = False
) -> NoticeRule | None:
    """Who hears of the step; None where nobody does."""
    rules = LANE_NOTICES if is_sealed else NOTICES[track]
    return rules.get((action, outcome))
