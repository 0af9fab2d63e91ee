"""The words of supervision beyond the order itself: rules, suggestions, talks, whistles.

Chinese names stand in `casetracker.labels`. Source: docs/glossary.md, docs/rules/supervision.md.
"""

from enum import StrEnum


class RuleMode(StrEnum):
    """What follows when a rule of supervision finds something."""

    SUGGEST = "suggest"  # it is put before the supervisor
    ISSUE = "issue"  # the system writes the order by itself


class SuggestionStatus(StrEnum):
    PENDING = "pending"
    ISSUED = "issued"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"  # it is no longer so, and nobody had to act


class OrderStatus(StrEnum):
    """Where a supervision order stands, worked out from its dates."""

    OPEN = "open"
    LATE = "late"  # the limit for the feedback is over
    ANSWERED = "answered"
    CLOSED = "closed"


class TalkReason(StrEnum):
    """What makes a unit a candidate for a talk (约谈)."""

    SECOND_OVERDUE = "second_overdue"
    MUCH_OVERDUE = "much_overdue"
    WORST_TWICE = "worst_twice"
    ORDERS_LATE = "orders_late"
    ORDERS_SENT_BACK = "orders_sent_back"
    WHISTLE_UNHEARD = "whistle_unheard"


class WatchList(StrEnum):
    """Lists that a supervisor keeps an eye on (督办清单)."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    UNSIGNED = "unsigned"
    RETURNED_OFTEN = "returned_often"
    NOT_REDONE = "not_redone"
    HOLD_LATE = "hold_late"
    ASSIST_LATE = "assist_late"
    ORDERS_LATE = "orders_late"


class RepeatBy(StrEnum):
    """What makes several cases one group of repeats."""

    MATTER = "matter"
    PERSON = "person"
    PLACE = "place"


class WhistlePart(StrEnum):
    """A figure of the register of whistles, and the calls behind it."""

    CALLED = "called"
    DUE = "due"  # responded, or the limit to respond is over
    ON_TIME = "on_time"
    UNIT_SCORED = "unit_scored"
    STREET_SCORED = "street_scored"
