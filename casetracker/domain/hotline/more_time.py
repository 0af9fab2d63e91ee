"""More time: extensions, and holding what cannot be settled now."""

from casetracker.domain import guards as g
from casetracker.domain.hotline.groups import (
    AT_THE_UNIT,
    HEADS,
    HOLDABLE,
    UNIT,
)
from casetracker.domain.vocabulary import (
    Action,
    RequestKind,
    State,
)
from casetracker.domain.workflow import (
    Transition,
    states,
)

A, S = Action, State

MORE_TIME = (
    Transition(
        A.REQUEST_EXTENSION,
        states(S.TO_SIGN, S.HANDLING),
        None,
        UNIT,
        "row 11; before due, within the cap",
        guards=(g.not_pending(RequestKind.EXTENSION), g.before_due),
    ),
    Transition(
        A.DECIDE_EXTENSION,
        AT_THE_UNIT,
        None,
        HEADS,
        "row 11; decision 9: 分管领导 approves",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.EXTENSION),),
    ),
    Transition(
        A.DECIDE_EXTENSION,
        AT_THE_UNIT,
        None,
        HEADS,
        "row 11",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.EXTENSION),),
    ),
    Transition(
        A.REQUEST_HOLD,
        HOLDABLE,
        None,
        UNIT,
        "row 19; plan, milestones, next review within 30 days",
        guards=(g.not_pending(RequestKind.HOLD),),
    ),
    Transition(
        A.DECIDE_HOLD,
        HOLDABLE,
        S.ON_HOLD,
        HEADS,
        "row 19; 分管领导, the resident is told",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.HOLD),),
        starts=("park_review",),
        ends=("review",),
        pauses=("sign", "contact", "handle", "redo"),
    ),
    Transition(
        A.DECIDE_HOLD,
        HOLDABLE,
        None,
        HEADS,
        "row 19",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.HOLD),),
    ),
    Transition(
        A.RELEASE,
        states(S.ON_HOLD),
        S.HANDLING,
        HEADS,
        "row 20; 销账, back to work",
        outcome="resumed",
        stops=("park_review",),
        resumes=("sign", "contact", "handle", "redo"),
    ),
    Transition(
        A.RELEASE,
        states(S.ON_HOLD),
        S.TO_SIGN,
        HEADS,
        "row 20; 销账, back to the unit that had not signed yet",
        outcome="resumed_unsigned",
        stops=("park_review",),
        resumes=("sign", "contact", "handle", "redo"),
    ),
    Transition(
        A.RELEASE,
        states(S.ON_HOLD),
        S.REDO,
        HEADS,
        "row 20; 销账, back to the second round",
        outcome="resumed_redo",
        stops=("park_review",),
        resumes=("sign", "contact", "handle", "redo"),
    ),
    Transition(
        A.RELEASE,
        states(S.ON_HOLD),
        S.CLOSED,
        HEADS,
        "row 20; 销账, settled while on hold, with a reply",
        outcome="settled",
        stops=("park_review", "handle", "redo"),
        ends=("*",),
    ),
)
