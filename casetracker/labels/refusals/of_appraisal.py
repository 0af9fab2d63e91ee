"""Chinese sentences for exclusions, appeals and judgements."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "appeal_window_closed": (
        "已超过申诉期限",
        "考核申诉须在办结后（信访件为群众评价后）的申诉期限内提出。",
    ),
    "afterwords_open": ("申诉或评价期限未满", "考核申诉期限、群众评价期限届满后才能归档。"),
    "no_pending_exclusion": ("没有待审的剔除申请", "请刷新查看最新状态。"),
    "no_pending_appeal": ("没有待裁定的申诉", "请刷新查看最新状态。"),
    "no_pending_reinstatement": ("没有待审的恢复考核申请", "请刷新查看最新状态。"),
    "no_pending_judgement": ("没有待确认的第三方评价", "请刷新查看最新状态。"),
    "pending_reinstatement": ("已有待审的恢复考核申请", "请等待审定。"),
    "pending_judgement": ("已有待确认的第三方评价", "请由另一人确认后再登记。"),
    "not_excluded": ("现在正常计入考核", "没有剔除的无须恢复考核。"),
    "not_disputed": (
        "没有争议，无须第三方评价",
        "诉求人表示不满意、未解决，或承办单位提出考核申诉的，才提交第三方评价。",
    ),
    "exclusion_is_over": (
        "申请的最后一天已过，不能同意",
        "不计考核只申请到已经过去的一天。请选不同意并说明，仍需要的由申请人重新申请。",
    ),
    "pending_exclusion": ("已有待审的剔除申请", "请等待审定。"),
    "pending_appeal": ("已有待裁定的申诉", "请等待裁定。"),
}

PROBLEMS: Mapping[str, str] = {
    "not_of_this_track": "不能用于信访件：重件照常计入考核，请另选原因",
    "proof_needed": "须先上传办理凭证，或填写依据文书的文号",
    "bad_votes": "每行一人：姓名或编号 合理/不合理 到位/不到位 理由，用空格分开，四项都要有",
    "bad_panel": "评价人须为单数，至少 3 人、至多 15 人",
    "evaluator_twice": "同一评价人只能填写一次",
}
