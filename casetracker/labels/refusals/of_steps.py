"""Chinese sentences for what stands against a step on a case."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "two_people_needed": ("须由另一人审核", "登记人不能独自终结工单，请由其他受理员或派单员办理。"),
    "own_submission": ("不能审核自己提交的答复", "请由单位负责人或其他审核人审核。"),
    "own_request": ("不能审批自己的申请", "申请人与审批人须为两人，请由其他有权限的同事审批。"),
    "handler_may_not_call_back": (
        "承办人不能回访",
        "经办过本工单的人员不能回访，请由其他回访员办理。",
    ),
    "designated_no_return": (
        "指定承办，不能退单",
        "本工单已指定由您单位承办，请直接办理；确有困难可申请延期或邀请协办。",
    ),
    "return_window_closed": ("已超过退单时限", "退单须在派单后的退单时限内提出，请继续办理。"),
    "returns_used_up": ("退单次数已用完", "本工单已达最多退单次数，请由派单员组织会商。"),
    "contact_first": (
        "请先联系诉求人",
        "提交办结前须联系上诉求人，或在不同时段至少联系两次并记录。",
    ),
    "evidence_needed": (
        "缺少办理凭证",
        "请先上传至少一份办理照片或材料（附件用途选“办理凭证”），再提交办结。",
    ),
    "new_evidence_needed": ("缺少新的办理凭证", "二次办理须上传新的照片或材料后再提交。"),
    "after_due": ("已超过办理时限", "延期须在时限届满前申请，请尽快办结。"),
    "others_grouped_in": (
        "还有其他群众的诉求",
        "其他群众的工单已并入本工单，不能撤诉。请继续办理并答复，撤回的意思可记入办理记录。",
    ),
    "not_upstream": ("不是上级平台工单", "本工单没有上级平台单号，不能办理该事项。"),
    "not_dissatisfied": (
        "诉求人没有表示不满意",
        "只有回访结果为不满意或未解决的工单才能这样办理。",
    ),
    "judged_unreasonable": ("诉求已认定不合理", "该诉求已认定为不合理，不能重办。"),
    "no_pending_return": ("没有待审的退单申请", "请刷新查看最新状态。"),
    "no_pending_extension": ("没有待批的延期申请", "请刷新查看最新状态。"),
    "no_pending_hold": ("没有待批的挂账申请", "请刷新查看最新状态。"),
    "no_pending_upstream_return": ("没有向上级提出退回", "请先提出退回申请，再登记上级答复。"),
    "no_pending_upstream_extension": ("没有向上级申请延期", "请先提出延期申请，再登记上级答复。"),
    "pending_return": ("已有待审的退单申请", "请等待派单员审定。"),
    "pending_extension": ("已有待批的延期申请", "请等待审批后再提出。"),
    "pending_hold": ("已有待批的挂账申请", "请等待审批。"),
    "pending_upstream_return": ("已向上级提出退回", "请先登记上级答复。"),
    "pending_upstream_extension": ("已向上级申请延期", "请先登记上级答复。"),
    "no_running_limit": ("没有在走的办理时限", "本工单当前没有办理时限，不能延期。"),
    "extension_beyond_cap": ("超过延期上限", "累计延期不能超过规定上限。"),
    "not_invited": ("没有待反馈的协办任务", "您单位没有被邀请协办，或已反馈过。"),
    "leader_must_sign": ("重件须由领导签发", "本工单为重件，请由分管领导或主要领导审核。"),
    "no_draft": ("没有待审的答复", "请等待承办人提交。"),
    "reply_changed": ("答复已更新", "本工单有了新的答复，请复制新的内容回填上级平台。"),
    "not_replied_yet": ("尚未答复，暂不能评价", "收到答复后即可评价。"),
    "evaluation_closed": ("评价期限已过", "感谢您的关注，如有新情况可再次反映。"),
    "evaluated_already": ("您已评价过", "每次答复可评价一次，感谢您的参与。"),
    "urged_today": ("今天已催办过", "我们已提醒承办单位，请明天再看进度。"),
    "unknown_limit": (
        "没有这个时限",
        "没有名为“{name}”的时限。可用：{known}，"
        "以及 calendar:N、working:N、office_hours:N、natural_hours:N（N 为 1 至 9999）。",
    ),
    "pause_not_allowed": ("该时限不能中止", "没有规定允许这个时限中止计算。"),
}

PROBLEMS: Mapping[str, str] = {
    "unknown_case": "没有这个工单号",
    "unknown_purpose": "附件用途应为 request（诉求材料）或 evidence（办理凭证）",
    "not_upstream": "本工单没有上级平台单号，不能退回上级平台，请改选",
    "grouped_itself": "该工单已并入其他工单，请并入最终的那一件",
    "closed_too_long_ago": "该工单办结已久，不能再并入，请单独办理",
    "not_of_this_unit": "该人员不在承办单位",
    "lead_among_assisting": "主办单位不能同时作为协办单位",
    "already_invited": "该单位已被邀请，尚未反馈",
    "before_received": "须晚于受理时间",
    "portal_only": "网上提交只能使用“网上提交”渠道",
    "only_consultations": "只有咨询类可以即时答复，其他类型请派单",
    "nothing_changed": "没有任何改动",
    "beyond_cap": "超过累计延期上限",
    "same_reply_before": "与此前给同一诉求人的答复完全相同，请针对本次情况答复",
    "answers_need_a_valid_call": "未接通的回访不能记录满意度，请改为“有效”或清空答案",
    "ask_at_least_one": "有效回访至少记录“是否解决”或“是否满意”之一",
    "registered_elsewhere": "该上级平台单号已由其他单位登记，请联系派单员",
}
