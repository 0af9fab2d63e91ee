"""Chinese sentences for what a profile of metrics (统计口径) may not say."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "profile_not_draft": (
        "这个版本不能修改",
        "只有草稿可以修改、发布。已发布或产品自带的口径请先复制，再改复制的那一份。",
    ),
    "profile_changed": (
        "口径已被他人修改",
        "这份草稿刚被他人修改，您看到的不是最新内容。请核对后再保存，已填写的内容会保留。",
    ),
    "profile_has_begun": (
        "这个版本不能撤回",
        "它已经开始执行或已经撤回。要改变以后的算法，请复制后发布新版本。",
    ),
}

PROBLEMS: Mapping[str, str] = {
    "bad_definition": "口径定义无法读取，请从现有口径重新复制",
    "bad_start_day": "统计月起始日应为 1 至 28 日，每个月都有的日子",
    "bad_cut_off_hour": "截止时刻应为 0 至 23 时",
    "bad_decimals": "小数位数应为 0、1 或 2",
    "not_of_its_track": "热线口径只统计热线工单，信访口径只统计信访件，请从同类口径复制",
    "metrics_missing": "口径须包含该类办件的全部指标，请从现有口径重新复制",
    "fact_of_other_track": "这一条件只适用于信访件，热线口径请另选",
    "weights_of_satisfaction": "只有满意率可以按评价加权，请另选分子条件",
    "bad_weight": "权重应在 0 和 1 之间",
    "dissatisfied_counted": "不满意不能计入满意，权重应为 0",
    "needs_denominator": "满意率、参评率须有分母，请选择",
    "nobody_asked_counted": "没有人评价时不能算作满意，请选“不显示”或 0",
    "unasked_counted": "没有回访或没有作出评价的不能计入分子，请选择已作出评价的条件",
    "score_needs_rates": "综合成绩至少按一项率计分，件数不能按率计分",
    "share_of_a_count": "只有受理量这样的件数可以按占本组的比重计分",
    "unknown_choice": "没有这个选项，请从列出的各项中选择",
    "weights_needed": "分子选“按评价加权”时，至少填写一种评价的权重",
    "points_needed": "计入综合成绩的，请填写分值",
    "profile_code_taken": "已有口径用这个代码，请换一个；要出新版本，代码留空",
    "month_has_begun": "该月已经开始统计，各单位正按现行口径接受考核，不能中途改变；"
    "最早可从 {earliest} 起",
    "profile_month_taken": "该口径已有一个版本从这个月起执行，请换一个月，或先撤回那个版本",
    "default_month_taken": "已有另一个口径从这个月起作为本街道所用口径，请先撤回，或换一个月",
    "fraction_parsing": "应为小数或分数，如 0.9 或 9/10",
    "bad_points": "各项分值应大于 0，合计不超过 100",
}
