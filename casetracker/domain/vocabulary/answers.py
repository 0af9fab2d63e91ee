"""What came of it: results, contacts, and what residents answered."""

from enum import StrEnum


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
