"""SHANGHAI_TOWN: rates and points as a Shanghai town's hotline report computed them (2018).

What that report leaves undefined is taken over from WUHAN_DEFAULT; so is 按时办结率, which is a
constant 100 % there.
"""

from datetime import date
from fractions import Fraction

from casetracker.domain.rates.metric import Metric, Profile, Score
from casetracker.domain.rates.terms import Is, IsSet, OneOf, both
from casetracker.domain.rates.wuhan import ANSWERED_SATISFACTION, HOTLINE_NOT_GROUPED, with_rows
from casetracker.domain.vocabulary import Result, Satisfaction, Track

OWN_ROWS = (
    Metric(
        code="response",
        name_zh="先行联系率",
        numerator=Is("callback_contacted"),
        denominator=both(Is("callback_valid"), IsSet("callback_contacted")),
        window="closed_at",
        source="docs/rules/rates.md S1",
        definition_zh="先行联系为“是” ÷ (是+否);未评价不计入;按办结时间",
    ),
    Metric(
        code="resolution",
        name_zh="实际解决率",
        numerator=OneOf("result", frozenset({Result.RESOLVED})),
        denominator=OneOf("result", frozenset({Result.RESOLVED, Result.EXPLAINED})),
        window="closed_at",
        source="docs/rules/rates.md S2",
        definition_zh="实际解决 ÷ (实际解决+解释说明);按办结时间",
    ),
    Metric(
        code="satisfaction",
        name_zh="市民满意率",
        numerator=None,
        denominator=ANSWERED_SATISFACTION,
        window="closed_at",
        weights={
            Satisfaction.SATISFIED: Fraction(1),
            Satisfaction.BASICALLY: Fraction(8, 10),
            Satisfaction.FAIR: Fraction(6, 10),
        },
        source="docs/rules/rates.md S3",
        definition_zh="(满意×1+基本满意×0.8+一般×0.6) ÷ 四种评价件数合计;按办结时间",
    ),
)

SHANGHAI_TOWN = Profile(
    code="SHANGHAI_TOWN",
    name_zh="上海镇级考核口径",
    version="2018.1",
    effective_from=date(2018, 1, 1),
    track=Track.HOTLINE,
    metrics=with_rows(OWN_ROWS),
    population=HOTLINE_NOT_GROUPED,
    score=Score(
        weights={"response": Fraction(30), "satisfaction": Fraction(40)},
        flat={"resolution": Fraction(20)},
        share={"received": Fraction(5)},
        source="docs/rules/rates.md S4",
        definition_zh="受理量占比×5 + 先行联系率×30 + 诉求解决20 + 市民满意率×40(满分95)",
    ),
)
