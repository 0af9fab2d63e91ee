"""The answer: submitted, checked, approved, and told."""

from casetracker.domain import guards as g
from casetracker.domain.hotline.groups import (
    HEADS,
    SYSTEM,
    UNIT,
)
from casetracker.domain.vocabulary import (
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

ANSWERING = (
    Transition(
        A.SUBMIT,
        states(S.HANDLING),
        S.TO_REVIEW,
        UNIT,
        "row 12; result, reply text, evidence, contact logged",
        guards=(g.contact_made, g.has_evidence),
        starts=("review",),
    ),
    Transition(
        A.SUBMIT,
        states(S.REDO),
        S.TO_REVIEW,
        UNIT,
        "row 18; again, with new evidence",
        outcome="again",
        guards=(g.has_new_evidence,),
        starts=("review",),
    ),
    Transition(
        A.SEND_BACK,
        states(S.TO_REVIEW),
        S.HANDLING,
        roles(R.UNIT_HEAD) | HEADS,
        "row 13; the handling clock keeps running",
        guards=(g.not_the_submitter,),
        stops=("review",),
    ),
    Transition(
        A.SEND_BACK,
        states(S.TO_REVIEW),
        S.REDO,
        roles(R.UNIT_HEAD) | HEADS,
        "row 13, in the second round",
        outcome="again",
        guards=(g.not_the_submitter,),
        stops=("review",),
    ),
    Transition(
        A.APPROVE,
        states(S.TO_REVIEW),
        S.REPLIED,
        roles(R.UNIT_HEAD) | HEADS,
        "row 14; sign-off level by importance (重件); the reply stops the clock",
        guards=(g.not_the_registrant, g.not_the_submitter),
        stops=("review", "handle", "redo"),
        ends=("assist",),
    ),
    Transition(
        A.QUEUE_FOLLOW_UP,
        states(S.REPLIED),
        S.TO_FOLLOW_UP,
        SYSTEM,
        "row 15",
        starts=("callback",),
    ),
    Transition(
        A.CLOSE_UNSURVEYED,
        states(S.REPLIED),
        S.CLOSED,
        SYSTEM,
        "row 15a; asked not to be called: not surveyable",
        ends=("*",),
    ),
)
