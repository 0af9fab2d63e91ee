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
}


def whose_turn(state: State, unit: str | None) -> str | None:
    """`等新河社区签收`; nothing once the case has ended."""
    words = TURNS.get(state)
    return words.format(unit=unit or "承办单位") if words else None
