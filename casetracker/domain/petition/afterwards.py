"""Evaluation, settlement as a fact of its own, the archive."""

from casetracker.domain import guards as g
from casetracker.domain import petition_guards as p
from casetracker.domain.petition.groups import (
    ANSWERED,
    CLERK,
    FINISHED,
    HEADS,
    TOLD,
    UNDER_REVIEW,
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

AFTERWARDS = (
    Transition(
        A.EVALUATE,
        ANSWERED | UNDER_REVIEW,
        None,
        roles(R.RESIDENT),
        "row 22; 国信发〔2022〕11号: once for each party, within the window",
        outcome="kept",
        guards=(p.evaluation_in_time,),
    ),
    Transition(
        A.EVALUATE,
        ANSWERED | UNDER_REVIEW,
        None,
        roles(R.RESIDENT),
        "row 22; dissatisfied: the supervisor hears of it",
        outcome="unhappy",
        guards=(p.evaluation_in_time,),
    ),
    Transition(
        A.MARK_SETTLED,
        ANSWERED | TOLD | states(S.HANDLING),
        None,
        CLERK,
        "row 23; 化解 is a fact of its own: proposed with evidence",
        outcome="proposed",
        guards=(p.not_settled, g.not_pending(RequestKind.SETTLEMENT)),
    ),
    Transition(
        A.MARK_SETTLED,
        ANSWERED | TOLD | states(S.HANDLING),
        None,
        HEADS,
        "row 23; found so by a leader",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.SETTLEMENT),),
    ),
    Transition(
        A.MARK_SETTLED,
        ANSWERED | TOLD | states(S.HANDLING),
        None,
        HEADS,
        "row 23; not found so",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.SETTLEMENT),),
    ),
    Transition(
        A.ARCHIVE,
        FINISHED - {S.ARCHIVED},
        S.ARCHIVED,
        CLERK | roles(R.SYSTEM),
        "row 25; the file is complete",
        ends=("*", "evaluate"),
    ),
)
