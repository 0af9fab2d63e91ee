"""Signs that a figure may say more than was done (防止弄虚作假): rows of data, never a verdict.

Each counts, of the cases of its base, those that show the sign; past its threshold it waits to be
looked at (待核实). The conditions are `casetracker.stats.honesty`.
Source: docs/rules/appraisal.md §5.
"""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Literal

LAST_HOUR = timedelta(hours=1)
AT_ONCE = timedelta(minutes=1)
"""A contact that was entered so shortly before the reply was submitted."""
RUSH = 8
"""So many call-backs by one person in an hour, all of them satisfied."""

Window = Literal["received_at", "replied_at", "closed_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One sign. `window` is the instant by which a case stands in a month.

    It is past its threshold with at least `least` cases that make up `share` of the base; where
    `satisfied` is given, only if that part of the answers was satisfied as well.
    """

    code: str
    name_zh: str
    definition_zh: str
    window: Window
    share: Fraction
    least: int
    source: str
    satisfied: Fraction | None = None

    def is_past(self, found: int, counted: int, satisfied: Fraction | None = None) -> bool:
        """Whether somebody should look; `satisfied` is its part of the answers, None of none."""
        if found < self.least or found < self.share * counted:
            return False
        return self.satisfied is None or (satisfied is not None and satisfied >= self.satisfied)


INDICATORS = (
    Indicator(
        code="no_contact",
        name_zh="未联系上即办结",
        definition_zh="办结前没有一次联系上诉求人的件数 ÷ 本月办结的派单件数（不含导入的历史数据）",
        window="closed_at",
        share=Fraction(1, 10),
        least=3,
        source="docs/rules/appraisal.md §5 H1",
    ),
    Indicator(
        code="same_reply",
        name_zh="答复雷同",
        definition_zh="答复与本单位当月另一件相同、或只差数字标点称呼的件数 ÷ 本月答复的件数",
        window="replied_at",
        share=Fraction(1, 10),
        least=3,
        source="docs/rules/appraisal.md §5 H2",
    ),
    Indicator(
        code="last_hour",
        name_zh="临到期限才答复",
        definition_zh="办理期限前最后一小时内答复的件数 ÷ 本月答复且有办理期限的件数",
        window="replied_at",
        share=Fraction(3, 10),
        least=3,
        source="docs/rules/appraisal.md §5 H3",
    ),
    Indicator(
        code="other_number",
        name_zh="回访号码不是来电号码",
        definition_zh="计入的电话回访拨打其他号码的件数 ÷ 本月办结且记录了回访号码的件数",
        window="closed_at",
        share=Fraction(1, 10),
        least=2,
        source="docs/rules/appraisal.md §5 H4",
    ),
    Indicator(
        code="call_rush",
        name_zh="短时间集中满意回访",
        definition_zh=(
            f"同一人一小时内 {RUSH} 次以上有效回访且全部满意的件数 ÷ 本月办结且电话回访有效的件数"
        ),
        window="closed_at",
        share=Fraction(1, 10),
        least=RUSH,
        source="docs/rules/appraisal.md §5 H5",
    ),
    Indicator(
        code="early_contact",
        name_zh="联系记录时间异常",
        definition_zh=(
            "联系记录早于派单、或提交答复前一分钟内才首次记录联系的件数"
            " ÷ 本月答复且有联系记录的件数"
        ),
        window="replied_at",
        share=Fraction(1, 10),
        least=3,
        source="docs/rules/appraisal.md §5 H6",
    ),
    Indicator(
        code="odd_evidence",
        name_zh="凭证不在办理期间",
        definition_zh="凭证早于派单、或在答复之后办结之前补传的件数 ÷ 本月办结且有凭证的件数",
        window="closed_at",
        share=Fraction(1, 10),
        least=3,
        source="docs/rules/appraisal.md §5 H7",
    ),
    Indicator(
        code="thin_answers",
        name_zh="满意率高而参评率低",
        definition_zh=(
            "可回访而没有满意度评价的件数 ÷ 本月办结且可回访的件数（评价者满意率 95% 以上时提示）"
        ),
        window="closed_at",
        share=Fraction(1, 2),
        least=5,
        satisfied=Fraction(95, 100),
        source="docs/rules/appraisal.md §5 H8",
    ),
    Indicator(
        code="left_out",
        name_zh="撤诉和剔除占比偏高",
        definition_zh="撤诉或不计考核的件数 ÷ 本月登记的件数",
        window="received_at",
        share=Fraction(15, 100),
        least=3,
        source="docs/rules/appraisal.md §5 H9",
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
