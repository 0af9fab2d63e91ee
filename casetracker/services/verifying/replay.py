"""I2: where a case stands, its dates and its counts are what its history says."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from casetracker.domain.errors import IllegalTransition
from casetracker.domain.history import IMPORT_DOOR, commitment
from casetracker.domain.vocabulary import OPEN_STATES, Action, State
from casetracker.domain.workflow import Workflow
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.services.imports.entries import content_mark
from casetracker.services.verifying.findings import Finding, Sight
from casetracker.services.verifying.histories import History

CODE = "I2"
COUNTED = {
    "redo_count": (Action.REDO, None, "重办次数"),
    "return_count": (Action.REQUEST_RETURN, None, "退单次数"),
    "return_granted_count": (Action.DECIDE_RETURN, "granted", "退单获准次数"),
    "urge_count": (Action.URGE, None, "催办次数"),
    "repeat_count": (Action.NOTE_REPEAT, None, "并入件数"),
}
"""The step that each count counts, with its outcome where only one counts."""
CLASSIFIED = {
    "channel": "来源渠道",
    "kind": "诉求类型",
    "category_id": "问题分类",
    "urgency": "紧急程度",
    "external_number": "上级平台单号",
}
UNCOUNTING = frozenset(
    {
        Action.DECIDE_EXCLUSION,
        Action.DECIDE_REINSTATEMENT,
        Action.CONFIRM_JUDGEMENT,
        Action.EXPIRE_EXCLUSION,
    }
)
"""Steps after which the history says whether the case is excluded."""
REPLYING = frozenset({Action.APPROVE, Action.ANSWER, Action.PASS_ON})
ANSWERS = frozenset({"opinion", "supported"})
"""Outcomes of serving that are the answer to a petition."""


def check_replay(sight: Sight, history: History) -> Iterator[Finding]:
    """Steps that the table allows, the state they lead to, and the facts on the case's row."""
    if not history.entries:
        return
    yield from _steps(history)
    yield from _state(history)
    yield from _moments(history)
    yield from _counts(history)
    yield from _answers(history)
    yield from _content(sight, history)
    if not history.case.is_sealed:
        yield from _classification(history)


def _found(history: History, seq: int | None, kind: str, detail: str = "") -> Finding:
    return Finding(CODE, kind, history.number, seq, detail)


def _steps(history: History) -> Iterator[Finding]:
    state: State | None = None
    for entry in history.entries:
        if entry.from_state != state:
            yield _found(history, entry.seq, "状态不连贯", "与上一条的结果状态不符")
        elif not _is_legal(WORKFLOWS[history.case.track], entry):
            yield _found(history, entry.seq, "状态转换不合规", f"{entry.action} {entry.outcome}")
        state = entry.to_state


def _is_legal(workflow: Workflow, entry: Row[Any]) -> bool:
    if entry.action is Action.REGISTER:
        begun = workflow.row(Action.REGISTER).target
        return entry.from_state is None and entry.to_state is begun
    if entry.from_state is None:
        return False
    try:
        row = workflow.find(entry.action, entry.from_state, entry.outcome)
    except IllegalTransition:
        return False
    return entry.to_state == (row.target or entry.from_state)


def _state(history: History) -> Iterator[Finding]:
    case, last = history.case, history.entries[-1]
    if case.state != last.to_state:
        detail = f"工单为 {case.state}，历史为 {last.to_state}"
        yield _found(history, last.seq, "状态与历史不符", detail)
    if case.is_open != (case.state in OPEN_STATES and not case.is_sealed):
        yield _found(history, None, "在办标记有误")


def _moments(history: History) -> Iterator[Finding]:
    told = moments(history.entries, WORKFLOWS[history.case.track])
    told |= _closed_apart(history)
    names = {
        "dispatched_at": "派单时间", "signed_at": "签收时间", "replied_at": "答复时间",
        "closed_at": "办结时间", "archived_at": "归档时间",
    }  # fmt: skip
    for name, words in names.items():
        if getattr(history.case, name) != told[name]:
            yield _found(history, None, f"{words}与历史不符")
    contacts = told["contacts"]
    if history.case.contacted_at is not None and history.case.contacted_at not in contacts:
        yield _found(history, None, "联系时间与历史不符")


def _closed_apart(history: History) -> dict[str, datetime]:
    """A register may have closed a petition later than it was answered; until it is opened again.

    Source: docs/imports.md.
    """
    told = _imported(history).get("facts", {}).get("closed_at")
    since = [entry.to_state for entry in history.entries if entry.door != IMPORT_DOOR]
    reopened = WORKFLOWS[history.case.track].reopened
    if told is None or reopened & set(since):
        return {}
    return {"closed_at": datetime.fromisoformat(told)}


