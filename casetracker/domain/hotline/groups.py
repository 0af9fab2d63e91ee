"""States and roles of the hotline table that belong together."""

from casetracker.domain.vocabulary import HOTLINE_STATES, Role, State

S, R = State, Role

ALL = HOTLINE_STATES
FINISHED = frozenset({S.CLOSED, S.ARCHIVED, S.DECLINED, S.GROUPED, S.REFERRED, S.WITHDRAWN})
AT_THE_UNIT = frozenset({S.TO_SIGN, S.HANDLING, S.RETURN_PENDING, S.TO_REVIEW, S.REDO, S.ON_HOLD})
WORKED_ON = frozenset({S.HANDLING, S.REDO})
HOLDABLE = frozenset({S.TO_SIGN, S.HANDLING, S.TO_REVIEW, S.REDO})

UNIT = frozenset({R.HANDLER, R.UNIT_HEAD})
DESK = frozenset({R.OPERATOR, R.DISPATCHER})
HEADS = frozenset({R.DEPUTY_LEADER, R.LEADER})
SYSTEM = frozenset({R.SYSTEM})

NEVER = frozenset[State]()
"""Source of the first row: the case does not exist yet."""
