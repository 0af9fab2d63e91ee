"""States and roles of the petition table that belong together."""

from casetracker.domain.vocabulary import PETITION_OPEN, PETITION_STATES, Role, State
from casetracker.domain.workflow import roles, states

S, R = State, Role

NEVER = frozenset[State]()
ALL = PETITION_STATES
FINISHED = PETITION_STATES - PETITION_OPEN
CLERK = roles(R.PETITION_CLERK)
UNIT = roles(R.HANDLER, R.UNIT_HEAD)
HEADS = roles(R.DEPUTY_LEADER, R.LEADER)
TRIAGE = states(S.REGISTERED, S.CLASSIFIED)
WORKED_ON = states(S.ACCEPTED, S.HANDLING, S.TO_CHECK, S.TO_SIGN_OFF, S.TO_SERVE)
ANSWERED = states(S.SERVED, S.EXECUTING, S.REVIEWED, S.FINALLY_REVIEWED, S.CONCLUDED)
UNDER_REVIEW = states(S.IN_REVIEW, S.IN_FINAL_REVIEW)
TOLD = states(S.REFUSED, S.REFUSED_AGAIN, S.REDIRECTED, S.FORWARDED)
HANDLE_LIMITS = ("handle60", "simple10", "suggest30", "duty_due")
"""Limits that the served opinion or reply stops; one of them runs, by class and route."""
