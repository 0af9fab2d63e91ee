"""Urging, supervision, correction, and what the system notes."""

from casetracker.domain.orders import order_rows
from casetracker.domain.petition.groups import (
    ALL,
    CLERK,
    HEADS,
    UNIT,
)
from casetracker.domain.vocabulary import (
    PETITION_OPEN,
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
        PETITION_OPEN,
        None,
        CLERK | roles(R.OPERATOR, R.SUPERVISOR, R.RESIDENT) | HEADS,
        "row 24; 催办, counted",
    ),
    *order_rows(
        ALL - {S.ARCHIVED},
        ALL,
        UNIT | CLERK,
        issuing="row 24; 信访工作条例 art. 40",
        answering="row 24",
    ),
    Transition(A.INSTRUCT, ALL - {S.ARCHIVED}, None, HEADS, "row 24; 领导批示"),
    Transition(
        A.RECLASSIFY,
        PETITION_OPEN,
        None,
        CLERK | roles(R.SUPERVISOR),
        "row 26; the subject is put right, with before and after",
    ),
    Transition(
        A.NOTE_REPEAT,
        ALL,
        None,
        roles(R.SYSTEM),
        "row 2; linked to an earlier or later matter of the same people",
    ),
    Transition(
        A.RECALCULATE, PETITION_OPEN | states(S.SERVED, S.REVIEWED), None, roles(R.SYSTEM),
        "row 29; R11 of docs/rules/deadlines.md",
    ),
    Transition(
        A.WITHDRAW,
        PETITION_OPEN - states(S.IN_REVIEW, S.IN_FINAL_REVIEW, S.EXECUTING),
        S.WITHDRAWN,
        CLERK | roles(R.RESIDENT),
        "row 28; the petitioner took it back, read back to them",
        ends=("*",),
    ),
)  # fmt: skip
