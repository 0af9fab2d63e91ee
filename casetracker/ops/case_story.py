"""The history of a case in words: who did what, with the facts that matter and the clocks."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from casetracker.domain.history import known_time
from casetracker.domain.vocabulary import (
    Action,
    CallValidity,
    ClockStatus,
    ContactChannel,
    ContactOutcome,
    DeclineReason,
    ExcludeReason,
    ExtensionReason,
    ReferTarget,
    Result,
    ReturnReason,
    Satisfaction,
    SuperviseLevel,
    SuperviseTrigger,
    Visibility,
)
from casetracker.labels import label
from casetracker.labels.of_the_clock import limit_name
from casetracker.ops.petition_story import petition_facts
from casetracker.services.case_reading.case_file import CaseFile, EntryView
from casetracker.web.templating import datetime_cn

REASONS: Mapping[Action, Any] = {
    Action.DECLINE: DeclineReason,
    Action.REQUEST_RETURN: ReturnReason,
    Action.REQUEST_EXTENSION: ExtensionReason,
    Action.EXCLUDE: ExcludeReason,
}
YES = {True: "是", False: "否"}


def _code(enum: Any) -> Callable[[Any], str]:
    return lambda value: label(enum(value))


WORDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("unit", "单位", str),
    ("assisting", "协办", "、".join),
    ("units", "单位", "、".join),
    ("result", "结果", _code(Result)),
    ("via", "方式", _code(ContactChannel)),
    ("channel", "方式", str),
    ("outcome", "结果", _code(ContactOutcome)),
    ("validity", "回访", _code(CallValidity)),
    ("contacted", "已联系", YES.__getitem__),
    ("resolved", "已解决", YES.__getitem__),
    ("satisfaction", "满意度", _code(Satisfaction)),
    ("days", "天数", str),
    ("order", "督办编号", str),
    ("level", "方式", _code(SuperviseLevel)),
    ("trigger", "事由", _code(SuperviseTrigger)),
    ("score", "评分", lambda score: f"{score} 分"),
    ("topic", "主题", str),
    ("to", "转往", _code(ReferTarget)),
    ("into", "并入", str),
    ("from", "来自", str),
    ("case", "工单", str),
    ("basis", "依据", str),
    ("filename", "文件", str),
    ("document", "依据文号", str),
    ("evaluators", "评价人数", str),
    ("demand_reasonable", "诉求合理", YES.__getitem__),
    ("duty_done", "履职到位", YES.__getitem__),
    ("proposed_unit", "建议单位", str),
)
"""Facts of an entry that people read: key, name, how its value is said."""


def events_of(file: CaseFile) -> list[dict[str, Any]]:
    """The newest first, as the `timeline` component reads them."""
    return [_event(entry) for entry in reversed(file.timeline)]


def _event(entry: EntryView) -> dict[str, Any]:
    return {
        "at": known_time(entry),
        "actor": entry.actor,
        "action": entry.action,
        "unit": entry.unit,
        "text": _text(entry),
        "from_state": entry.from_state,
        "to_state": entry.to_state,
        "facts": _facts(entry),
        "clocks": [_clock(one) for one in entry.payload.get("clocks", ())],
        "restricted": entry.visibility is Visibility.RESTRICTED,
        "important": entry.from_state != entry.to_state,
    }


def _text(entry: EntryView) -> str | None:
    if entry.is_erased:
        return "（内容已按规定清除）"
    return "（限知悉，您不能查看内容）" if entry.is_hidden else entry.text


def _facts(entry: EntryView) -> list[tuple[str, str]]:
    payload = entry.payload
    facts = [
        (name, say(payload[key]))
        for key, name, say in WORDS
        if payload.get(key) not in (None, "", [], ()) and _is_said(entry.action, key)
    ]
    facts += petition_facts(entry.action, payload)
    reason = payload.get("reason")
    if reason and entry.action in REASONS:
        facts.insert(0, ("原因", label(REASONS[entry.action](reason))))
    elif reason:
        facts.append(("理由", str(reason)))
    return facts


def _is_said(action: Action, key: str) -> bool:
    """`channel` and `outcome` mean the way of speaking only where somebody was contacted."""
    if key == "outcome":
        return action is Action.CONTACT
    return key != "channel"


def _clock(change: Mapping[str, Any]) -> str:
    name = limit_name(change["limit"])
    status = ClockStatus(change["status"])
    if status is ClockStatus.RUNNING and change.get("due_at"):
        due_at = datetime.fromisoformat(change["due_at"])
        return f"{name}时限 {datetime_cn(due_at)}"
    return f"{name}时限{label(status)}"
