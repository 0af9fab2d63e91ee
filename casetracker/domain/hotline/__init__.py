"""The transition table of the hotline track (热线工单): the whole of docs/rules/hotline.md as rows.

`source` gives the numbered row of docs/rules/hotline.md and the law or rule behind it.
"""

from casetracker.domain.hotline.answering import ANSWERING
from casetracker.domain.hotline.appraisal import APPRAISAL
from casetracker.domain.hotline.arrival import ARRIVAL
from casetracker.domain.hotline.dispatching import DISPATCHING
from casetracker.domain.hotline.following_up import FOLLOWING_UP
from casetracker.domain.hotline.groups import AT_THE_UNIT, FINISHED
from casetracker.domain.hotline.handling import HANDLING
from casetracker.domain.hotline.leaving import LEAVING
from casetracker.domain.hotline.more_time import MORE_TIME
from casetracker.domain.hotline.oversight import OVERSIGHT
from casetracker.domain.hotline.together import TOGETHER
from casetracker.domain.lane import lane_rows
from casetracker.domain.vocabulary import HOTLINE_OPEN, Action, State
from casetracker.domain.workflow import Workflow, states

__all__ = ["AT_THE_UNIT", "BY_ANY_PART", "FINISHED", "HOTLINE"]

A, S = Action, State

BY_ANY_PART = frozenset(
    {A.ASSIST_REPORT, A.ARRIVE, A.SCORE_STREET, A.LOG, A.ATTACH, A.SUPERVISE_REPORT}
)
"""What an assisting unit may do as well as the lead unit; everything else is the lead's."""

HOTLINE = Workflow(
    "hotline",
    ARRIVAL + DISPATCHING + HANDLING + TOGETHER + MORE_TIME + ANSWERING + FOLLOWING_UP
    + OVERSIGHT + APPRAISAL + LEAVING + lane_rows(HOTLINE_OPEN),
    ended=states(S.CLOSED, S.WITHDRAWN),
)  # fmt: skip
"""The whole table. Row 21 (raised again after closing) is a new case linked to the old one."""
