"""Several units on one matter: assistance, and whistles with the scores of both sides."""

from casetracker.domain.hotline.groups import (
    AT_THE_UNIT,
    UNIT,
)
from casetracker.domain.vocabulary import (
    HOTLINE_OPEN,
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

TOGETHER = (
    Transition(
        A.ASSIST,
        states(S.HANDLING, S.REDO, S.TO_SIGN),
        None,
        UNIT | roles(R.DISPATCHER),
        "row 10; 北京市接诉即办工作条例 art. 14",
        starts=("assist",),
    ),
    Transition(
        A.WHISTLE,
        states(S.HANDLING, S.REDO, S.TO_SIGN),
        None,
        UNIT | roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 10; 北京市街道办事处条例 art. 11, 吹哨报到",
        starts=("assist",),
    ),
    Transition(
        A.ASSIST_REPORT,
        AT_THE_UNIT,
        None,
        UNIT,
        "row 10; 协办单位反馈",
    ),
    Transition(
        A.ARRIVE,
        AT_THE_UNIT,
        None,
        UNIT | roles(R.DISPATCHER),
        "row 10a; 北京市街道办事处条例 art. 11, 部门报到",
    ),
    Transition(
        A.SETTLE_WHISTLE,
        HOTLINE_OPEN | {S.CLOSED},
        None,
        UNIT | roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 10b; what the departments and the street made of it",
    ),
    Transition(
        A.SCORE_UNIT,
        HOTLINE_OPEN | {S.CLOSED},
        None,
        UNIT | roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 10c; 北京市接诉即办工作条例 art. 16, 33: the street assesses the department",
    ),
    Transition(
        A.SCORE_STREET,
        HOTLINE_OPEN | {S.CLOSED},
        None,
        UNIT,
        "row 10c; the department assesses the whistle",
    ),
)
