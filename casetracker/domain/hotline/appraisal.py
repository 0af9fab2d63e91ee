"""Exclusions taken back, and the judgement of lay evaluators."""

from casetracker.domain import guards as g
from casetracker.domain.hotline.groups import (
    ALL,
    HEADS,
    SYSTEM,
    UNIT,
)
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

APPRAISAL = (
    Transition(
        A.REINSTATE,
        ALL,
        None,
        UNIT | HEADS | roles(R.SUPERVISOR),
        "row 28a; an exclusion is taken back as it was made: asked by one, decided by another",
        guards=(g.is_excluded, g.not_pending(RequestKind.REINSTATEMENT)),
    ),
    Transition(
        A.DECIDE_REINSTATEMENT,
        ALL,
        None,
        HEADS | roles(R.SUPERVISOR),
        "row 28a",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.REINSTATEMENT),),
    ),
    Transition(
        A.DECIDE_REINSTATEMENT,
        ALL,
        None,
        HEADS | roles(R.SUPERVISOR),
        "row 28a",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.REINSTATEMENT),),
    ),
    Transition(A.EXPIRE_EXCLUSION, ALL, None, SYSTEM, "row 28b; the day it was granted up to"),
    Transition(
        A.JUDGE,
        states(S.TO_FOLLOW_UP, S.CLOSED),
        None,
        roles(R.SUPERVISOR),
        "row 24; lay evaluators on the demand and on the duty, entered by one",
        guards=(g.not_pending(RequestKind.JUDGEMENT), g.is_disputed),
    ),
    Transition(
        A.CONFIRM_JUDGEMENT,
        ALL,
        None,
        HEADS | roles(R.SUPERVISOR),
        "row 24; confirmed by another",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.JUDGEMENT),),
    ),
    Transition(
        A.CONFIRM_JUDGEMENT,
        ALL,
        None,
        HEADS | roles(R.SUPERVISOR),
        "row 24; not confirmed: nothing changes",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.JUDGEMENT),),
    ),
)
