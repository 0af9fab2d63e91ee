"""Urging, supervision, and what the system notes."""

from casetracker.domain.hotline.groups import (
    ALL,
    HEADS,
    SYSTEM,
    UNIT,
)
from casetracker.domain.orders import order_rows
from casetracker.domain.vocabulary import (
    HOTLINE_OPEN,
    Action,
    Role,
    State,
)
from casetracker.domain.workflow import (
    Transition,
    roles,
    states,
)

A, R, S = Action, Role, State

OVERSIGHT = (
    Transition(
        A.URGE,
        HOTLINE_OPEN,
        None,
        roles(R.OPERATOR, R.DISPATCHER, R.SUPERVISOR, R.RESIDENT, R.FOLLOW_UP) | HEADS,
        "row 23; 催办, counted",
    ),
    *order_rows(
        HOTLINE_OPEN | {S.CLOSED},
        ALL,
        UNIT,
        issuing="row 23; 督办 by a trigger of the catalogue, 信访工作条例 art. 40",
        answering="row 24c",
    ),
    Transition(A.INSTRUCT, HOTLINE_OPEN, None, HEADS, "row 23; 领导批示"),
    Transition(
        A.NOTE_REPEAT,
        ALL,
        None,
        SYSTEM,
        "row 2; the parent notes how many residents stand behind it",
    ),
    Transition(
        A.PASS_ON,
        states(S.GROUPED),
        None,
        SYSTEM,
        "row 2a; each resident of a grouped matter keeps a number, a reply and a vote",
    ),
    Transition(
        A.DIRECT_ON,
        states(S.GROUPED),
        None,
        SYSTEM,
        "row 2b; the matter was declined, referred or returned upstream",
    ),
    Transition(A.RECALCULATE, HOTLINE_OPEN, None, SYSTEM, "row 29; R11 of docs/rules/deadlines.md"),
)
