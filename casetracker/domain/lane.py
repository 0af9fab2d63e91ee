"""The confidential lane (保密通道): rows that stand in both tables.

An accusation (检举控告) leaves the open desk at once: from then on the discipline officers alone
see the case, whatever track it came from. It is handed on by who may manage the accused, never to
the accused. Source: 《信访工作条例》 art. 22(2), 30(3), 46(5); docs/rules/petition.md §6.
"""

from collections.abc import Iterable

from casetracker.domain.vocabulary import Action, Role, State
from casetracker.domain.workflow import Transition

A, R, S = Action, Role, State
DISCIPLINE = frozenset({R.DISCIPLINE})
DESKS = frozenset({R.PETITION_CLERK, R.OPERATOR, R.DISPATCHER})
ONWARD, ALONG, LANE = "onward", "along", "lane"
OF_THE_SAME_MATTER = frozenset({State.REFERRED, State.GROUPED})
"""How a hotline case stands whose matter went on under another number."""


def lane_rows(open_states: Iterable[State]) -> tuple[Transition, ...]:
    """Into the lane from the open states of a track, and what happens inside."""
    waiting = frozenset({S.IN_LANE})
    inside = frozenset({S.IN_LANE, S.TRANSFERRED})
    over = frozenset({S.TRANSFERRED, S.CONCLUDED})
    return (
        Transition(
            A.TRANSFER_CONFIDENTIAL,
            frozenset(open_states),
            S.IN_LANE,
            DESKS,
            "row 7; 信访工作条例 art. 30: out of sight of everybody else",
            ends=("*", "evaluate"),
            starts=("notify15",),
        ),
        Transition(
            A.TRANSFER_CONFIDENTIAL,
            waiting,
            S.TRANSFERRED,
            DISCIPLINE,
            "row 7; 信访工作条例 art. 22(2): handed on by 管理权限",
            outcome=ONWARD,
            stops=("notify15",),
            ends=("*",),
        ),
        Transition(
            A.TRANSFER_CONFIDENTIAL,
            OF_THE_SAME_MATTER,
            None,
            frozenset({R.SYSTEM}),
            "row 7; 信访工作条例 art. 30: the same matter under another number",
            outcome=ALONG,
            ends=("*",),
        ),
        Transition(
            A.LOG,
            inside,
            None,
            DISCIPLINE,
            "row 12, in the lane",
            outcome=LANE,
        ),
        Transition(
            A.CONCLUDE,
            inside,
            S.CONCLUDED,
            DISCIPLINE,
            "row 21, in the lane: finished, with its outcome",
            outcome=LANE,
            ends=("*",),
        ),
        Transition(
            A.RECALCULATE,
            waiting,
            None,
            frozenset({R.SYSTEM}),
            "row 29, in the lane",
            outcome=LANE,
        ),
        Transition(
            A.ATTACH,
            inside,
            None,
            DISCIPLINE,
            "row 27, in the lane",
            outcome=LANE,
        ),
        Transition(
            A.ISSUE_PAPER,
            over | waiting,
            None,
            DISCIPLINE,
            "row 27a, in the lane",
            outcome=LANE,
        ),
        Transition(
            A.ARCHIVE,
            over,
            S.ARCHIVED,
            DISCIPLINE,
            "row 25, in the lane",
            outcome=LANE,
        ),
    )
