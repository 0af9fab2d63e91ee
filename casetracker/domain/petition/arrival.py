"""A petition arrives: registered, classified, linked to what is there."""

from casetracker.domain import petition_guards as p
from casetracker.domain.petition.groups import (
    CLERK,
    NEVER,
    TRIAGE,
)
from casetracker.domain.vocabulary import (
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

ARRIVAL = (
    Transition(
        A.REGISTER,
        NEVER,
        S.REGISTERED,
        CLERK | roles(R.OPERATOR, R.DISPATCHER, R.HANDLER, R.SYSTEM),
        "row 1; 信访工作条例 art. 21(2), 23(1)",
        starts=("notify15",),
    ),
    Transition(
        A.CLASSIFY,
        TRIAGE,
        S.CLASSIFIED,
        CLERK,
        "row 3; 信访工作条例 art. 29, 31: class and route with their reason",
    ),
    Transition(
        A.CLASSIFY,
        TRIAGE,
        S.IN_LANE,
        CLERK,
        "row 7; 信访工作条例 art. 30: an accusation leaves the open desk at once",
        outcome="accusation",
        ends=("objection5",),
    ),
    Transition(
        A.RAISE_OBJECTION,
        TRIAGE,
        S.OBJECTION_PENDING,
        CLERK,
        "row 5; 信访工作条例 art. 23(3): within 5 working days, with detailed reasons",
        guards=(p.was_sent_here, p.objection_in_time),
        stops=("objection5",),
    ),
    Transition(
        A.DECIDE_OBJECTION,
        states(S.OBJECTION_PENDING),
        S.REFERRED,
        CLERK,
        "row 5a; 信访工作条例 art. 23(3): the sender agreed, the material is handed back",
        outcome="granted",
        ends=("*",),
    ),
    Transition(
        A.DECIDE_OBJECTION,
        states(S.OBJECTION_PENDING),
        S.CLASSIFIED,
        CLERK,
        "row 5a; refused: the notice keeps its first date",
        outcome="refused",
    ),
    Transition(
        A.DECIDE_OBJECTION,
        states(S.OBJECTION_PENDING),
        S.REGISTERED,
        CLERK,
        "row 5a; refused before it was classified",
        outcome="refused_unclassified",
    ),
)
