"""The words of the field as enums; their values are what API, CLI and imports speak.

Chinese names stand in `casetracker.labels`. Source: docs/glossary.md.
"""

from enum import StrEnum


class Track(StrEnum):
    """The two kinds of matter; each has its own transition table."""

    HOTLINE = "hotline"
    PETITION = "petition"


class Channel(StrEnum):
    """Where a resident spoke up."""

    MAYOR_LINE = "mayor_line"
    DISTRICT_LINE = "district_line"
    HOTLINE_12345 = "hotline_12345"
    MESSAGE_BOARD = "message_board"
    NEIGHBOURHOOD = "neighbourhood"
    PETITION_ONLINE = "petition_online"
    LETTER = "letter"
    VISIT = "visit"
    CALL = "call"
    WINDOW = "window"
    LEADER_RECEPTION = "leader_reception"
    LEADER_NOTE = "leader_note"
    FORWARDED = "forwarded"
    GRID = "grid"
    PATROL = "patrol"
    COMMUNITY = "community"
    PORTAL = "portal"
    MEDIA = "media"
    DEPUTIES = "deputies"


class SourceLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    STREET = "street"


class Kind(StrEnum):
    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    OTHER = "other"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class Role(StrEnum):
    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    UNIT_HEAD = "unit_head"
    HANDLER = "handler"
    DEPUTY_LEADER = "deputy_leader"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    FOLLOW_UP = "follow_up"
    PETITION_CLERK = "petition_clerk"
    LEGAL_ADVISER = "legal_adviser"
    DISCIPLINE = "discipline"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    RESIDENT = "resident"  # the portal acting for a resident who gave the right query code
    SYSTEM = "system"  # timers, imports, automatic steps


class UnitKind(StrEnum):
    STREET = "street"
    CENTRE = "centre"
    OFFICE = "office"
    COMMUNITY = "community"
    BRIGADE = "brigade"
    GRID = "grid"
    DEPARTMENT = "department"


class PeerGroup(StrEnum):
    """Units that are compared with each other alone (docs/rules/reports.md 5)."""

    COMMUNITY = "community"
    BRIGADE = "brigade"
    OFFICE = "office"
    CENTRE = "centre"
    DEPARTMENT = "department"


class Settlement(StrEnum):
    """Where a matter was settled: 小事不出村，大事不出街 (docs/rules/settlement.md)."""

    COMMUNITY = "community"
    STREET = "street"
    HANDED_ON = "handed_on"
    OPEN = "open"
    NOT_TAKEN = "not_taken"


class State(StrEnum):
    """States of both tracks (docs/rules/hotline.md, docs/rules/petition.md); some are shared."""

    TO_DISPATCH = "to_dispatch"
    TO_SIGN = "to_sign"
    HANDLING = "handling"
    RETURN_PENDING = "return_pending"
    TO_REVIEW = "to_review"
    REPLIED = "replied"
    TO_FOLLOW_UP = "to_follow_up"
    REDO = "redo"
    ON_HOLD = "on_hold"
    GROUPED = "grouped"
    DECLINED = "declined"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ARCHIVED = "archived"
    # of a petition
    REGISTERED = "registered"
    CLASSIFIED = "classified"
    OBJECTION_PENDING = "objection_pending"
    TO_NOTIFY = "to_notify"
    AWAITING_REPORT = "awaiting_report"
    FORWARDED = "forwarded"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    REFUSED_AGAIN = "refused_again"
    ACCEPTED = "accepted"
    TO_CHECK = "to_check"
    TO_SIGN_OFF = "to_sign_off"
    TO_SERVE = "to_serve"
    SERVED = "served"
    EXECUTING = "executing"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    IN_FINAL_REVIEW = "in_final_review"
    FINALLY_REVIEWED = "finally_reviewed"
    CONCLUDED = "concluded"
    # of the confidential lane
    IN_LANE = "in_lane"
    TRANSFERRED = "transferred"


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


class Result(StrEnum):
    """How a handled matter ended (结果类型)."""

    RESOLVED = "resolved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    UNRESOLVED = "unresolved"
    UNREASONABLE = "unreasonable"
    WITHDRAWN = "withdrawn"


