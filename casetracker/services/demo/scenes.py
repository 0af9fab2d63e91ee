"""What goes on in the demonstration street right now: cases worked by its own people.

Each scene is a list of steps; `hours` of office time lie before a step, `rests` tell how long ago
the last one was (one case for each). The services decide what may be done, as they do for anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

IN_FIVE_DAYS = "in five days"
"""Stands for an instant five days from the demonstration's now."""

OTHER_CASE = "other case"
"""Stands for the number of the last case that is simply being worked on."""


THAT_DAY = "that day"
"""Stands for the day of the step."""

PANEL = """01号 不合理 到位 政策没有规定，社区当面解释过两次。
02号 不合理 到位 答复依据充分，联系及时。
03号 合理 到位 诉求可以理解，承办单位已经尽责。"""
OTHER_PANEL = """04号 合理 不到位 没有到现场，只打过一次电话。
05号 合理 不到位 答复没有回应诉求。
06号 不合理 到位 部分诉求超出政策。"""

FIVE_DAYS = "0204"
"""A category whose matters have five days: those of one day may be over before more is asked for,
depending on the hour at which the street is loaded."""


@dataclass(frozen=True, slots=True)
class Do:
    """One step; `who` is a username, or `head`, `handler`, `deputy` of the lead unit."""

    hours: float
    who: str
    action: str
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    name: str
    rests: tuple[float, ...]
    steps: tuple[Do, ...] = ()
    upstream: bool = True
    urgency: str = "normal"
    important: bool = False
    category: str | None = None


def do(hours: float, who: str, action: str, **body: Any) -> Do:
    return Do(hours, who, action, body)


EVIDENCE = "evidence"
"""Not an action of the table's API: a photograph is taken and attached."""

DISPATCH = do(0.6, "dispatcher1", "dispatch", unit="{unit}", reason="按派单目录")
SIGN = do(1.2, "handler", "sign_for")
CONTACT = do(1.5, "handler", "contact", outcome="reached", note="已电话了解情况，约定上门查看。")
LOG = do(2, "handler", "log", text="已到现场查看，正在协调相关单位处理。", public=True)
PHOTO = do(3, "handler", EVIDENCE)
SUBMIT = do(0.4, "handler", "submit", result="resolved", text="{reply}")
APPROVE = do(1.5, "head", "approve", via="phone", note="同意回告。")
SIGNED = (DISPATCH, SIGN)
AT_WORK = (*SIGNED, CONTACT, LOG)
SUBMITTED = (*AT_WORK, PHOTO, SUBMIT)
REPLIED = (*SUBMITTED, APPROVE)


def call(**answers: Any) -> Do:
    return do(4, "caller1", "follow_up", **{"validity": "valid", "contacted": True, **answers})


SATISFIED = call(resolved=True, satisfaction="satisfied", note="诉求人表示满意。")
UNHAPPY = call(resolved=False, satisfaction="dissatisfied", because="not_solved",
               note="诉求人反映问题仍未解决。")  # fmt: skip
DISSATISFIED = (*REPLIED, UNHAPPY)
REDO = (*DISSATISFIED, do(2, "supervisor1", "redo", note="请单位负责人到场核实后再次答复。"))
CLOSED = (*REPLIED, SATISFIED)

EXCLUDED = (*CLOSED, do(2, "head", "exclude", reason="beyond_powers",
            text="事项属区级权限，附权责清单。"), do(3, "leader1", "decide_exclusion",
            granted=True, note="证据充分。"))  # fmt: skip
APPEALED = (*DISSATISFIED, do(2, "supervisor1", "close", unreasonable=False,
            note="已尽责办理，提交第三方评价。"), do(2, "head", "appeal",
            text="已三次上门，诉求没有政策依据。"))  # fmt: skip
JUDGED = do(6, "supervisor1", "judge", held_on=THAT_DAY, votes=PANEL,
            text="三名评价员现场查阅案卷，并电话询问双方。")  # fmt: skip
CONFIRMED = do(2, "leader1", "confirm_judgement", granted=True, note="程序合规，确认评价结果。")

