"""The conditions and windows that a definition may be put together from, with their Chinese words.

They are those of the shipped profiles: whoever copies a profile chooses among what is known to be
counted right, and writes no condition. Source: docs/rules/rates.md §9.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casetracker.domain.rates.beijing import BEIJING_DISTRICT
from casetracker.domain.rates.metric import Metric, Profile
from casetracker.domain.rates.shanghai import SHANGHAI_TOWN
from casetracker.domain.rates.terms import EVERY, Expr, IsSet, OneOf
from casetracker.domain.rates.wuhan import WUHAN_DEFAULT
from casetracker.domain.rates.xinfang import CONTENT, XINFANG
from casetracker.domain.vocabulary import Satisfaction, Track


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a case, by its code and in words."""

    code: str
    words: str
    term: Expr


def _top(profile: Profile, code: str) -> Expr:
    numerator = profile.metric(code).numerator
    assert numerator is not None, "taken from a metric without weights"
    return numerator


def _below(profile: Profile, code: str) -> Expr:
    return profile.metric(code).base


_HOTLINE = (
    Condition("every", "全部工单", EVERY),
    Condition("dispatched", "已派单", _below(WUHAN_DEFAULT, "response")),
    Condition("signed_in_time", "签收期限内签收", _top(WUHAN_DEFAULT, "sign_on_time")),
    Condition("contacted_in_time", "先行联系期限内联系群众", _top(WUHAN_DEFAULT, "response")),
    Condition("replied", "截至统计时已答复群众", _top(WUHAN_DEFAULT, "completion")),
    Condition("replied_in_time", "办理期限内答复群众", _top(WUHAN_DEFAULT, "completion_on_time")),
    Condition("overdue", "超期答复或超期未答复", _top(WUHAN_DEFAULT, "overdue")),
    Condition("valid", "有效回访", _below(BEIJING_DISTRICT, "response")),
    Condition("answered", "有效回访且作出满意评价", _below(WUHAN_DEFAULT, "satisfaction")),
    Condition("asked_contact", "有效回访且答复了是否联系", _below(SHANGHAI_TOWN, "response")),
    Condition("said_contacted", "群众答“已联系”", _top(BEIJING_DISTRICT, "response")),
    Condition("asked_resolved", "有效回访且答复了是否解决", _below(WUHAN_DEFAULT, "resolution")),
    Condition("said_resolved", "群众答“已解决”", _top(WUHAN_DEFAULT, "resolution")),
    Condition("resolved", "办理结果为实际解决", _top(SHANGHAI_TOWN, "resolution")),
    Condition("ended", "办理结果为实际解决或解释说明", _below(SHANGHAI_TOWN, "resolution")),
    Condition(
        "satisfied", "群众评价满意", OneOf("satisfaction", frozenset({Satisfaction.SATISFIED}))
    ),
    Condition("content", "群众评价满意或基本满意", OneOf("satisfaction", CONTENT)),
    Condition("surveyable", "可回访", _below(WUHAN_DEFAULT, "answer")),
    Condition("redone", "经过重办", _top(WUHAN_DEFAULT, "redo")),
    Condition("returned", "申请过退单", _top(WUHAN_DEFAULT, "return")),
    Condition("return_granted", "退单申请获准", _top(WUHAN_DEFAULT, "return_granted")),
    Condition("repeated", "重复反映", _top(WUHAN_DEFAULT, "repeat")),
)
_PETITIONS = (
    Condition("every", "全部信访件", EVERY),
    Condition("repeated", "重件", _top(XINFANG, "repeat")),
    Condition("online", "网信", _top(XINFANG, "online")),
    Condition("told_in_time", "登记之日起15日内告知", _top(XINFANG, "sign_on_time")),
    Condition("taken_in_time", "登记之日起30日内受理或交办", _top(XINFANG, "response")),
    Condition("replied", "截至统计时已送达答复", _top(XINFANG, "completion")),
    Condition("replied_in_time", "限办期限内送达答复", _top(XINFANG, "completion_on_time")),
    Condition("overdue", "超期送达或超期未送达", _top(XINFANG, "overdue")),
    Condition("has_reply", "已答复", _below(XINFANG, "resolution")),
    Condition("settled", "认定化解", _top(XINFANG, "resolution")),
    Condition("judged", "对责任单位作出评价", _below(XINFANG, "satisfaction")),
    Condition("content", "对责任单位评价满意或基本满意", _top(XINFANG, "satisfaction")),
    Condition("judged_or_over", "对责任单位已评价或超期未评价", _below(XINFANG, "answer")),
    Condition("office_judged", "对信访部门作出评价", IsSet("office_satisfaction")),
    Condition(
        "office_content", "对信访部门评价满意或基本满意", _top(XINFANG, "satisfaction_office")
    ),
    Condition(
        "office_judged_or_over", "对信访部门已评价或超期未评价", _below(XINFANG, "answer_office")
    ),
)
CONDITIONS: Mapping[str, Mapping[str, Condition]] = {
    Track.HOTLINE: {one.code: one for one in _HOTLINE},
    Track.PETITION: {one.code: one for one in _PETITIONS},
}
"""By track and code."""

WINDOWS: Mapping[str, Mapping[str, str]] = {
    Track.HOTLINE: {
        "received_at": "登记时间",
        "dispatched_at": "派单时间",
        "sign_due_at": "签收期限",
        "contact_due_at": "先行联系期限",
        "handle_due_at": "办理期限",
        "closed_at": "办结时间",
    },
    Track.PETITION: {
        "received_at": "登记时间",
        "notice_limit_at": "登记满15日",
        "take_limit_at": "登记满30日",
        "handle_due_at": "限办期限",
        "closed_at": "办结时间",
        "judged_at": "对责任单位评价或评价期满时间",
        "office_judged_at": "对信访部门评价或评价期满时间",
    },
}
"""The instants by which a case may be placed: those that have an index."""

WEIGHTED = "weighted"
"""Stands for a numerator made of the weights of the answers."""


def code_of_term(track: str, term: Expr | None) -> str | None:
    """The code of the condition; None for no condition and for one that cannot be chosen."""
    found = (one.code for one in CONDITIONS[track].values() if one.term == term)
    return next(found, None)


def top_code(track: str, metric: Metric) -> str | None:
    """What was chosen for the numerator."""
    return WEIGHTED if metric.weights is not None else code_of_term(track, metric.numerator)
