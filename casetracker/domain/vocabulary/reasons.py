"""Why: reasons of the catalogues, triggers and grades of supervision."""

from enum import StrEnum


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
