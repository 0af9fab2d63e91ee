"""The queues of the hotline track as data, and those of whoever watches over both tracks.

Which step the role takes next stands in `domain.hotline`.
"""

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import RequestKind, Role, State, Track
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.desks.queue import Queue, asking, being_in, queue

_UNIT = frozenset({Role.HANDLER, Role.UNIT_HEAD})
_DECIDE = frozenset({Role.DEPUTY_LEADER, Role.LEADER})
_WATCH = frozenset({Role.SUPERVISOR, Role.DISPATCHER, Role.LEADER, Role.DEPUTY_LEADER})

HOTLINE_QUEUES: tuple[Queue, ...] = (
    queue(
        "to_dispatch", "待派单", frozenset({Role.DISPATCHER}), being_in(State.TO_DISPATCH),
        "新登记的工单都已派出。", is_primary=True,
    ),
    queue(
        "returns", "退单待审", frozenset({Role.DISPATCHER}), being_in(State.RETURN_PENDING),
        "没有单位申请退单。", is_primary=True,
    ),
    queue(
        "to_answer", "可即时答复", frozenset({Role.OPERATOR}), being_in(State.TO_DISPATCH),
        "没有等待答复或派单的工单。",
    ),
    queue(
        "my_entries", "我登记的在办", frozenset({Role.OPERATOR}), CaseFilter(is_open=True),
        "您登记的工单都已办结。", own_entries=True,
    ),
    queue(
        "to_sign", "待签收", _UNIT, being_in(State.TO_SIGN),
        "派给您单位的工单都已签收。", is_primary=True, of_own_unit=True,
    ),
    queue(
        "handling", "办理中", _UNIT, being_in(State.HANDLING),
        "没有正在办理的工单。", is_primary=True, of_own_unit=True,
    ),
    queue(
        "redo", "二次办理", _UNIT, being_in(State.REDO),
        "没有群众不满意需要重办的工单。", is_primary=True, of_own_unit=True,
    ),
    queue(
        "assisting", "待协办反馈", _UNIT, CaseFilter(is_open=True),
        "没有邀请您单位协办的工单。", invited=True,
    ),
    queue(
        "to_review", "待审核", frozenset({Role.UNIT_HEAD}), being_in(State.TO_REVIEW),
        "没有等待您审核的答复。", is_primary=True, of_own_unit=True,
    ),
    queue(
        "extensions", "延期待批", _DECIDE, asking(RequestKind.EXTENSION, Track.HOTLINE),
        "没有单位申请延期。", is_primary=True,
    ),
    queue(
        "holds", "挂账待批", _DECIDE, asking(RequestKind.HOLD),
        "没有单位申请挂账。", is_primary=True,
    ),
    queue(
        "important_reviews", "重件待签发", _DECIDE,
        CaseFilter(states=frozenset({State.TO_REVIEW}), important=True),
        "没有等待签发的重件。", is_primary=True,
    ),
    queue(
        "on_hold", "挂账", _DECIDE | {Role.SUPERVISOR}, being_in(State.ON_HOLD), "没有挂账的工单。"
    ),
    queue(
        "to_follow_up", "待回访", frozenset({Role.FOLLOW_UP}),
        CaseFilter(states=frozenset({State.TO_FOLLOW_UP}), dissatisfied=False),
        "已回告的工单都已回访。", is_primary=True,
    ),
    queue(
        "dissatisfied", "不满意待处置", frozenset({Role.SUPERVISOR}),
        CaseFilter(states=frozenset({State.TO_FOLLOW_UP}), dissatisfied=True),
        "没有群众表示不满意的工单。", is_primary=True,
    ),
    queue(
        "exclusions", "不计考核待审", frozenset({Role.SUPERVISOR, *_DECIDE}),
        CaseFilter(pending=RequestKind.EXCLUSION), "没有单位申请不计考核。",
    ),
    queue(
        "appeals", "考核申诉", frozenset({Role.SUPERVISOR}), CaseFilter(pending=RequestKind.APPEAL),
        "没有单位提出考核申诉。",
    ),
)  # fmt: skip

WATCH_QUEUES: tuple[Queue, ...] = (
    queue(
        "overdue", "已超期", _WATCH, CaseFilter(is_open=True, standing=Standing.OVERDUE),
        "没有超期的工单。",
    ),
    queue(
        "due_soon", "临期", _WATCH, CaseFilter(is_open=True, standing=Standing.DUE_SOON),
        "没有快到期的工单。",
    ),
)  # fmt: skip
