"""Chinese sentences for what is asked of figures."""

from collections.abc import Mapping

PROBLEMS: Mapping[str, str] = {
    "bad_filter": "筛选条件有误，请回到清单重新筛选后再导出",
    "not_of_the_hotline": "通报按热线口径统计，信访部分另按信访口径列出；请选热线口径",
    "unknown_profile": "没有这个口径，可用：{known}",
    "unknown_metric": "该口径没有这个指标",
    "unknown_dimension": "只能按承办单位、单位组别、渠道、来源层级、分类或办件类别分行",
    "unknown_part": "应为分子、分母或剔除之一",
    "unknown_key": "没有这一行",
}
