"""Where a case stands, and which states belong together."""

from enum import StrEnum


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
