"""Chinese names of the limits a case runs under, by their code in the catalogue."""

from collections.abc import Mapping

from casetracker.domain.vocabulary import Kind
from casetracker.labels import label

LIMIT_NAMES: Mapping[str, str] = {
    "dispatch": "派单",
    "sign": "签收",
    "contact": "先行联系",
    "return": "退单",
    "handle": "办理答复",
    "assist": "协办反馈",
    "review": "审核",
    "callback": "回访",
    "redo": "二次办理",
    "park_review": "挂账回看",
    "supervise": "督办反馈",
    "investigate": "调查",
    "suggest30": "建议答复",
    "notify15": "受理告知",
    "objection5": "转送异议",
    "dept_transfer15": "转送",
    "handle60": "信访办理",
    "simple10": "简易办理",
    "req_review30": "申请复查",
    "req_rereview30": "申请复核",
    "review30": "复查",
    "rereview30": "复核",
    "assign_due": "交办报告",
    "execute": "执行处理意见",
    "duty_due": "法定履职",
    "evaluate": "信访评价",
    "improve_fb": "改进建议反馈",
}
SPANS: Mapping[str, str] = {
    "dispatch": "登记至派单",
    "sign": "派单至签收",
    "contact": "派单至首次联系诉求人",
    "return": "派单至提出退单",
    "handle": "派单至答复送达诉求人",
    "assist": "邀请至协办单位反馈",
    "review": "提交至审核决定",
    "callback": "答复至完成回访",
    "redo": "决定重办至再次答复",
    "park_review": "同意挂账至下次回看",
    "supervise": "发出督办至反馈",
    "investigate": "交办至提出处理意见初稿",
    "suggest30": "认定为建议至答复",
    "notify15": "收到至书面告知受理情况",
    "objection5": "收到转送至提出异议",
    "dept_transfer15": "登记至转送",
    "handle60": "受理至送达处理意见书",
    "simple10": "受理至出具处理意见",
    "req_review30": "收到处理意见至申请复查",
    "req_rereview30": "收到复查意见至申请复核",
    "review30": "收到复查申请至答复",
    "rereview30": "收到复核申请至答复，听证时间不计",
    "assign_due": "上级交办至报告结果",
    "execute": "送达处理意见至执行完毕",
    "duty_due": "交办至答复，按法律规定的期限",
    "evaluate": "送达处理意见至评价",
    "improve_fb": "提出改进建议至书面反馈",
}
DERIVED: Mapping[str, str] = {
    "assist": "主办时限前 1 个工作日",
    "assign_due": "按交办要求",
    "execute": "按处理意见载明的日期",
    "duty_due": "按有关法律法规规定的期限",
}
"""Limits whose length follows from each case."""
VARIANTS: Mapping[str, str] = {
    "complex": "复杂事项",
    "urgent": "紧急、特急",
    **{kind.value: label(kind) for kind in Kind},
}


def limit_name(code: str) -> str:
    """The name of a limit or of one of its variants (`handle:help`); the code where it has none."""
    return LIMIT_NAMES.get(code.partition(":")[0], code)


def limit_title(code: str) -> str:
    """The name with its variant: `办理答复（求助）`."""
    variant = VARIANTS.get(code.partition(":")[2])
    return f"{limit_name(code)}（{variant}）" if variant else limit_name(code)


def limit_span(code: str) -> str:
    """From what to what it runs."""
    return SPANS.get(code.partition(":")[0], "")
