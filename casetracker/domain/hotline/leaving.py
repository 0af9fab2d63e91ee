"""The matter leaves: withdrawn, referred, or returned to the upstream platform."""

from casetracker.domain import guards as g
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
)

A, R, S = Action, Role, State

LEAVING = (
    Transition(
        A.WITHDRAW,
        HOTLINE_OPEN,
        S.WITHDRAWN,
        roles(R.OPERATOR, R.DISPATCHER, R.RESIDENT),
        "row 24a; the resident said so, read back",
        ends=("*",),
    ),
    Transition(
        A.REFER,
        HOTLINE_OPEN,
        S.REFERRED,
        roles(R.DISPATCHER),
        "row 25; 北京市接诉即办工作条例 art. 11(2)",
        guards=(g.not_the_registrant,),
        ends=("*",),
    ),
    Transition(
        A.RETURN_UPSTREAM,
        HOTLINE_OPEN,
        None,
        roles(R.DISPATCHER),
        "row 24b; asked of the upstream platform",
        outcome="asked",
        guards=(g.from_upstream, g.not_pending(RequestKind.UPSTREAM_RETURN)),
    ),
    Transition(
        A.RETURN_UPSTREAM,
        HOTLINE_OPEN,
        S.REFERRED,
        roles(R.DISPATCHER),
        "row 24b; granted: closed as referred",
        outcome="granted",
        guards=(g.from_upstream, g.pending(RequestKind.UPSTREAM_RETURN)),
        ends=("*",),
    ),
    Transition(
        A.RETURN_UPSTREAM,
        HOTLINE_OPEN,
        None,
        roles(R.DISPATCHER),
        "row 24b; refused",
        outcome="refused",
        guards=(g.from_upstream, g.pending(RequestKind.UPSTREAM_RETURN)),
    ),
    Transition(
        A.EXTEND_UPSTREAM,
        HOTLINE_OPEN,
        None,
        roles(R.DISPATCHER),
        "row 24b; asked of the upstream platform",
        outcome="asked",
        guards=(g.from_upstream, g.not_pending(RequestKind.UPSTREAM_EXTENSION)),
    ),
    Transition(
        A.EXTEND_UPSTREAM,
        HOTLINE_OPEN,
        None,
        roles(R.DISPATCHER),
        "row 24b; granted: the upstream limit changes",
        outcome="granted",
        guards=(g.from_upstream, g.pending(RequestKind.UPSTREAM_EXTENSION)),
    ),
    Transition(
        A.EXTEND_UPSTREAM,
        HOTLINE_OPEN,
        None,
        roles(R.DISPATCHER),
        "row 24b; refused",
        outcome="refused",
        guards=(g.from_upstream, g.pending(RequestKind.UPSTREAM_EXTENSION)),
    ),
)
