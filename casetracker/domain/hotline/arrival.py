"""A matter arrives: registered, grouped, declined, or answered on the spot."""

from casetracker.domain import guards as g
from casetracker.domain.hotline.groups import (
    DESK,
    NEVER,
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
        S.TO_DISPATCH,
        roles(R.OPERATOR, R.DISPATCHER, R.HANDLER, R.RESIDENT, R.SYSTEM),
        "row 1; GB/T 33358 3.6",
        starts=("dispatch",),
    ),
    Transition(
        A.GROUP,
        states(S.TO_DISPATCH),
        S.GROUPED,
        DESK,
        "row 2; 国办函〔2025〕66号(五) 原则上并单处理",
        ends=("*",),
    ),
    Transition(
        A.DECLINE,
        states(S.TO_DISPATCH),
        S.DECLINED,
        DESK,
        "row 3; 北京市接诉即办工作条例 art. 11",
        guards=(g.not_the_registrant,),
        stops=("dispatch",),
        ends=("*",),
    ),
    Transition(
        A.ANSWER,
        states(S.TO_DISPATCH),
        S.CLOSED,
        DESK,
        "row 15b; a question answered on the spot with its source",
        stops=("dispatch",),
        ends=("*",),
    ),
)
