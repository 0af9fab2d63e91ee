"""WUHAN_DEFAULT: the product's own definitions of the hotline rates (响应率、办结率、满意率 …)."""

from datetime import date
from fractions import Fraction

from casetracker.domain.rates.facts import AS_OF
from casetracker.domain.rates.metric import Metric, Profile
from casetracker.domain.rates.terms import (
    EVERY,
    AtLeast,
    Is,
    IsSet,
    Not,
    NotAfter,
    OneOf,
    both,
    either,
)
from casetracker.domain.vocabulary import HOTLINE_OPEN, Satisfaction, Track

HOTLINE_NOT_GROUPED = both(
    OneOf("track", frozenset({Track.HOTLINE})),
    Not(IsSet("grouped_into_id")),
)
"""A grouped case (已并单) counts in its parent; `repeat_of_id` alone only links."""

ANSWERED_SATISFACTION = both(Is("callback_valid"), IsSet("satisfaction"))
STILL_OPEN = OneOf("state", frozenset(HOTLINE_OPEN))

VOLUME = (
    Metric(
        code="received",
        name_zh="受理量",
        numerator=EVERY,
        denominator=None,
        window="received_at",
        source="docs/rules/rates.md W1",
        definition_zh="本期登记的诉求件数",
    ),
)

TIMELINESS = (
    Metric(
        code="sign_on_time",
        name_zh="签收及时率",
        numerator=NotAfter("signed_at", "sign_due_at"),
        denominator=IsSet("dispatched_at"),
        window="sign_due_at",
        source="docs/rules/rates.md W2; window by due date: 信访 platforms, W0",
        definition_zh="签收期限内签收的件数 ÷ 签收期限在本期的已派件数",
    ),
    Metric(
        code="response",
        name_zh="响应率",
        numerator=NotAfter("contacted_at", "contact_due_at"),
        denominator=IsSet("dispatched_at"),
        window="contact_due_at",
        source="docs/rules/rates.md W3; 先行联系率, 夏阳街道热线办法(2022)",
        definition_zh="先行联系期限内联系群众的件数 ÷ 先行联系期限在本期的已派件数",
    ),
    Metric(
        code="completion",
        name_zh="办结率",
        numerator=NotAfter("replied_at", AS_OF),
        denominator=EVERY,
        window="handle_due_at",
        source="docs/rules/rates.md W4",
        definition_zh="截至统计时已答复群众的件数 ÷ 办理期限在本期的件数",
    ),
    Metric(
        code="completion_on_time",
        name_zh="按时办结率",
        numerator=NotAfter("replied_at", "handle_due_at"),
        denominator=EVERY,
        window="handle_due_at",
        source="docs/rules/rates.md W5; 信访 按期答复率 (window by due date)",
        definition_zh="办理期限(含延期)内答复群众的件数 ÷ 办理期限在本期的件数",
    ),
    Metric(
        code="overdue",
        name_zh="超期率",
        numerator=both(
            Not(NotAfter(AS_OF, "handle_due_at")),
            Not(NotAfter("replied_at", "handle_due_at")),
            either(IsSet("replied_at"), STILL_OPEN),
        ),
        denominator=EVERY,
        window="handle_due_at",
        source="docs/rules/rates.md W12",
        definition_zh="超期答复及截至统计时超期未答复的件数 ÷ 办理期限在本期的件数",
    ),
)

QUALITY = (
    Metric(
        code="resolution",
        name_zh="解决率",
        numerator=Is("resolved"),
        denominator=both(Is("callback_valid"), IsSet("resolved")),
        window="closed_at",
        source="docs/rules/rates.md W6; 北京市接诉即办工作条例 art. 32",
        definition_zh="群众答“已解决”的件数 ÷ 本期办结且有效回访中答复了是否解决的件数",
    ),
    Metric(
        code="satisfaction",
        name_zh="满意率",
        numerator=None,
        denominator=ANSWERED_SATISFACTION,
        window="closed_at",
        weights={Satisfaction.SATISFIED: Fraction(1), Satisfaction.BASICALLY: Fraction(1)},
        source="docs/rules/rates.md W7; 北京市接诉即办工作条例 art. 32",
        definition_zh="(满意+基本满意)件数 ÷ 本期办结且有效回访中作出满意评价的件数;未评价不计入",
    ),
    Metric(
        code="answer",
        name_zh="参评率",
        numerator=ANSWERED_SATISFACTION,
        denominator=Is("surveyable"),
        window="closed_at",
        source="docs/rules/rates.md W8",
        definition_zh="有效回访中作出满意评价的件数 ÷ 本期办结且可回访的件数",
    ),
    Metric(
        code="redo",
        name_zh="重办率",
        numerator=AtLeast("redo_count", 1),
        denominator=EVERY,
        window="closed_at",
        source="docs/rules/rates.md W9",
        definition_zh="经过重办的件数 ÷ 本期办结的件数",
    ),
)

FLOW = (
    Metric(
        code="return",
        name_zh="退单率",
        numerator=AtLeast("return_count", 1),
        denominator=EVERY,
        window="dispatched_at",
        source="docs/rules/rates.md W10; 国办函〔2025〕66号(五) 派单异议审核",
        definition_zh="申请过退单的件数 ÷ 本期派单的件数",
    ),
    Metric(
        code="return_granted",
        name_zh="退单采纳率",
        numerator=AtLeast("return_granted_count", 1),
        denominator=AtLeast("return_count", 1),
        window="dispatched_at",
        source="docs/rules/rates.md W13; 国办函〔2025〕66号(五) 派单异议审核",
        definition_zh="退单申请获准的件数 ÷ 本期派单且申请过退单的件数",
    ),
    Metric(
        code="repeat",
        name_zh="重复率",
        numerator=IsSet("repeat_of_id"),
        denominator=EVERY,
        window="received_at",
        source="docs/rules/rates.md W11",
        definition_zh="重复反映的件数 ÷ 本期登记的件数",
    ),
)

WUHAN_DEFAULT = Profile(
    code="WUHAN_DEFAULT",
    name_zh="武汉街道默认口径",
    version="2026.1",
    effective_from=date(2019, 1, 1),
    track=Track.HOTLINE,
    metrics=VOLUME + TIMELINESS + QUALITY + FLOW,
    population=HOTLINE_NOT_GROUPED,
)


def with_rows(own: tuple[Metric, ...]) -> tuple[Metric, ...]:
    """The default rows, with `own` in the places of the same code."""
    by_code = {row.code: row for row in own}
    return tuple(by_code.get(row.code, row) for row in WUHAN_DEFAULT.metrics)
