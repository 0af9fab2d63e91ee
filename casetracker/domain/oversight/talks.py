"""What makes a unit a candidate for a talk (约谈), as rows. A person decides whether it is held.

Source: docs/rules/supervision.md 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casetracker.domain.oversight.rule import Number
from casetracker.domain.oversight_vocabulary import TalkReason

R = TalkReason


@dataclass(frozen=True, slots=True)
class TalkRule:
    """One reason: from how many on, within which time."""

    reason: TalkReason
    meaning: str
    source: str
    numbers: tuple[Number, ...]
    is_on: bool = True

    @property
    def code(self) -> str:
        return self.reason.value


def _count(default: int = 2) -> Number:
    return Number("count", "达到", "件", default, 1, 999)


def _span(default: int = 90) -> Number:
    return Number("days", "最近", "日内", default, 1, 366)


_PRACTICE = "督办惯例：督办单之后约谈"
_ROWS = (
    TalkRule(
        R.SECOND_OVERDUE, "群众不满意、重办后再次超期",
        "市级部门12345工单办理办法：再次逾期，书面通报批评", (_count(), _span()),
    ),
    TalkRule(R.MUCH_OVERDUE, "眼下超期未答复的较多", _PRACTICE, (_count(5),)),
    TalkRule(
        R.WORST_TWICE, "满意率连续两个月在同类单位中末位",
        "月度通报的后进名单；样本太小的不计",
        (Number("answers", "每月评价不少于", "件", 5, 1, 999),),
    ),
    TalkRule(R.ORDERS_LATE, "督办逾期未反馈", _PRACTICE, (_count(), _span())),
    TalkRule(
        R.ORDERS_SENT_BACK, "督办反馈被退回", "《信访工作条例》第四十条：敷衍",
        (_count(), _span()),
    ),
    TalkRule(
        R.WHISTLE_UNHEARD, "吹哨后未按时报到",
        "《北京市接诉即办工作条例》第十六条、第三十三条", (_count(), _span()),
    ),
)  # fmt: skip

TALK_RULES: Mapping[TalkReason, TalkRule] = MappingProxyType({row.reason: row for row in _ROWS})
