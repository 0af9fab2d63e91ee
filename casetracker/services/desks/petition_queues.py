"""The queues of the petition track as data: the clerk, the legal adviser, the leaders, the units.

Which step each of them takes next stands in `domain.petition`.
"""

from dataclasses import replace

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import RequestKind, Role, State, Track
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.persistence.queries.petition_filter import PetitionFilter
from casetracker.services.desks.queue import Queue, asking, being_in, queue

_CLERK = frozenset({Role.PETITION_CLERK})
_ADVISER = frozenset({Role.LEGAL_ADVISER})
_HEADS = frozenset({Role.DEPUTY_LEADER, Role.LEADER})
_UNIT = frozenset({Role.HANDLER, Role.UNIT_HEAD})


def _in(*states: State) -> CaseFilter:
    return being_in(*states, track=Track.PETITION)


TO_NOTIFY = replace(
    _in(State.TO_NOTIFY, State.ACCEPTED, State.HANDLING, State.TO_CHECK, State.TO_SIGN_OFF),
    petition=PetitionFilter(unnotified=True),
)
"""Decided, and the petitioner has it not in writing yet: the fifteen days run on."""

PETITION_QUEUES: tuple[Queue, ...] = (
    queue(
        "to_classify", "待甄别", _CLERK, _in(State.REGISTERED),
        "登记的信访件都已甄别分类。", is_primary=True,
    ),
    queue(
        "to_dispose", "待处置", _CLERK, _in(State.CLASSIFIED),
        "甄别过的信访件都已受理、转送或者交办。", is_primary=True,
    ),
    queue(
        "to_notify", "待送达告知书", _CLERK, TO_NOTIFY,
        "告知书都已送达。", is_primary=True,
    ),
    queue(
        "to_assign", "待交办", _CLERK, _in(State.ACCEPTED),
        "受理的信访件都已交承办单位。", is_primary=True,
    ),
    queue(
        "to_serve", "待送达意见", _CLERK, _in(State.TO_SERVE),
        "签发的意见书都已送达。", is_primary=True,
    ),
    queue(
        "to_check", "待合法性审核", _ADVISER, _in(State.TO_CHECK),
        "没有等待您审核的处理意见。", is_primary=True,
    ),
    queue(
        "to_sign_off", "信访待签发", _HEADS, _in(State.TO_SIGN_OFF),
        "没有等待签发的处理意见。", is_primary=True,
    ),
    queue(
        "petition_extensions", "信访延期待批", frozenset({Role.LEADER}),
        asking(RequestKind.EXTENSION, Track.PETITION),
        "没有信访件申请延期。", is_primary=True,
    ),
    queue(
        "settlements", "化解待认定", _HEADS,
        CaseFilter(pending=RequestKind.SETTLEMENT, track=Track.PETITION),
        "没有等待认定的化解申请。", is_primary=True,
    ),
    queue(
        "objections", "异议待核", _CLERK, _in(State.OBJECTION_PENDING),
        "没有等待转送机关答复的异议。",
    ),
    queue(
        "awaiting_report", "交办待报", _CLERK, _in(State.AWAITING_REPORT),
        "交办出去的信访件都已报结。",
    ),
    queue(
        "in_review", "复查复核中", _CLERK | _HEADS, _in(State.IN_REVIEW, State.IN_FINAL_REVIEW),
        "没有正在复查、复核的信访件。",
    ),
    queue(
        "executing", "执行中", _CLERK | _HEADS, _in(State.EXECUTING),
        "支持的意见都已执行完毕。",
    ),
    queue(
        "to_carry_out", "待执行意见", _UNIT, _in(State.EXECUTING),
        "没有需要您单位执行的处理意见。", is_primary=True, of_own_unit=True,
    ),
    queue(
        "to_conclude", "待终结", _CLERK, _in(State.FINALLY_REVIEWED),
        "复核过的信访件都已终结。",
    ),
    queue(
        "petitions_overdue", "信访已超期", _CLERK,
        CaseFilter(is_open=True, track=Track.PETITION, standing=Standing.OVERDUE),
        "没有超期的信访件。",
    ),
    queue(
        "petitions_due_soon", "信访临期", _CLERK,
        CaseFilter(is_open=True, track=Track.PETITION, standing=Standing.DUE_SOON),
        "没有快到期的信访件。",
    ),
)  # fmt: skip
