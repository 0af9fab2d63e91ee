"""Chinese words for the facts that rates look at: `办理期限 10月10日(周五)`, `未答复`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from casetracker.domain.days import local, local_date
from casetracker.domain.rates.facts import fact
from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    State,
    Track,
    Urgency,
)
from casetracker.labels import label
from casetracker.labels.of_days import date_words, moment_words

ACTS: Mapping[str, str] = {
    "received_at": "登记",
    "dispatched_at": "派单",
    "signed_at": "签收",
    "contacted_at": "联系群众",
    "replied_at": "答复",
    "closed_at": "办结",
    "evaluated_at": "评价",
    "notified_at": "书面告知",
    "taken_at": "受理或交办",
    "settled_at": "认定化解",
}
"""Instants at which something was done."""
DATES: Mapping[str, str] = {
    "sign_due_at": "签收期限",
    "contact_due_at": "先行联系期限",
    "handle_due_at": "办理期限",
    "notice_limit_at": "告知期限（登记满15日）",
    "take_limit_at": "受理期限（登记满30日）",
    "judged_at": "责任单位评价（或评价期满）日",
    "office_judged_at": "信访部门评价（或评价期满）日",
}
"""Instants that come by themselves."""
FLAGS: Mapping[str, tuple[str, str, str]] = {
    "surveyable": ("可回访", "不可回访", "尚无答复送达，不可回访"),
    "callback_valid": ("有效回访", "没有有效回访", "没有有效回访"),
    "callback_contacted": ("群众答“已联系”", "群众答“未联系”", "群众未答是否联系"),
    "resolved": ("群众答“已解决”", "群众答“未解决”", "群众未答是否解决"),
}
"""What is said where the flag is true, false, or not known."""
COUNTS: Mapping[str, tuple[str, str]] = {
    "redo_count": ("重办 {} 次", "没有重办"),
    "return_count": ("申请退单 {} 次", "没有申请退单"),
    "return_granted_count": ("退单获准 {} 次", "没有获准的退单"),
}
LINKS: Mapping[str, tuple[str, str]] = {
    "repeat_of_id": ("重复反映", "不是重复反映"),
    "grouped_into_id": ("已并入其他工单，随该工单计数", "没有并单"),
    "category_id": ("已分类", "尚未分类"),
    "lead_unit_id": ("已有承办单位", "没有承办单位"),
}
CODED: Mapping[str, tuple[str, type[StrEnum]]] = {
    "track": ("办件类别", Track),
    "channel": ("来源渠道", Channel),
    "kind": ("诉求类型", Kind),
    "urgency": ("紧急程度", Urgency),
    "state": ("状态", State),
    "satisfaction": ("满意度评价", Satisfaction),
    "office_satisfaction": ("对信访部门的评价", Satisfaction),
    "result": ("办理结果", Result),
    "excluded": ("不计考核", ExcludeReason),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One case read at a moment; `placed_by` is the instant by which the figure places it."""

    case: Any
    as_of: datetime
    placed_by: str

    @property
    def today(self) -> date:
        return local_date(self.as_of)


def instant_words(reading: Reading, name: str) -> str:
    """`办理期限 10月10日(周五)`, `10月9日 16:20 答复`, `没有办理期限`, `未答复`."""
    value = fact(reading.case, name)
    if name in DATES:
        noun = DATES[name]
        return f"没有{noun}" if value is None else f"{noun} {date_of(reading, value)}"
    if value is None:
        return f"未{ACTS[name]}"
    return f"{moment_words(value, reading.today)} {ACTS[name]}"


def fact_words(reading: Reading, name: str) -> str:
    """One fact of the case in words. Raises KeyError for a fact without words."""
    value = fact(reading.case, name)
    if name in FLAGS:
        return FLAGS[name][2 if value is None else 0 if value else 1]
    if name in LINKS:
        return LINKS[name][value is None]
    if name in CODED:
        noun, codes = CODED[name]
        return f"没有{noun}" if value is None else f"{noun}：{label(codes(value))}"
    return count_words(reading, name) if name in COUNTS else instant_words(reading, name)


def count_words(reading: Reading, name: str) -> str:
    """`重办 2 次`, `没有重办`."""
    some, none = COUNTS[name]
    number = fact(reading.case, name) or 0
    return some.format(number) if number else none


def date_of(reading: Reading, moment: datetime) -> str:
    """`10月10日(周五)`, with the time of day where it is not the end of the day."""
    words = date_words(local_date(moment), reading.today)
    hour = f"{local(moment):%H:%M}"
    return words if hour == "23:59" else f"{words} {hour}"
