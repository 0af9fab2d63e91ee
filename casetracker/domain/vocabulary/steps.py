"""What is done with a case: steps, parts, requests for a decision, files."""

from enum import StrEnum


class Action(StrEnum):
    """What may happen to a case of either track; the names of the API's actions."""

    REGISTER = "register"
    ANSWER = "answer"
    DECLINE = "decline"
    GROUP = "group"
    DISPATCH = "dispatch"
    SIGN_FOR = "sign_for"
    REQUEST_RETURN = "request_return"
    DECIDE_RETURN = "decide_return"
    CONTACT = "contact"
    LOG = "log"
    ASSIST = "assist"
    ASSIST_REPORT = "assist_report"
    WHISTLE = "whistle"
    ARRIVE = "arrive"
    SETTLE_WHISTLE = "settle_whistle"
    SCORE_UNIT = "score_unit"
    SCORE_STREET = "score_street"
    REQUEST_EXTENSION = "request_extension"
    DECIDE_EXTENSION = "decide_extension"
    REQUEST_HOLD = "request_hold"
    DECIDE_HOLD = "decide_hold"
    RELEASE = "release"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    FOLLOW_UP = "follow_up"
    EVALUATE = "evaluate"
    REDO = "redo"
    CLOSE = "close"
    ARCHIVE = "archive"
    REFER = "refer"
    WITHDRAW = "withdraw"
    URGE = "urge"
    SUPERVISE = "supervise"
    SUPERVISE_REPORT = "supervise_report"
    INSTRUCT = "instruct"
    RECLASSIFY = "reclassify"
    EXCLUDE = "exclude"
    DECIDE_EXCLUSION = "decide_exclusion"
    APPEAL = "appeal"
    DECIDE_APPEAL = "decide_appeal"
    REINSTATE = "reinstate"
    DECIDE_REINSTATEMENT = "decide_reinstatement"
    EXPIRE_EXCLUSION = "expire_exclusion"  # system: the day up to which it was granted is over
    JUDGE = "judge"
    CONFIRM_JUDGEMENT = "confirm_judgement"
    RETURN_UPSTREAM = "return_upstream"
    EXTEND_UPSTREAM = "extend_upstream"
    QUEUE_FOLLOW_UP = "queue_follow_up"  # system: a reply went out, the call-back is next
    CLOSE_UNSURVEYED = "close_unsurveyed"  # system: the resident asked not to be called
    ATTACH = "attach"
    ISSUE_PAPER = "issue_paper"
    NOTE_REPEAT = "note_repeat"  # system: another resident's case was grouped into this one
    PASS_ON = "pass_on"  # system: the reply reaches a resident whose case was grouped
    DIRECT_ON = "direct_on"  # system: such a resident hears where the matter belongs
    RECALCULATE = "recalculate"  # system: a new calendar moved a future due date
    # of a petition
    CLASSIFY = "classify"
    ACCEPT = "accept"
    REFUSE_AGAIN = "refuse_again"
    FORWARD = "forward"
    RAISE_OBJECTION = "raise_objection"
    DECIDE_OBJECTION = "decide_objection"
    REDIRECT = "redirect"
    TRANSFER_CONFIDENTIAL = "transfer_confidential"
    ASSIGN = "assign"
    DRAFT = "draft"
    LEGAL_CHECK = "legal_check"
    SIGN_OFF = "sign_off"
    SERVE = "serve"
    EXECUTE = "execute"
    REQUEST_REVIEW = "request_review"
    DECIDE_REVIEW = "decide_review"
    REQUEST_FINAL_REVIEW = "request_final_review"
    DECIDE_FINAL_REVIEW = "decide_final_review"
    CONCLUDE = "conclude"
    MARK_SETTLED = "mark_settled"


class Part(StrEnum):
    """The part a unit takes in a case: lead (主办), assist (协办), whistle (吹哨报到)."""

    LEAD = "lead"
    ASSIST = "assist"
    WHISTLE = "whistle"


class RequestKind(StrEnum):
    """What one person asks for and another one decides."""

    RETURN = "return"
    EXTENSION = "extension"
    HOLD = "hold"
    EXCLUSION = "exclusion"
    APPEAL = "appeal"
    UPSTREAM_RETURN = "upstream_return"
    UPSTREAM_EXTENSION = "upstream_extension"
    SETTLEMENT = "settlement"
    REINSTATEMENT = "reinstatement"
    JUDGEMENT = "judgement"


class RequestStatus(StrEnum):
    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"  # the case went on without it


class FilePurpose(StrEnum):
    """What a file of a case is for."""

    REQUEST = "request"
    EVIDENCE = "evidence"


class Visibility(StrEnum):
    """Who may read a timeline entry."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"
