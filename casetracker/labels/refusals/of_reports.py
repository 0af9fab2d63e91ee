"""Sentences for what is refused about reports and frozen months."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "report_changed": (
        "通报文字已被他人修改",
        "这期通报的文字已由{who}于{at}修改，您看到的不是最新内容。您填写的内容已保留，请核对后再保存。",
    ),
    "period_not_begun": (
        "本期尚未开始",
        "{period}还没有开始，没有可以通报的数字，请选择已经开始的期间。",
    ),
    "month_running": ("本期尚未结束", "{month}按口径尚未结束，结束后才能冻结。"),
    "month_is_frozen": (
        "本月已经冻结",
        "已由{who}于{at}冻结，数字和文字不再改变。此后有变化的，请出具更正。",
    ),
    "words_are_frozen": (
        "本月已冻结，文字不能再改",
        "{month}的通报已冻结留存，印发的内容不再改变。确有需要的，请出具更正。",
    ),
    "figures_in_motion": (
        "数据正在变动",
        "读取期间有工单正在办理，数字与名单未能对齐。什么都没有改变，请稍后再试。",
    ),
    "nothing_to_correct": (
        "没有需要更正的内容",
        "现在的数字、名单与冻结（或上一次更正）时一致，不必出具更正。",
    ),
    "changes_moved_on": (
        "对比之后又有变化",
        "您看到的对比不是最新内容，请核对下面的最新对比后再出具更正。您填写的内容已保留。",
    ),
}

PROBLEMS: Mapping[str, str] = {
    "month_not_frozen": "该月没有冻结，只能查看实时数字",
    "only_months_are_frozen": "只有月份可以冻结，周、日、年和起止日期请查看实时数字",
    "month_not_corrected": "该月没有更正，请查看冻结的数字或实时数字",
    "not_frozen_by_these": "该月冻结时没有采用这个口径，请查看实时数字或改选口径",
    "not_kept_so": "冻结时没有按这种方式分行，请改选",
}
