"""What the history of a petition says beside who did what: papers, articles, organs, days."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from casetracker.domain.petition_vocabulary import (
    AdviceOutcome,
    ConcludeGround,
    Disposal,
    EvaluatedParty,
    OpinionOutcome,
    PaperKind,
    PetitionClass,
    RecordKind,
    ServiceMethod,
    Subroute,
)
from casetracker.domain.vocabulary import Action
from casetracker.labels import label
from casetracker.ops.petition_words import route_name
from casetracker.web.templating import datetime_cn

A = Action
Facts = list[tuple[str, str]]
Said = tuple[str, str, Callable[[Any], str]]


def _code(enum: Any) -> Callable[[Any], str]:
    return lambda value: label(enum(value))


def _route(value: Any) -> str:
    return route_name(Subroute(value))


def _moment(value: Any) -> str:
    return datetime_cn(datetime.fromisoformat(value))


def _yes(value: Any) -> str:
    return "是" if value else ""


_NUMBER: Said = ("number", "文号", str)
_DISPOSED: tuple[Said, ...] = (
    ("disposal", "处置", _code(Disposal)), ("organ", "机关", str), ("law", "依据", str),
)  # fmt: skip
_ASKED: tuple[Said, ...] = (("requested_at", "申请时间", _moment), ("late", "逾期申请", _yes))
_DECIDED: tuple[Said, ...] = (_NUMBER, ("decided_at", "送达", _moment))

FACTS: Mapping[Action, tuple[Said, ...]] = {
    A.CLASSIFY: (
        ("class", "分类", _code(PetitionClass)), ("subroute", "途径", _route), ("law", "依据", str),
    ),
    A.ACCEPT: (("accepted_at", "受理时间", _moment),),
    A.FORWARD: _DISPOSED,
    A.REDIRECT: _DISPOSED,
    A.DECLINE: _DISPOSED,
    A.REFUSE_AGAIN: _DISPOSED,
    A.RAISE_OBJECTION: (("sender", "转送机关", str),),
    A.DECIDE_OBJECTION: (("sender", "转送机关", str),),
    A.LOG: (("kind", "记录", _code(RecordKind)), ("signed", "各方已签字", _yes)),
    A.DRAFT: (
        ("outcome", "意见类型", _code(OpinionOutcome)), ("advice", "采纳", _code(AdviceOutcome)),
    ),
    A.SIGN_OFF: (_NUMBER,),
    A.SERVE: (
        ("paper", "文书", _code(PaperKind)), _NUMBER, ("method", "方式", _code(ServiceMethod)),
        ("served_at", "送达时间", _moment),
    ),
    A.ISSUE_PAPER: (
        ("paper_kind", "文书", _code(PaperKind)), ("paper_number", "文号", str),
    ),
    A.EXECUTE: (("done", "执行完毕", _yes),),
    A.REQUEST_REVIEW: _ASKED,
    A.REQUEST_FINAL_REVIEW: _ASKED,
    A.DECIDE_REVIEW: _DECIDED,
    A.DECIDE_FINAL_REVIEW: _DECIDED,
    A.CONCLUDE: (("ground", "情形", _code(ConcludeGround)),),
    A.EVALUATE: (("party", "对象", _code(EvaluatedParty)),),
}  # fmt: skip
"""By action: key of the entry's payload, name, how its value is said."""


def petition_facts(action: Action, payload: Mapping[str, Any]) -> Facts:
    """Facts of an entry that only petitions have, in words; what is blank is left out."""
    found: Facts = []
    for key, name, say in FACTS.get(action, ()):
        words = say(payload[key]) if payload.get(key) not in (None, "", False) else ""
        if words:
            found.append((name, words))
    return found
