"""The transition table of the hotline track (热线工单): the whole of docs/rules/hotline.md as rows.

`source` gives the numbered row of docs/rules/hotline.md and the law or rule behind it.
"""

from casetracker.domain import guards as g
from casetracker.domain.lane import lane_rows
from casetracker.domain.vocabulary import (
    HOTLINE_OPEN,
    HOTLINE_STATES,
    Action,
    RequestKind,
    Role,
    State,
)
from casetracker.domain.workflow import Transition, Workflow

S, A, R = State, Action, Role

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


def states(*members: State) -> frozenset[State]:
    return frozenset(members)


def roles(*members: Role) -> frozenset[Role]:
    return frozenset(members)


ARRIVAL = (
    Transition(
        A.REGISTER,
        NEVER,
        S.TO_DISPATCH,
        roles(R.OPERATOR, R.DISPATCHER, R.HANDLER, R.RESIDENT, R.SYSTEM),
        "row 1; GB/T 33358 3.6",
        starts=("dispatch",),
    ),
    Transition(
        A.GROUP,
        states(S.TO_DISPATCH),
        S.GROUPED,
        DESK,
        "row 2; 国办函〔2025〕66号(五) 原则上并单处理",
        ends=("*",),
    ),
    Transition(
        A.DECLINE,
        states(S.TO_DISPATCH),
        S.DECLINED,
        DESK,
        "row 3; 北京市接诉即办工作条例 art. 11",
        guards=(g.not_the_registrant,),
        stops=("dispatch",),
        ends=("*",),
    ),
    Transition(
        A.ANSWER,
        states(S.TO_DISPATCH),
        S.CLOSED,
        DESK,
        "row 15b; a question answered on the spot with its source",
        stops=("dispatch",),
        ends=("*",),
    ),
)

DISPATCHING = (
    Transition(
        A.DISPATCH,
        states(S.TO_DISPATCH),
        S.TO_SIGN,
        roles(R.DISPATCHER),
        "row 4; 国办函〔2025〕66号(五) 派单目录",
        starts=("sign", "contact", "handle"),
        stops=("dispatch",),
    ),
    Transition(
        A.SIGN_FOR,
        states(S.TO_SIGN),
        S.HANDLING,
        UNIT,
        "row 5",
        stops=("sign",),
    ),
    Transition(
        A.REQUEST_RETURN,
        states(S.TO_SIGN, S.HANDLING),
        S.RETURN_PENDING,
        UNIT,
        "row 6; 潍坊条例 art. 22, reason and basis in writing",
        guards=(
            g.not_pending(RequestKind.RETURN),
            g.not_designated,
            g.inside_return_window,
            g.returns_left,
        ),
    ),
    Transition(
        A.DECIDE_RETURN,
        states(S.RETURN_PENDING),
        S.TO_DISPATCH,
        roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 7; the original overall due date stays",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.RETURN),),
        starts=("dispatch",),
        ends=("sign", "contact", "assist"),
    ),
    Transition(
        A.DECIDE_RETURN,
        states(S.RETURN_PENDING),
        S.HANDLING,
        roles(R.DISPATCHER, R.DEPUTY_LEADER),
        "row 8; designation, 潍坊条例 art. 22(3)",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.RETURN),),
        stops=("sign",),
    ),
    Transition(
        A.RECLASSIFY,
        HOTLINE_OPEN,
        None,
        roles(R.OPERATOR, R.DISPATCHER, R.SUPERVISOR),
        "row 26; re-classification is an event with before and after",
    ),
)

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

FOLLOWING_UP = (
    Transition(
        A.FOLLOW_UP,
        states(S.TO_FOLLOW_UP),
        None,
        roles(R.FOLLOW_UP),
        "row 16; an attempt that did not end the call-back",
        outcome="attempt",
        guards=(g.did_not_handle,),
    ),
    Transition(
        A.FOLLOW_UP,
        states(S.TO_FOLLOW_UP),
        None,
        roles(R.FOLLOW_UP),
        "rows 16-17; dissatisfied or unsolved: the clock runs until the supervisor decides",
        outcome="unhappy",
        guards=(g.did_not_handle,),
    ),
    Transition(
        A.FOLLOW_UP,
        states(S.TO_FOLLOW_UP),
        S.CLOSED,
        roles(R.FOLLOW_UP),
        "row 16; a valid answer, or three failed attempts at different times",
        outcome="done",
        guards=(g.did_not_handle,),
        stops=("callback",),
        ends=("*",),
    ),
    Transition(
        A.EVALUATE,
        states(S.TO_FOLLOW_UP),
        S.CLOSED,
        roles(R.RESIDENT),
        "row 16 by the resident's own evaluation",
        outcome="done",
        stops=("callback",),
        ends=("*",),
    ),
    Transition(
        A.EVALUATE,
        states(S.CLOSED, S.GROUPED),
        None,
        roles(R.RESIDENT),
        "row 16 by the resident's own evaluation after closing, or of a grouped case: kept",
        outcome="kept",
    ),
    Transition(
        A.EVALUATE,
        states(S.TO_FOLLOW_UP, S.CLOSED, S.GROUPED),
        None,
        roles(R.RESIDENT),
        "row 17 by the resident's own evaluation: the supervisor hears of it",
        outcome="unhappy",
    ),
    Transition(
        A.REDO,
        states(S.TO_FOLLOW_UP),
        S.REDO,
        roles(R.SUPERVISOR),
        "row 17; 夏阳街道热线办法: the unit head takes part",
        guards=(g.is_dissatisfied, g.not_unreasonable),
        starts=("redo",),
        stops=("callback",),
    ),
    Transition(
        A.CLOSE,
        states(S.TO_FOLLOW_UP),
        S.CLOSED,
        roles(R.SUPERVISOR),
        "row 17, the other way: dissatisfied, judged unreasonable or handled in full",
        guards=(g.is_dissatisfied,),
        stops=("callback",),
        ends=("*",),
    ),
    Transition(
        A.ARCHIVE,
        states(S.CLOSED),
        S.ARCHIVED,
        roles(R.OPERATOR, R.SYSTEM),
        "row 22; survey closed, appeal window over",
        guards=(
            g.afterwords_over,
            g.not_pending(RequestKind.APPEAL),
        ),
    ),
)

