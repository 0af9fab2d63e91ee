"""Chinese sentences for supervision, whistles and talks."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "suggestion_decided": ("已处理", "这项提请已由他人督办、不予督办，或者情形已经消除。"),
    "no_open_order": ("没有未销号的督办", "本工单没有等待反馈的督办单。"),
    "no_feedback_yet": ("承办单位尚未反馈", "请在承办单位反馈后再销号。"),
    "talk_followed_up": ("已经回头看", "这次约谈的落实情况已经登记。"),
    "no_whistle": ("没有吹哨", "本工单没有这样的吹哨，或者已经办结。"),
    "arrived_already": ("已经报到", "该部门已登记报到。"),
    "scored_already": ("已经评价", "本次吹哨已经评价过，评价不再更改。"),
}

PROBLEMS: Mapping[str, str] = {
    "not_whistled": "没有向该部门吹哨",
    "which_unit": "向多个部门吹哨，请选择部门",
    "not_since_the_whistle": "应在吹哨之后、现在之前",
    "unit_out_of_reach": "不在您的分管范围内",
    "before_the_talk": "不能早于约谈日期",
    "not_since_the_talk": "应在约谈之后、今天之前",
    "not_on_case": "该单位不是本工单的主办、协办或吹哨单位",
    "rule_in_the_past": "不能早于今天，已经发现的情形不再改变",
    "rule_number_out_of_bounds": "超出允许的范围，请看字段旁的说明",
}
