"""Who has the next step on a case, for those who have none themselves."""

from collections.abc import Mapping

from casetracker.domain.vocabulary import State

TURNS: Mapping[State, str] = {
    State.TO_DISPATCH: "等派单员派单",
    State.TO_SIGN: "等{unit}签收",
    State.HANDLING: "{unit}正在办理",
    State.RETURN_PENDING: "等派单员审定退单",
    State.TO_REVIEW: "等审核答复",
    State.REPLIED: "等转回访",
    State.TO_FOLLOW_UP: "等回访员回访",
    State.REDO: "{unit}正在重新办理",
    State.ON_HOLD: "{unit}按挂账计划办理",
    State.REGISTERED: "等信访专干甄别分类",
    State.CLASSIFIED: "等信访专干处置",
    State.OBJECTION_PENDING: "等转送机关核实异议",
    State.TO_NOTIFY: "等信访专干送达告知书",
    State.AWAITING_REPORT: "等接收机关报告办理结果",
    State.ACCEPTED: "等信访专干交承办单位",
    State.TO_CHECK: "等法律顾问审核",
    State.TO_SIGN_OFF: "等领导签发",
    State.TO_SERVE: "等信访专干送达意见书",
    State.EXECUTING: "{unit}正在执行处理意见",
    State.IN_REVIEW: "等复查机关答复",
    State.IN_FINAL_REVIEW: "等复核机关答复",
    State.FINALLY_REVIEWED: "等信访专干登记终结",
}


def whose_turn(state: State, unit: str | None) -> str | None:
    """`等新河社区签收`; nothing once the case has ended."""
    words = TURNS.get(state)
    return words.format(unit=unit or "承办单位") if words else None
