"""What becomes of it: accepted, refused, redirected, forwarded."""

from casetracker.domain import guards as g
from casetracker.domain import petition_guards as p
from casetracker.domain.petition.groups import (
    CLERK,
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

DISPOSING = (
    Transition(
        A.FORWARD,
        states(S.CLASSIFIED),
        S.TO_NOTIFY,
        CLERK,
        "row 4; 信访工作条例 art. 23(1): transferred, the petitioner is told where",
        guards=(p.is_classified,),
        ends=("objection5",),
    ),
    Transition(
        A.REDIRECT,
        states(S.CLASSIFIED),
        S.TO_NOTIFY,
        CLERK,
        "row 6; 信访工作条例 art. 31(1)-(5): the statutory way and the organ are named",
        guards=(p.has_a_statutory_route,),
        ends=("objection5",),
    ),
    Transition(
        A.DECLINE,
        TRIAGE,
        S.TO_NOTIFY,
        CLERK | roles(R.LEADER),
        "row 8; 信访工作条例 art. 19(3), 23(1): not taken, with the article and the right organ",
        guards=(g.not_the_registrant,),
        ends=("objection5",),
    ),
    Transition(
        A.REFUSE_AGAIN,
        TRIAGE,
        S.TO_NOTIFY,
        CLERK | roles(R.LEADER),
        "row 9; 信访工作条例 art. 36(3): same facts after the final review",
        guards=(g.not_the_registrant,),
        ends=("objection5",),
    ),
    Transition(
        A.ACCEPT,
        states(S.CLASSIFIED),
        S.ACCEPTED,
        CLERK | roles(R.LEADER),
        "row 10; 信访工作条例 art. 31(6), 34: sixty days from acceptance",
        guards=(p.ends_in_an_opinion,),
        starts=("handle60",),
        ends=("objection5",),
    ),
    Transition(
        A.ACCEPT,
        states(S.CLASSIFIED),
        S.ACCEPTED,
        CLERK | roles(R.LEADER),
        "row 10; 信访事项简易办理办法: ten working days",
        outcome="simple",
        guards=(p.ends_in_an_opinion,),
        starts=("simple10",),
        ends=("objection5",),
    ),
)
