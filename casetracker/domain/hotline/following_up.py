"""Afterwards: call-back, evaluation, a second round, closing, the archive."""

from casetracker.domain import guards as g
from casetracker.domain.vocabulary import (
    Action,
    RequestKind,
    Role,
    State,
)
from casetracker.domain.workflow import (
    Transition,
    roles,
    states,
)

A, R, S = Action, Role, State

FOLLOWING_UP = (
    Transition(
        A.FOLLOW_UP,
        states(S.TO_FOLLOW_UP),
        None,
        roles(R.FOLLOW_UP),
        "row 16; an attempt that did not end the call-back",
        outcome="attempt",
        guards=(g.did_not_handle,),
    ),
    Transition(
        A.FOLLOW_UP,
        states(S.TO_FOLLOW_UP),
        None,
        roles(R.FOLLOW_UP),
        "rows 16-17; dissatisfied or unsolved: the clock runs until the supervisor decides",
        outcome="unhappy",
        guards=(g.did_not_handle,),
    ),
    Transition(
        A.FOLLOW_UP,
        states(S.TO_FOLLOW_UP),
        S.CLOSED,
        roles(R.FOLLOW_UP),
        "row 16; a valid answer, or three failed attempts at different times",
        outcome="done",
        guards=(g.did_not_handle,),
        stops=("callback",),
        ends=("*",),
    ),
    Transition(
        A.EVALUATE,
        states(S.TO_FOLLOW_UP),
        S.CLOSED,
        roles(R.RESIDENT),
        "row 16 by the resident's own evaluation",
        outcome="done",
        stops=("callback",),
        ends=("*",),
    ),
    Transition(
        A.EVALUATE,
        states(S.CLOSED, S.GROUPED),
        None,
        roles(R.RESIDENT),
        "row 16 by the resident's own evaluation after closing, or of a grouped case: kept",
        outcome="kept",
    ),
    Transition(
        A.EVALUATE,
        states(S.TO_FOLLOW_UP, S.CLOSED, S.GROUPED),
        None,
        roles(R.RESIDENT),
        "row 17 by the resident's own evaluation: the supervisor hears of it",
        outcome="unhappy",
    ),
    Transition(
        A.REDO,
        states(S.TO_FOLLOW_UP),
        S.REDO,
        roles(R.SUPERVISOR),
        "row 17; 夏阳街道热线办法: the unit head takes part",
        guards=(g.is_dissatisfied, g.not_unreasonable),
        starts=("redo",),
        stops=("callback",),
    ),
    Transition(
        A.CLOSE,
        states(S.TO_FOLLOW_UP),
        S.CLOSED,
        roles(R.SUPERVISOR),
        "row 17, the other way: dissatisfied, judged unreasonable or handled in full",
        guards=(g.is_dissatisfied,),
        stops=("callback",),
        ends=("*",),
    ),
    Transition(
        A.ARCHIVE,
        states(S.CLOSED),
        S.ARCHIVED,
        roles(R.OPERATOR, R.SYSTEM),
        "row 22; survey closed, appeal window over",
        guards=(
            g.afterwords_over,
            g.not_pending(RequestKind.APPEAL),
        ),
    ),
)
