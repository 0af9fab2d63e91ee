"""Chinese sentences for exports."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "nothing_to_export": ("没有可导出的内容", "按现在的筛选条件没有记录，请放宽条件后再导出。"),
    "export_too_large": (
        "导出内容过多",
        "共 {rows} 行，一次最多导出 {most} 行。请按时间、单位或状态缩小范围，分几次导出。",
    ),
    "export_decided": ("已经审批过", "该导出已由其他人审批，请刷新后查看结果。"),
    "export_not_ready": ("文件还没有生成", "请在“导出”页面查看进度，生成后再下载。"),
    "export_expired": ("文件已过期删除", "请按原条件重新导出。"),
    "export_reach_changed": (
        "您的岗位或单位已变动",
        "这个文件是按变动前的查看范围生成的，不能再下载。请重新导出。",
    ),
    "export_gave_up": (
        "多次生成失败",
        "后台多次中断，未能生成文件。请重新导出，仍不成功请联系管理员。",
    ),
    "export_broke": ("生成失败", "生成文件时出错，已记录。请重新导出，仍不成功请联系管理员。"),
}
