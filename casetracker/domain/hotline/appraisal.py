"""Exclusions, appeals, and the judgement of lay evaluators."""

from casetracker.domain import guards as g
from casetracker.domain.exclusions import appeal_rows, exclusion_rows
from casetracker.domain.hotline.groups import (
    ALL,
    HEADS,
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
    *exclusion_rows(ALL, UNIT | roles(R.SUPERVISOR), HEADS | roles(R.SUPERVISOR), row="28"),
    *appeal_rows(states(S.TO_FOLLOW_UP, S.CLOSED), UNIT, row="24"),
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
