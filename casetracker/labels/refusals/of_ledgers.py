"""Chinese sentences for the ledgers of the petition office."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "visit_day_over": (
        "已过登记当日，不能修改",
        "来访登记只能在登记当日更正；确需说明的，请在关联的信访件中记录。",
    ),
    "visit_linked": ("已关联信访件", "本次来访已登记为信访件，关联有误的请先取消关联。"),
    "session_not_so": (
        "接访安排现在不能这样办理",
        "该场接访现为“{status}”，请刷新查看最新情况。",
    ),
    "session_not_over": ("接访还没有开始", "到接访时间后才能登记接访情况。"),
    "nothing_to_publish": ("没有待公布的接访安排", "请先安排下月接访，再公布。"),
    "undertaking_over": ("包案已结束", "已结束的包案不能再更改。"),
    "old_case_struck_off": ("已销号", "已销号的积案不能再更改。"),
    "strike_asked": ("已申请销号", "请等待另一人审核。"),
    "strike_not_asked": ("没有待审的销号申请", "请刷新查看最新情况。"),
    "own_strike": ("不能审核自己的销号申请", "销号须两人办理，请由领导或者另一名信访专干审核。"),
}

PROBLEMS: Mapping[str, str] = {
    "bad_people": "每行一人：姓名 电话 身份证号，用空格分开，每种只填一个",
    "fewer_than_named": "人数不能少于所列姓名的人数（{named} 人）",
    "too_many_representatives": "集体走访应推选代表，代表不得超过 {most} 人"
    "（《信访工作条例》第二十条第三款）",
    "not_your_own": "只能登记本人的，他人的请由信访专干登记",
    "ends_before_start": "结束时间须晚于开始时间",
    "ends_before_first_day": "不能早于起始日期",
    "expected_before_start": "预计化解日期不能早于包案日期",
    "linked_already": "已经关联该信访件",
    "listed_already": "该信访件已在积案清单内",
    "why_not_granted": "不同意的请写明理由",
}
