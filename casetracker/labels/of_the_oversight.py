"""Chinese words for the codes of supervision, and reasons in so many words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from casetracker.domain import oversight_vocabulary as o
from casetracker.domain.days import local
from casetracker.domain.vocabulary import RiskTag, SuperviseTrigger
from casetracker.labels import of_the_office

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    o.RuleMode: {o.RuleMode.SUGGEST: "提请督办", o.RuleMode.ISSUE: "自动督办"},
    o.SuggestionStatus: {
        o.SuggestionStatus.PENDING: "待处理",
        o.SuggestionStatus.ISSUED: "已督办",
        o.SuggestionStatus.DISMISSED: "不予督办",
        o.SuggestionStatus.LAPSED: "情形已消除",
    },
    o.OrderStatus: {
        o.OrderStatus.OPEN: "待反馈",
        o.OrderStatus.LATE: "逾期未反馈",
        o.OrderStatus.ANSWERED: "已反馈待销号",
        o.OrderStatus.CLOSED: "已销号",
    },
    o.TalkReason: {
        o.TalkReason.SECOND_OVERDUE: "重办后再次超期",
        o.TalkReason.MUCH_OVERDUE: "超期件较多",
        o.TalkReason.WORST_TWICE: "满意率连续两月末位",
        o.TalkReason.ORDERS_LATE: "督办逾期未反馈",
        o.TalkReason.ORDERS_SENT_BACK: "督办反馈多次被退回",
        o.TalkReason.WHISTLE_UNHEARD: "吹哨未按时报到",
    },
    o.WatchList: {
        o.WatchList.OVERDUE: "已超期",
        o.WatchList.DUE_SOON: "临期",
        o.WatchList.UNSIGNED: "逾期未签收",
        o.WatchList.RETURNED_OFTEN: "多次退单",
        o.WatchList.NOT_REDONE: "不满意未重办",
        o.WatchList.HOLD_LATE: "挂账逾期未回看",
        o.WatchList.ASSIST_LATE: "协办、报到逾期",
        o.WatchList.ORDERS_LATE: "督办逾期未反馈",
    },
}

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
    words = of_the_office.WORDS[RiskTag]
    said = [words[RiskTag(tag)] for tag in facts["tags"]]
    return "、".join([*said, f"{facts['persons']} 人"])


def _fraud(facts: Mapping[str, Any]) -> str:
    if facts.get("disputed"):
        return "群众称未联系本人或者答复不属实，与办理记录不符"
    return f"同一措辞的答复已用于 {facts['same_words']} 件"


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


def _moment(text: str) -> str:
    at = local(datetime.fromisoformat(text))
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.month}月{day.day}日"