class Satisfaction(StrEnum):
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


class CallValidity(StrEnum):
    """Whether a call-back reached the resident; only VALID counts in any rate."""

    VALID = "valid"
    NO_ANSWER = "no_answer"
    DEAD_NUMBER = "dead_number"
    REFUSED = "refused"
    NOT_THE_PERSON = "not_the_person"
    NO_CALLS_WANTED = "no_calls_wanted"
    CONFIDENTIAL = "confidential"


class DissatisfactionReason(StrEnum):
    NOT_SOLVED = "not_solved"
    TOO_SLOW = "too_slow"
    NO_CONTACT = "no_contact"
    ATTITUDE = "attitude"
    REPLY_UNTRUE = "reply_untrue"
    RESULT_REJECTED = "result_rejected"
    OTHER = "other"


class ContactChannel(StrEnum):
    """How the office spoke to the resident."""

    PHONE = "phone"
    VISIT = "visit"
    WINDOW = "window"
    SMS = "sms"
    ONLINE = "online"
    LETTER = "letter"
    UPSTREAM = "upstream"


class ContactOutcome(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    DEAD_NUMBER = "dead_number"
    REFUSED = "refused"


class DeclineReason(StrEnum):
    EMERGENCY_LINE = "emergency_line"
    STATUTORY_CHANNEL = "statutory_channel"
    IN_PETITION = "in_petition"
    SETTLED_NOTHING_NEW = "settled_nothing_new"
    SECRET_OR_PRIVATE = "secret_or_private"
    BEYOND_POWERS = "beyond_powers"
    UNLAWFUL = "unlawful"
    MALICIOUS = "malicious"
    OTHER_DISTRICT = "other_district"
    UNREACHABLE = "unreachable"
    NOT_OURS = "not_ours"


class ReturnReason(StrEnum):
    NOT_OUR_DUTY = "not_our_duty"
    NOT_OUR_AREA = "not_our_area"
    DISTRICT_DEPARTMENT = "district_department"
    ADDRESS_UNCLEAR = "address_unclear"
    DUPLICATE_DISPATCH = "duplicate_dispatch"
    WRONG_CONTENT = "wrong_content"
    HANDLED_ELSEWHERE = "handled_elsewhere"


class ExtensionReason(StrEnum):
    EXPERT_OPINION = "expert_opinion"
    SEVERAL_DEPARTMENTS = "several_departments"
    CONSTRUCTION_PERIOD = "construction_period"
    SUPERIOR_APPROVAL = "superior_approval"
    PARTY_CAUSE = "party_cause"
    FORCE_MAJEURE = "force_majeure"


class ReferTarget(StrEnum):
    PETITION = "petition"
    DISTRICT = "district"
    EMERGENCY = "emergency"
    UPSTREAM = "upstream"


class ExcludeReason(StrEnum):
    STATUTORY_CHANNEL = "statutory_channel"
    UNREASONABLE = "unreasonable"
    BEYOND_POWERS = "beyond_powers"
    MISROUTED = "misrouted"
    FORCE_MAJEURE = "force_majeure"
    REPEAT = "repeat"
    LEGACY = "legacy"
    UNREACHABLE = "unreachable"


class SuperviseTrigger(StrEnum):
    HALF_TIME_NO_RECORD = "half_time_no_record"
    NEAR_DUE = "near_due"
    OVERDUE = "overdue"
    RAISED_AGAIN = "raised_again"
    DISSATISFIED_NOT_REDONE = "dissatisfied_not_redone"
    ASSIST_LATE = "assist_late"
    NOT_RESUBMITTED = "not_resubmitted"
    LEADER_NOTE = "leader_note"
    MEDIA = "media"
    COLLECTIVE_OR_THREAT = "collective_or_threat"
    FRAUD = "fraud"
    UNSIGNED = "unsigned"
    SHIRKING = "shirking"
    NOT_TOLD = "not_told"
    NOT_REPORTED = "not_reported"
    NOT_EXECUTED = "not_executed"


class SuperviseLevel(StrEnum):
    """The ladder of supervision, from the lightest to the gravest."""

    PHONE = "phone"
    NOTICE = "notice"
    ORDER = "order"
    LISTED = "listed"  # put on a list that the whole house reads
    TALK = "talk"
    CIRCULAR = "circular"  # named in a circular to all units


class RiskTag(StrEnum):
    THREAT = "threat"
    COLLECTIVE = "collective"
    LEVEL_SKIPPING = "level_skipping"
    EXTREME = "extreme"
    MEDIA = "media"
    MINOR = "minor"
    SPECIAL_GROUP = "special_group"


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


class ClockStatus(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"  # fell away without being met (returned, withdrawn, referred …)


class DayUnit(StrEnum):
    """The unit in which a limit is counted (docs/rules/deadlines.md)."""

    CALENDAR = "calendar"
    WORKING = "working"
    OFFICE_HOURS = "office_hours"
    NATURAL_HOURS = "natural_hours"


class Aggregation(StrEnum):
    """What the total of a rate is (docs/rules/rates.md §9)."""

    POOLED = "pooled"  # the cases of all units together
    MEAN = "mean"  # the arithmetic mean of the units' rates


class Dimension(StrEnum):
    """What the lines of a table of figures are."""

    UNIT = "unit"
    UNIT_GROUP = "unit_group"
    CHANNEL = "channel"
    SOURCE_LEVEL = "source_level"
    CATEGORY = "category"
    TRACK = "track"


class Basis(StrEnum):
    """Which figures of a month: counted now, as they were frozen, or corrected last."""

    LIVE = "live"
    FROZEN = "frozen"
    CORRECTED = "corrected"


class ProfileStatus(StrEnum):
    """Where a version of a profile stands (docs/rules/rates.md §9)."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


PETITION_ONLY = frozenset(
    {
        State.REGISTERED,
        State.CLASSIFIED,
        State.OBJECTION_PENDING,
        State.TO_NOTIFY,
        State.AWAITING_REPORT,
        State.FORWARDED,
        State.REDIRECTED,
        State.REFUSED,
        State.REFUSED_AGAIN,
        State.ACCEPTED,
        State.TO_CHECK,
        State.TO_SIGN_OFF,
        State.TO_SERVE,
        State.SERVED,
        State.EXECUTING,
        State.IN_REVIEW,
        State.REVIEWED,
        State.IN_FINAL_REVIEW,
        State.FINALLY_REVIEWED,
        State.CONCLUDED,
    }
)
LANE_STATES = frozenset({State.IN_LANE, State.TRANSFERRED})
"""States of the confidential lane, into which a case of either track may pass."""

HOTLINE_STATES = frozenset(State) - PETITION_ONLY - LANE_STATES
PETITION_STATES = PETITION_ONLY | {
    State.HANDLING, State.REFERRED, State.WITHDRAWN, State.ARCHIVED,
}  # fmt: skip

HOTLINE_OPEN = frozenset(
    {
        State.TO_DISPATCH,
        State.TO_SIGN,
        State.HANDLING,
        State.RETURN_PENDING,
        State.TO_REVIEW,
        State.REPLIED,
        State.TO_FOLLOW_UP,
        State.REDO,
        State.ON_HOLD,
    }
)
PETITION_OPEN = frozenset(
    {
        State.REGISTERED,
        State.CLASSIFIED,
        State.OBJECTION_PENDING,
        State.TO_NOTIFY,
        State.AWAITING_REPORT,
        State.ACCEPTED,
        State.HANDLING,
        State.TO_CHECK,
        State.TO_SIGN_OFF,
        State.TO_SERVE,
        State.EXECUTING,
        State.IN_REVIEW,
        State.IN_FINAL_REVIEW,
    }
)
OPEN_STATES = HOTLINE_OPEN | PETITION_OPEN
"""States in which somebody still owes the resident something. What waits in the confidential lane
is owed by the discipline officers alone and stands on no open list (docs/rules/petition.md §6).
"""
