"""Chinese sentences for units, categories, limits and settings."""

from collections.abc import Mapping

PROBLEMS: Mapping[str, str] = {
    "before_valid_from": "停用日期不能早于启用日期",
    "limit_in_the_past": "不能早于今天，已承诺的时限不再改变",
    "limit_date_taken": "今天已有一条调整并已生效，请从明天或以后起调整",
    "limit_needs_amount": "该时限的长度由个案决定，不能统一设置",
    "bad_setting": "填写的值不对，应为 {expected}",
    "empty_rule": "分类、地域、诉求类型至少填写一项",
    "unknown_place": "模板里有不认识的位置“{name}”，可用：{known}",
    "unknown_unit": "没有这个单位，请填写单位名称或代码",
    "unit_does_not_handle": "该单位不承办工单，请选择具体承办单位",
    "unknown_category": "没有这个分类，请填写分类名称或代码",
    "bad_notice": "无法读懂放假通知，请使用 JSON、CSV（日期,上班/放假,名称）或通知原文",
    "notice_without_year": "通知中没有写明年份，请另外指明",
    "implausible_notice": "放假安排不合理（日期重复、年份不符、天数异常"
    "，或调休上班日不在周末），请核对",
    "own_child": "不能放到自己的下级单位之下",
    "leads_open_cases": "该单位还有 {count} 件在办工单，请先改派或办结",
    "has_active_children": "下级单位仍在启用，请先停用下级单位",
    "category_ended": "该分类已停用，请另选分类",
    "children_in_use": "下级分类在这一天仍在使用，请先停用下级分类",
    "community_outside_list": "社区只能主办清单内的事项：属清单的请勾选，否则请改选其他单位",
    "unknown_limit": "没有这个时限",
    "limit_without_length": "该时限的长度由交办要求或主办时限决定，不能单独计算",
}