OVERSIGHT = (
    Transition(
        A.URGE,
        HOTLINE_OPEN,
        None,
        roles(R.OPERATOR, R.DISPATCHER, R.SUPERVISOR, R.RESIDENT, R.FOLLOW_UP) | HEADS,
        "row 23; 催办, counted",
    ),
    Transition(
        A.SUPERVISE,
        HOTLINE_OPEN | {S.CLOSED},
        None,
        roles(R.SUPERVISOR, R.SYSTEM),
        "row 23; 督办 by a trigger of the catalogue, 信访工作条例 art. 40",
        starts=("supervise",),
    ),
    Transition(
        A.SUPERVISE_REPORT,
        ALL,
        None,
        UNIT,
        "row 24c; feedback within the limit",
        outcome="feedback",
        guards=(g.has_open_order,),
    ),
    Transition(
        A.SUPERVISE_REPORT,
        ALL,
        None,
        roles(R.SUPERVISOR),
        "row 24c; 销号",
        outcome="accepted",
        guards=(g.has_open_order,),
        stops=("supervise",),
    ),
    Transition(
        A.SUPERVISE_REPORT,
        ALL,
        None,
        roles(R.SUPERVISOR),
        "row 24c; feedback sent back",
        outcome="sent_back",
        guards=(g.has_open_order,),
    ),
    Transition(A.INSTRUCT, HOTLINE_OPEN, None, HEADS, "row 23; 领导批示"),
    Transition(
        A.EXCLUDE,
        ALL,
        None,
        UNIT | roles(R.SUPERVISOR),
        "row 28; applied for by one, decided by another, with evidence",
        guards=(g.not_pending(RequestKind.EXCLUSION),),
    ),
    Transition(
        A.DECIDE_EXCLUSION,
        ALL,
        None,
        HEADS | roles(R.SUPERVISOR),
        "row 28",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.EXCLUSION),),
    ),
    Transition(
        A.DECIDE_EXCLUSION,
        ALL,
        None,
        HEADS | roles(R.SUPERVISOR),
        "row 28; also takes a granted exclusion back",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.EXCLUSION),),
    ),
    Transition(
        A.APPEAL,
        states(S.TO_FOLLOW_UP, S.CLOSED),
        None,
        UNIT,
        "row 24; within the appeal window",
        guards=(g.not_pending(RequestKind.APPEAL), g.appeal_in_time),
    ),
    Transition(
        A.DECIDE_APPEAL,
        states(S.TO_FOLLOW_UP, S.CLOSED),
        None,
        roles(R.SUPERVISOR),
        "row 24; verdict on the demand and on the handling",
        outcome="granted",
        guards=(g.decides_for_another(RequestKind.APPEAL),),
    ),
    Transition(
        A.DECIDE_APPEAL,
        states(S.TO_FOLLOW_UP, S.CLOSED),
        None,
        roles(R.SUPERVISOR),
        "row 24",
        outcome="refused",
        guards=(g.decides_for_another(RequestKind.APPEAL),),
    ),
    Transition(
        A.NOTE_REPEAT,
        ALL,
        None,
        SYSTEM,
        "row 2; the parent notes how many residents stand behind it",
    ),
    Transition(
        A.PASS_ON,
        states(S.GROUPED),
        None,
        SYSTEM,
        "row 2a; each resident of a grouped matter keeps a number, a reply and a vote",
    ),
    Transition(
        A.DIRECT_ON,
        states(S.GROUPED),
        None,
        SYSTEM,
        "row 2b; the matter was declined, referred or returned upstream",
    ),
    Transition(A.RECALCULATE, HOTLINE_OPEN, None, SYSTEM, "row 29; R11 of docs/rules/deadlines.md"),
)

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

BY_ANY_PART = frozenset({A.ASSIST_REPORT, A.LOG, A.ATTACH, A.SUPERVISE_REPORT})
"""What an assisting unit may do as well as the lead unit; everything else is the lead's."""

HOTLINE = Workflow(
    "hotline",
    ARRIVAL + DISPATCHING + HANDLING + ANSWERING + FOLLOWING_UP + OVERSIGHT + LEAVING
    + lane_rows(HOTLINE_OPEN),
    ended=states(S.CLOSED, S.WITHDRAWN),
)  # fmt: skip
"""The whole table. Row 21 (raised again after closing) is a new case linked to the old one."""
