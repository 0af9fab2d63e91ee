"""Who must hear of the appraisal of a case of either track: exclusions, taking back, appeals.

The resident hears of none of it: nothing of theirs changes. Source: docs/rules/notices.md.
"""

from collections.abc import Mapping

from casetracker.domain.listeners import Listener, NoticeRule, told
from casetracker.domain.vocabulary import Action

A, L = Action, Listener

APPRAISAL_NOTICES: Mapping[tuple[Action, str], NoticeRule] = {
    (A.APPEAL, ""): told("appealed", L.SUPERVISORS),
    (A.DECIDE_APPEAL, "granted"): told("appeal_decided", L.REQUESTER),
    (A.DECIDE_APPEAL, "refused"): told("appeal_decided", L.REQUESTER),
    (A.EXCLUDE, ""): told("exclusion_requested", L.SUPERVISORS),
    (A.DECIDE_EXCLUSION, "granted"): told("exclusion_decided", L.REQUESTER),
    (A.DECIDE_EXCLUSION, "refused"): told("exclusion_decided", L.REQUESTER),
    (A.REINSTATE, ""): told("reinstatement_requested", L.SUPERVISORS),
    (A.DECIDE_REINSTATEMENT, "granted"): told("reinstatement_decided", L.REQUESTER, L.LEAD_HEAD),
    (A.DECIDE_REINSTATEMENT, "refused"): told("reinstatement_decided", L.REQUESTER),
    (A.EXPIRE_EXCLUSION, ""): told("exclusion_expired", L.SUPERVISORS, L.LEAD_HEAD),
}
