"""A definition in words, field by field: what the log and the pages tell of it."""

import re

from casetracker.domain.rates import Metric, Profile
from casetracker.domain.rates.choices import WINDOWS
from casetracker.domain.rates.drafting import OF_A_MONTH
from casetracker.domain.vocabulary import ExcludeReason
from casetracker.labels import label
from casetracker.services.office.changes import Facts

_SHIPPED = re.compile(r"docs/rules/rates\.md ([A-Z][0-9]+)")
CALENDAR_MONTH = "自然月"
NOTHING_SHOWN = "不显示"


def general_facts(profile: Profile) -> Facts:
    """What holds for all metrics of a profile, by the titles of the form."""
    return {
        "名称": profile.name_zh,
        "统计月": month_words(profile.month_start_day),
        "每日截止": "不截止" if profile.cut_off_hour is None else f"{profile.cut_off_hour} 时",
        "小数位数": profile.decimals,
        "合计方式": label(profile.aggregation),
        "认可的剔除原因": exclusion_words(profile),
        "综合成绩": profile.score.definition_zh if profile.score else "不计",
    }


def definition_facts(profile: Profile) -> Facts:
    """Everything that a profile says."""
    return {**general_facts(profile), **{m.code: metric_words(profile, m) for m in profile.metrics}}


def month_words(start_day: int) -> str:
    """`自然月`, or `上月19日至本月18日`."""
    return CALENDAR_MONTH if start_day == 1 else f"上月{start_day}日至本月{start_day - 1}日"


def exclusion_words(profile: Profile) -> str:
    """`全部`, `不剔除`, or the reasons."""
    if profile.exclusions == set(ExcludeReason):
        return "全部"
    named = [label(reason) for reason in ExcludeReason if reason in profile.exclusions]
    return "、".join(named) or "不剔除"


def metric_words(profile: Profile, metric: Metric) -> str:
    """`满意率：(满意×1+基本满意×0.9) ÷ 有效回访；按登记时间归月；分母为 0 时不显示`."""
    words = f"{metric.name_zh}：{metric.definition_zh}"
    if not words.endswith(OF_A_MONTH):
        words = f"{words}；按{window_words(profile, metric)}{OF_A_MONTH}"
    return words if metric.is_count else f"{words}；分母为 0 时{empty_words(metric)}"


def window_words(profile: Profile, metric: Metric) -> str:
    """The instant that places a case in a month."""
    return WINDOWS[profile.track][metric.window]


def empty_words(metric: Metric) -> str:
    """What stands where there is nothing to divide by."""
    if metric.empty is None:
        return NOTHING_SHOWN
    return f"{metric.empty * 100}%"


def basis_words(metric: Metric) -> str:
    """The document that says so; of a shipped definition its number in the product's rules."""
    own = _SHIPPED.match(metric.source)
    return f"产品口径 {own[1]}" if own else metric.source