SCENES: tuple[Scene, ...] = (
    Scene("待派单", (0.2, 0.5, 1.1, 1.6, 4)),
    Scene("紧急待派单", (0.3,), urgency="urgent"),
    Scene("待签收", (0.3, 1, 2.5, 3.4, 9), (DISPATCH,)),
    Scene("已签收未联系", (1, 3), SIGNED),
    Scene("办理中", (2, 8, 14, 19, 23, 25), AT_WORK),
    Scene("办理超期", (30, 44, 62), AT_WORK),
    Scene("联系未果", (2,), (*SIGNED, do(1, "handler", "contact", outcome="no_answer"))),
    Scene("退单待审", (0.5, 2), (DISPATCH, do(1, "head", "request_return", reason="not_our_duty",
          basis="该事项属于区直部门职责，附权责清单。"))),
    Scene("退单后指定", (5,), (DISPATCH, do(1, "head", "request_return", reason="not_our_area",
          basis="事发地不在本单位辖区。"), do(1, "dispatcher1", "decide_return", granted=False,
          note="经核实属你单位辖区，请办理。"))),
    Scene("退单后待派", (1,), (DISPATCH, do(1, "head", "request_return", reason="not_our_area",
          basis="事发地在相邻社区。"), do(1, "dispatcher1", "decide_return", granted=True,
          note="情况属实，重新派单。"))),
    Scene("延期待批", (3,), (*AT_WORK, do(2, "handler", "request_extension", days=5,
          reason="construction_period", text="需等管材到货后施工。")), category=FIVE_DAYS),
    Scene("延期获批", (4, 26), (*AT_WORK, do(2, "handler", "request_extension", days=5,
          reason="several_departments", text="需多部门会商。"), do(2, "deputy", "decide_extension",
          granted=True, note="同意延期，请告知诉求人。")), category=FIVE_DAYS),
    Scene("会办中", (3, 12), (*AT_WORK, do(1, "handler", "assist", units=["综合执法中心"],
          request="请协助现场执法。"))),
    Scene("协办已反馈", (2,), (*AT_WORK, do(1, "head", "assist", units=["综合执法中心"],
          request="请协助清理占道物品。"), do(3, "zhifa_handler", "assist_report",
          text="已到场清理完毕。"))),
    Scene("吹哨报到", (2,), (*AT_WORK, do(1, "head", "whistle", units=["区城市管理执法局",
          "区水务和湖泊局"], request="请派员到现场会商。"))),
    Scene("吹哨互评", (3, 9), (*AT_WORK, do(1, "head", "whistle", units=["区水务和湖泊局"],
          topic="排水管网现场会商", request="请派员到现场会商排水管网改造。"), do(3, "shuiwu_head",
          "arrive", came="河道科 王科长"), do(2, "head", "settle_whistle",
          result="现场确认由水务局三日内疏通，社区配合围挡。"), do(1, "head", "score_unit",
          score="5", words="按时到场，措施有力。"), do(1, "shuiwu_head", "score_street",
          score="4", words="事由清楚，现场材料齐全。"))),
    Scene("吹哨逾期", (40,), (*AT_WORK, do(1, "dispatcher1", "whistle", units=["区城市管理执法局"],
          topic="夜间渣土车扬尘联合执法", request="请派员联合执法。"), do(1, "dispatcher1",
          "score_unit", score="2", words="催促后仍未到场。"))),
    Scene("挂账待批", (2,), (*AT_WORK, do(1, "head", "request_hold",
          text="需纳入老旧小区改造。", plan="一季度立项，二季度进场。"))),
    Scene("挂账", (6, 40), (*AT_WORK, do(1, "head", "request_hold", text="需纳入年度管网改造计划。",
          plan="年内完成设计，明年上半年施工。"), do(2, "deputy", "decide_hold", granted=True,
          note="同意挂账，按月回看。"))),
    Scene("待审核", (0.4, 2, 5, 11), SUBMITTED),
    Scene("审核退回", (1,), (*SUBMITTED, do(1, "head", "send_back", note="请补充整改后的照片。"))),
    Scene("重件待签", (2,), SUBMITTED, important=True),
    Scene("待回访", (1, 5, 9, 16, 24), REPLIED),
    Scene("回访未接通", (3,), (*REPLIED, call(validity="no_answer", contacted=None))),
    Scene("不满意待定", (2, 6), DISSATISFIED),
    Scene("二次办理", (3, 10, 24), REDO),
    Scene("二次待审", (1,), (*REDO, do(4, "handler", EVIDENCE), do(1, "handler", "submit",
          result="resolved", text="{second_reply}"))),
    Scene("二次办结", (3,), (*REDO, do(4, "handler", EVIDENCE), do(1, "handler", "submit",
          result="resolved", text="{second_reply}"), APPROVE, SATISFIED)),
    Scene("满意办结", (2, 6, 12, 20), CLOSED),
    Scene("基本满意办结", (4, 15), (*REPLIED, call(resolved=True, satisfaction="basically"))),
    Scene("一般办结", (7,), (*REPLIED, call(resolved=True, satisfaction="fair"))),
    Scene("不满意办结", (5,), (*DISSATISFIED, do(2, "supervisor1", "close", unreasonable=True,
          note="诉求超出政策规定，已当面解释。"))),
    Scene("已归档", (4,), (*CLOSED, do(200, "operator2", "archive"))),
    Scene("即时答复", (1, 5), (do(0.2, "operator2", "answer", text="已按办事指南向您说明办理条件、"
          "所需材料和办理地点。", basis="街道政务服务事项清单", via="phone"),), category="1003"),
    Scene("不受理", (3,), (do(0.5, "dispatcher1", "decline", reason="statutory_channel",
          text="该事项已进入诉讼程序，请向受理法院反映。"),), category="1801"),
    Scene("转出", (4,), (do(0.5, "dispatcher1", "refer", to="petition",
          text="您的诉求属信访事项，已转信访部门登记。"),)),
    Scene("撤诉", (3,), (DISPATCH, do(1, "operator2", "withdraw",
          text="问题已自行解决，诉求人来电撤回。"))),
    Scene("并单", (1, 3), (do(0.3, "operator1", "group", into=OTHER_CASE,
          reason="同一地点同一事由"),)),
    Scene("催办", (2,), (*AT_WORK, do(6, "operator1", "urge", text="诉求人再次来电询问进度。"))),
    Scene("督办", (4, 20), (*AT_WORK, do(10, "supervisor1", "supervise", level="notice",
          trigger="half_time_no_record", requirement="请加快办理，七日内反馈。"))),
    Scene("督办销号", (3,), (*AT_WORK, do(4, "supervisor1", "supervise", level="order",
          trigger="leader_note", requirement="请三日内拿出方案。"), do(3, "head",
          "supervise_report", text="方案已报送，正在实施。"), do(2, "supervisor1",
          "supervise_report", text="同意销号。", accepted=True))),
    Scene("电话催办", (3,), (*AT_WORK, do(6, "supervisor1", "supervise", level="phone",
          trigger="near_due", requirement="明日到期，请今日办结。"))),
    Scene("挂牌督办", (10, 70), (*AT_WORK, do(4, "supervisor1", "supervise", level="listed",
          trigger="collective_or_threat", requirement="请单位主要负责人包抓，限期整改。",
          plan="本周完成现场勘查；十个工作日内完成整改；逐户回访。"))),
    Scene("督办退回", (6,), (*AT_WORK, do(4, "supervisor1", "supervise", level="order",
          trigger="overdue", requirement="请说明超期原因，限期办结。"), do(6, "head",
          "supervise_report", text="正在抓紧办理。"), do(2, "supervisor1", "supervise_report",
          text="没有具体措施和时间，请重新反馈。", accepted=False), do(3, "head",
          "supervise_report", text="已落实施工队，三日内完工，有现场照片。"))),
    Scene("领导批示", (3,), (*AT_WORK, do(2, "leader1", "instruct",
          text="请平安办牵头，本周内拿出整改方案。"))),
    Scene("申请剔除", (4,), (*CLOSED, do(2, "head", "exclude", reason="beyond_powers",
          text="事项属区级权限，附权责清单。"))),
    Scene("剔除获批", (6,), (*CLOSED, do(2, "head", "exclude", reason="unreasonable",
          text="诉求无政策依据，附答复记录。"), do(3, "supervisor1", "decide_exclusion",
          granted=True, note="证据充分。"))),
    Scene("考核申诉", (4,), (*DISSATISFIED, do(2, "head", "appeal",
          text="已三次上门，诉求超出政策。"))),
    Scene("恢复考核待审", (5,), (*EXCLUDED, do(4, "head", "reinstate",
          text="经核查，该事项在街道权责清单之内。"))),
    Scene("第三方评价", (7,), (*APPEALED, JUDGED, CONFIRMED)),
    Scene("第三方评价履职不到位", (3,), (*APPEALED, do(6, "supervisor1", "judge",
          held_on=THAT_DAY, votes=OTHER_PANEL, text="三名评价员查阅案卷，并电话询问诉求人。"),
          CONFIRMED)),
    Scene("第三方评价待确认", (4,), (*APPEALED, JUDGED)),
    Scene("联系记录时间异常", (5,), (*SIGNED, PHOTO, do(2, "handler", "contact", outcome="reached",
          note="电话告知处理情况。"), do(0.01, "handler", "submit", result="resolved",
          text="{reply}"), APPROVE, SATISFIED)),
    Scene("回访其他号码", (4, 9), (*REPLIED, call(resolved=True, satisfaction="satisfied",
          number_called="13900001111", note="按承办单位提供的号码拨打。"))),
    Scene("答复雷同", (3, 6, 11), (*AT_WORK, PHOTO, do(0.4, "handler", "submit", result="explained",
          text="您好！您反映的问题我单位已安排人员处理，感谢您的监督。"), APPROVE, SATISFIED),
          category=FIVE_DAYS),
    Scene("退回上级", (3,), (do(0.5, "dispatcher1", "return_upstream",
          text="事发地不在本辖区。"),)),
    Scene("上级延期", (4,), (*AT_WORK, do(1, "dispatcher1", "extend_upstream", text="需专业鉴定。"),
          do(3, "dispatcher1", "extend_upstream", text="上级同意延期。", granted=True,
             new_due_at=IN_FIVE_DAYS))),
)  # fmt: skip
