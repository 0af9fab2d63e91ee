"""Who must hear of which step of a petition.

The petitioner is told on paper, which is served; short messages say that there is something, at
registration, at an extension and at the answer. Source: docs/rules/notices.md.
"""

from collections.abc import Mapping

from casetracker.domain.appraisal_notices import APPRAISAL_NOTICES
from casetracker.domain.listeners import Listener, NoticeRule, told
from casetracker.domain.vocabulary import Action

A, L = Action, Listener
UNIT = (L.LEAD_HEAD, L.LEAD_HANDLER)
SIGNERS = (L.DEPUTY_LEADER, L.LEADERS)

ARRIVING: Mapping[tuple[Action, str], NoticeRule] = {
    (A.REGISTER, ""): told("petition_registered", L.CLERKS, L.PETITIONER),
    (A.ACCEPT, ""): told("petition_accepted", L.CLERKS),
    (A.ACCEPT, "simple"): told("petition_accepted", L.CLERKS),
    (A.DECLINE, ""): told("petition_refused", L.CLERKS),
    (A.REFUSE_AGAIN, ""): told("petition_refused", L.CLERKS),
}
HANDLING: Mapping[tuple[Action, str], NoticeRule] = {
    (A.ASSIGN, ""): told("petition_assigned", *UNIT),
    (A.ASSIGN, "direct"): told("petition_assigned", *UNIT),
    (A.ASSIGN, "again"): told("petition_assigned", *UNIT),
    (A.REQUEST_EXTENSION, ""): told("extension_requested", L.LEADERS),
    (A.DECIDE_EXTENSION, "granted"): told("petition_extended", L.REQUESTER, L.CLERKS, L.PETITIONER),
    (A.DECIDE_EXTENSION, "refused"): told("extension_refused", L.REQUESTER),
    (A.DRAFT, ""): told("opinion_to_check", L.LEGAL_ADVISERS),
    (A.DRAFT, "reply"): told("opinion_to_sign", *SIGNERS),
    (A.LEGAL_CHECK, "passed"): told("opinion_to_sign", *SIGNERS),
    (A.LEGAL_CHECK, "sent_back"): told("opinion_sent_back", *UNIT),
    (A.SIGN_OFF, "signed"): told("opinion_to_serve", L.CLERKS),
    (A.SIGN_OFF, "sent_back"): told("opinion_sent_back", *UNIT),
    (A.SERVE, "opinion"): told("petition_answered", L.PETITIONER),
    (A.SERVE, "supported"): told("petition_supported", L.PETITIONER, *UNIT),
    (A.EXECUTE, "done"): told("petition_executed", L.CLERKS),
}
AFTERWARDS: Mapping[tuple[Action, str], NoticeRule] = {
    (A.REQUEST_REVIEW, ""): told("review_requested", L.CLERKS),
    (A.REQUEST_FINAL_REVIEW, ""): told("review_requested", L.CLERKS),
    (A.DECIDE_REVIEW, "rehandle"): told("handled_anew", *UNIT),
    (A.DECIDE_FINAL_REVIEW, "rehandle"): told("handled_anew", *UNIT),
    (A.MARK_SETTLED, "proposed"): told("settlement_proposed", *SIGNERS),
    (A.MARK_SETTLED, "granted"): told("settlement_decided", L.REQUESTER),
    (A.MARK_SETTLED, "refused"): told("settlement_decided", L.REQUESTER),
    (A.EVALUATE, "unhappy"): told("petition_dissatisfied", L.SUPERVISORS, L.LEAD_HEAD, L.CLERKS),
    (A.WITHDRAW, ""): told("petition_withdrawn", *UNIT, L.CLERKS),
    (A.URGE, ""): told("urged", *UNIT, L.CLERKS),
    (A.SUPERVISE, ""): told("supervised", *UNIT, L.CLERKS),
    (A.SUPERVISE_REPORT, "feedback"): told("supervision_answered", L.SUPERVISORS),
    (A.SUPERVISE_REPORT, "sent_back"): told("supervision_sent_back", L.LEAD_HEAD, L.CLERKS),
    (A.INSTRUCT, ""): told("instructed", *UNIT, L.SUPERVISORS, L.CLERKS),
}
PETITION_NOTICES = {**ARRIVING, **HANDLING, **AFTERWARDS, **APPRAISAL_NOTICES}
"""The whole table, by step and outcome."""
