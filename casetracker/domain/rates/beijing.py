"""BEIJING_DISTRICT: 三率 as a district-level report service of 接诉即办 computes them (2025).

What that service leaves undefined is taken over from WUHAN_DEFAULT. Two of its habits are not
copied: totals are pooled, not the mean of the units' rates; an empty denominator is not 0.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from casetracker.domain.rates.metric import Metric, Profile, Score
from casetracker.domain.rates.terms import Is
from casetracker.domain.rates.wuhan import HOTLINE_NOT_GROUPED, WUHAN_DEFAULT, with_rows
from casetracker.domain.vocabulary import Satisfaction, Track

VALID_CALL = Is("callback_valid")

OWN_ROWS = (
    Metric(
        code="response",
        name_zh="响应率",
        numerator=Is("callback_contacted"),
        denominator=VALID_CALL,
        window="received_at",
        source="docs/rules/rates.md B1",
        definition_zh="有效回访中群众答“已联系”的件数 ÷ 本期登记件的有效回访数",
    ),
    Metric(
        code="resolution",
        name_zh="解决率",
        numerator=Is("resolved"),
        denominator=VALID_CALL,
        window="received_at",
        source="docs/rules/rates.md B2",
        definition_zh="有效回访中群众答“已解决”的件数 ÷ 本期登记件的有效回访数",
    ),
    Metric(
        code="satisfaction",
        name_zh="满意率",
        numerator=None,
        denominator=VALID_CALL,
        window="received_at",
        weights={Satisfaction.SATISFIED: Fraction(1), Satisfaction.BASICALLY: Fraction(9, 10)},
        source="docs/rules/rates.md B3",
        definition_zh="(满意×1+基本满意×0.9) ÷ 本期登记件的有效回访数",
    ),
    replace(
        WUHAN_DEFAULT.metric("answer"),
        window="received_at",
        source="docs/rules/rates.md B4",
        definition_zh="有效回访中作出满意评价的件数 ÷ 本期登记且可回访的件数",
    ),
)


BEIJING_DISTRICT = Profile(
    code="BEIJING_DISTRICT",
    name_zh="北京区级三率口径",
    version="2025.1",
    effective_from=date(2025, 1, 1),
    track=Track.HOTLINE,
    metrics=with_rows(OWN_ROWS),
    population=HOTLINE_NOT_GROUPED,
    month_start_day=19,
    cut_off_hour=12,
    score=Score(
        weights={
            "response": Fraction(10),
            "resolution": Fraction(50),
            "satisfaction": Fraction(40),
        },
        source="docs/rules/rates.md B5",
        definition_zh="综合成绩 = 响应率×10 + 解决率×50 + 满意率×40",
    ),
)
