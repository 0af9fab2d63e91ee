"""The transition table of the petition track (信访件): docs/rules/petition.md as rows.

`source` gives the numbered row there and the article behind it. What is served on paper happened
on the day of the act, so clocks are stopped there and not at the entry.
"""

from casetracker.domain.lane import lane_rows
from casetracker.domain.petition.afterwards import AFTERWARDS
from casetracker.domain.petition.appraisal import APPRAISAL
from casetracker.domain.petition.arrival import ARRIVAL
from casetracker.domain.petition.disposing import DISPOSING
from casetracker.domain.petition.groups import FINISHED, HANDLE_LIMITS
from casetracker.domain.petition.handling import HANDLING
from casetracker.domain.petition.oversight import OVERSIGHT
from casetracker.domain.petition.reviewing import REVIEWING
from casetracker.domain.petition.serving import SERVING
from casetracker.domain.vocabulary import PETITION_OPEN, Action, State
from casetracker.domain.workflow import Workflow, states

__all__ = ["BY_ANY_PART", "FINISHED", "HANDLE_LIMITS", "PETITION"]

A, S = Action, State

BY_ANY_PART = frozenset({A.LOG, A.ATTACH, A.SUPERVISE_REPORT})

PETITION = Workflow(
    "petition",
    ARRIVAL + DISPOSING + HANDLING + SERVING + REVIEWING + AFTERWARDS + OVERSIGHT
    + APPRAISAL + lane_rows(PETITION_OPEN | FINISHED - {S.ARCHIVED}),
    ended=FINISHED - {S.ARCHIVED, S.REVIEWED, S.FINALLY_REVIEWED},
    reopened=states(S.HANDLING),
)  # fmt: skip
"""The whole table. A repeated petition (重件) keeps its own record and is linked to the first."""
