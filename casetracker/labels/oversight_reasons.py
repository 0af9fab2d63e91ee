"""Why something calls for supervision, in so many words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from casetracker.domain.days import local
from casetracker.domain.vocabulary import RiskTag, SuperviseTrigger
from casetracker.labels import label
from casetracker.labels.of_the_clock import limit_name

DAYS = {"working": "个工作日", "calendar": "日"}
_Say = Callable[[Mapping[str, Any]], str]


def _half(facts: Mapping[str, Any]) -> str:
    spent = f"（{facts['used']}/{facts['whole']} {DAYS[facts['days']]}）"
    return f"办理时限已过半{spent if facts['whole'] > 1 else ''}，没有办理记录"


def _due(words: str) -> _Say:
    return lambda facts: words.format(_moment(facts["due_at"]))


def _raised(facts: Mapping[str, Any]) -> str:
    said = []
    if facts["raised"]:
        said.append(f"同一事项又有 {facts['raised']} 件反映")
    if facts["urged"]:
        said.append(f"已催办 {facts['urged']} 次")
    return "，".join(said)


def _note(facts: Mapping[str, Any]) -> str:
    if "due_on" in facts:
        return f"领导批示应于 {_day(facts['due_on'])} 前报落实情况，至今未报"
    return f"领导 {_moment(facts['since'])} 批示，此后没有办理记录"


def _heated(facts: Mapping[str, Any]) -> str:
    said = [label(RiskTag(tag)) for tag in facts["tags"]]
    if facts["persons"] > 1:
        said.append(f"{facts['persons']} 人共同反映")
    return "、".join(said)


def _fraud(facts: Mapping[str, Any]) -> str:
    if facts.get("disputed"):
        return "群众称未联系本人或者答复不属实，与办理记录不符"
    return f"近期 {facts['same_words']} 件以同一措辞答复“已解决”"


_T = SuperviseTrigger
_REASONS: Mapping[SuperviseTrigger, _Say] = {
    _T.HALF_TIME_NO_RECORD: _half,
    _T.NEAR_DUE: _due("{} 到期，尚未答复"),
    _T.OVERDUE: _due("应于 {} 前答复，至今未答复"),
    _T.UNSIGNED: _due("应于 {} 前签收，至今未签收"),
    _T.RAISED_AGAIN: _raised,
    _T.DISSATISFIED_NOT_REDONE: _due("群众不满意，应于 {} 前重办，至今未重新答复"),
    _T.ASSIST_LATE: _due("应于 {} 前反馈协办、报到情况，至今未反馈"),
    _T.NOT_RESUBMITTED: lambda facts: f"{_moment(facts['since'])} 审核退回，至今未重新提交",
    _T.LEADER_NOTE: _note,
    _T.MEDIA: lambda facts: "媒体反映或者有舆情",
    _T.COLLECTIVE_OR_THREAT: _heated,
    _T.FRAUD: _fraud,
    _T.SHIRKING: lambda facts: f"已退单 {facts['returns']} 次",
    _T.NOT_TOLD: _due("应于 {} 前书面告知，至今未告知"),
    _T.NOT_REPORTED: _due("应于 {} 前报送办理结果，至今未报"),
    _T.NOT_EXECUTED: _due("处理意见应于 {} 前执行，至今未执行"),
}


def reason_words(trigger: SuperviseTrigger, facts: Mapping[str, Any]) -> str:
    """What a rule found, in a sentence for the supervisor and for the order."""
    return _REASONS[trigger](facts)


def due_words(limit: str, due_at: datetime, days: int, *, is_over: bool) -> str:
    """A limit that runs out or is over, with the working days until or since."""
    when = f"{limit_name(limit)}时限 {_said(due_at)} 到期"
    if is_over:
        return f"{when}，已超 {days} 个工作日" if days else f"{when}，今日已超"
    return f"{when}，还剩 {days} 个工作日" if days else f"{when}，今日到期"


def _moment(text: str) -> str:
    return _said(datetime.fromisoformat(text))


def _said(instant: datetime) -> str:
    at = local(instant)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.month}月{day.day}日"
