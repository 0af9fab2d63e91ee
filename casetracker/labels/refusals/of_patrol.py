"""Chinese sentences for what stands against a step on a hazard."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "hazard_not_so": (
        "隐患现在不能这样办理",
        "该隐患现为“{standing}”，不能“{step}”。请刷新查看最新情况。",
    ),
    "hazard_changed": (
        "该隐患已被他人更新",
        "{who}于{at}已办理“{step}”，您看到的不是最新内容。您填写的内容已保留，请核对后再提交。",
    ),
    "hazard_own_report": ("不能复查自己报告的整改", "报告整改与复查须为两人，请由另一人复查。"),
    "hazard_own_finding": (
        "不能认定自己发现的隐患不成立",
        "发现人与认定人须为两人，请由另一名负责人或督办员认定。",
    ),
    "hazard_needs_photo": ("缺少整改照片", "请拍摄或选择至少一张整改后的照片，或上传整改材料。"),
    "hazard_case_open": ("转出的工单还在办理", "请等工单办结后再报告整改或收回督办。"),
    "hazard_over": ("已经了结的隐患由单位负责人更正", "请本单位负责人更正登记，并写明原因。"),
    "patrol_file_quota": ("照片已达上限", "每次检查、每处隐患最多 {files} 个文件。"),
}

PROBLEMS: Mapping[str, str] = {
    "hazard_described": "已填写隐患情况，请选“发现隐患”；没有隐患的请清空隐患情况",
    "hazard_needs_plan": "重大隐患须写明整改方案和整改期间的管控措施",
    "hazard_not_inspected": "来源不是安全检查的不填检查记录编号，请清空",
    "unknown_inspection": "本单位没有这个编号的检查记录，请核对编号",
    "before_the_inspection": "不能早于检查日期",
    "after_a_later_step": "不能晚于其后的办理日期，请看办理记录",
    "before_it_was_found": "不能早于发现（或报告整改）的日期",
}