def moments(entries: list[Row[Any]], workflow: Workflow) -> dict[str, Any]:
    """When what happened, by the history; None for what it does not tell."""
    told: dict[str, Any] = dict.fromkeys(
        ("dispatched_at", "signed_at", "replied_at", "closed_at", "archived_at")
    )
    told["contacts"] = set()
    for entry in entries:
        moment = _moment(entry)
        action, outcome = entry.action, entry.outcome
        if action is Action.DISPATCH:
            told |= {"dispatched_at": moment, "signed_at": None, "contacts": set()}
        elif action is Action.SIGN_FOR:
            told["signed_at"] = moment
        elif (action, outcome) == (Action.DECIDE_RETURN, "refused"):
            told["signed_at"] = told["signed_at"] or moment
        elif action is Action.CONTACT:
            told["contacts"].add(moment)
        elif action in REPLYING or outcome == "settled" or _is_served(entry):
            told["replied_at"] = told["replied_at"] or moment
        elif action is Action.ARCHIVE:
            told["archived_at"] = moment
        if entry.to_state in workflow.reopened:
            told["closed_at"] = None
        elif entry.to_state in workflow.ended and entry.from_state != entry.to_state:
            told["closed_at"] = told["closed_at"] or moment
    return told


def _is_served(entry: Row[Any]) -> bool:
    return entry.action is Action.SERVE and entry.outcome in ANSWERS


def _moment(entry: Row[Any]) -> datetime | None:
    """An imported step happened when the file said; one that nobody recorded, at no known time."""
    if entry.happened_at is not None:
        moment: datetime = entry.happened_at
        return moment
    if entry.payload.get("recorded") is False:
        return None
    recorded: datetime = entry.at
    return recorded


def _counts(history: History) -> Iterator[Finding]:
    before = _imported(history).get("facts", {})
    for name, (action, outcome, words) in COUNTED.items():
        steps = [one for one in history.entries if one.action is action]
        told = sum(outcome in (None, one.outcome) for one in steps) + before.get(name, 0)
        if getattr(history.case, name) != told:
            yield _found(history, None, f"{words}与历史不符", f"历史为 {told}")


def _answers(history: History) -> Iterator[Finding]:
    """The first valid answer counts; an exclusion is as it was decided last."""
    case = history.case
    counted = [entry.payload for entry in history.entries if entry.payload.get("counted") is True]
    first: Mapping[str, Any] = counted[0] if counted else {}
    if (case.callback_valid is True) != bool(counted):
        yield _found(history, None, "回访结果与历史不符")
    for name, words in (("resolved", "是否解决"), ("satisfaction", "满意度")):
        if getattr(case, name) != first.get(name):
            yield _found(history, None, f"{words}与历史不符")
    excluded = _imported(history).get("facts", {}).get("excluded")
    for entry in history.entries:
        if entry.action in UNCOUNTING:
            excluded = entry.payload.get("after")
        elif (entry.action, entry.outcome) == (Action.DECIDE_APPEAL, "granted"):
            excluded = entry.payload.get("excluded")
    if case.excluded != excluded:
        yield _found(history, None, "剔除标记与历史不符")


def _imported(history: History) -> Mapping[str, Any]:
    told: Mapping[str, Any] = history.entries[0].payload.get("imported") or {}
    return told


def _content(sight: Sight, history: History) -> Iterator[Finding]:
    """What the resident said is what was registered, under lock as well."""
    case, payload = history.case, history.entries[0].payload
    said = _said(sight, case)
    salt = (case.query_code_hash or "")[:32]
    kept, mark = payload.get("content_commitment"), _imported(history).get("content")
    changed = kept is not None and commitment(said, salt) != kept
    if changed or (mark is not None and content_mark(said) != mark):
        yield _found(history, 1, "诉求内容被改动", "与登记时的承诺值不符")


def _said(sight: Sight, case: Row[Any]) -> str:
    if not case.is_sealed:
        words: str = case.content
        return words
    locked = select(ConfidentialMatter.content).where(ConfidentialMatter.case_id == case.id)
    return sight.session.scalar(locked) or ""


def _classification(history: History) -> Iterator[Finding]:
    """As registered, or as it was put right since, each time with before and after."""
    told = {name: history.entries[0].payload.get(name) for name in CLASSIFIED}
    for entry in history.entries:
        if entry.action is Action.RECLASSIFY:
            after = entry.payload.get("after") or {}
            told |= {name: after[name] for name in CLASSIFIED if name in after}
    for name, words in CLASSIFIED.items():
        if getattr(history.case, name) != told[name]:
            yield _found(history, None, f"{words}与历史不符")
