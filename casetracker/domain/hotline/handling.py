"""What the unit does on the matter and adds to its file."""

from casetracker.domain.hotline.groups import (
    ALL,
    AT_THE_UNIT,
    DESK,
    UNIT,
    WORKED_ON,
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
)

A, R, S = Action, Role, State

HANDLING = (
    Transition(A.CONTACT, WORKED_ON, None, UNIT, "row 9; 夏阳街道热线办法 先行联系"),
    Transition(
        A.LOG,
        AT_THE_UNIT,
        None,
        UNIT,
        "row 9; 办理过程记录",
    ),
    Transition(
        A.ATTACH,
        HOTLINE_OPEN | {S.CLOSED},
        None,
        UNIT | DESK | roles(R.RESIDENT, R.FOLLOW_UP, R.SUPERVISOR),
        "row 27; documents with their hash",
    ),
    Transition(
        A.ISSUE_PAPER,
        ALL,
        None,
        UNIT | DESK | roles(R.SUPERVISOR, R.DEPUTY_LEADER, R.LEADER),
        "row 27a; forms of the file, docs/rules/papers.md",
    ),
    Transition(
        A.ISSUE_PAPER,
        ALL,
        None,
        DESK | roles(R.SUPERVISOR, R.DEPUTY_LEADER, R.LEADER),
        "row 27a; numbered letters of the organ, docs/rules/papers.md",
        outcome="letter",
    ),
)
