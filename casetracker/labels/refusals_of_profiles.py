"""Chinese sentences for what a profile of metrics (统计口径) may not say."""

from collections.abc import Mapping

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
    "bad_points": "各项分值应大于 0，合计不超过 100",
}
