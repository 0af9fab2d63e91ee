"""The matter goes to a unit, and comes back from it: dispatch, signing, returns."""

from casetracker.domain import guards as g
from casetracker.domain.hotline.groups import (
    UNIT,
)
from casetracker.domain.vocabulary import (
    HOTLINE_OPEN,
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

DISPATCHING = (
    Transition(
        A.DISPATCH,
        states(S.TO_DISPATCH),
        S.TO_SIGN,
        roles(R.DISPATCHER),
        "row 4; 国办函〔2025〕66号(五) 派单目录",
        starts=("sign", "contact", "handle"),
        stops=("dispatch",),
    ),
    Transition(
        A.SIGN_FOR,
        states(S.TO_SIGN),
        S.HANDLING,
        UNIT,
        "row 5",
        stops=("sign",),
    ),
    Transition(
        A.REQUEST_RETURN,
        states(S.TO_SIGN, S.HANDLING),
        S.RETURN_PENDING,
        UNIT,
        "row 6; 潍坊条例 art. 22, reason and basis in writing",
        guards=(
            g.not_pending(RequestKind.RETURN),
            g.not_designated,
            g.inside_return_window,
            g.returns_left,
        ),
    ),
    Transition(
        A.DECIDE_RETURN,
        states(S.RETURN_PENDING),
        S.TO_DISPATCH,
        roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 7; the original overall due date stays",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.RETURN),),
        starts=("dispatch",),
        ends=("sign", "contact", "assist"),
    ),
    Transition(
        A.DECIDE_RETURN,
        states(S.RETURN_PENDING),
        S.HANDLING,
        roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 8; designation, 潍坊条例 art. 22(3)",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.RETURN),),
        stops=("sign",),
    ),
    Transition(
        A.RECLASSIFY,
        HOTLINE_OPEN,
        None,
        roles(R.OPERATOR, R.DISPATCHER, R.SUPERVISOR),
        "row 26; re-classification is an event with before and after",
    ),
)
