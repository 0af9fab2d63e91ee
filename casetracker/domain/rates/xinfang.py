"""XINFANG: rates of the petition track as a province's 信访 platform computes them.

What it does not define (化解率) is this product's own. Source: docs/rules/rates.md §5.
"""

from datetime import date

from casetracker.domain.rates.facts import AS_OF
from casetracker.domain.rates.metric import Metric, Profile
from casetracker.domain.rates.terms import (
    EVERY,
    IsSet,
    Not,
    NotAfter,
    OneOf,
    both,
    either,
)
from casetracker.domain.vocabulary import PETITION_OPEN, Channel, Satisfaction, Track

PETITIONS = OneOf("track", frozenset({Track.PETITION}))
CONTENT = frozenset({Satisfaction.SATISFIED, Satisfaction.BASICALLY})
"""满意 and 基本满意, both whole."""
ONLINE = frozenset({Channel.PETITION_ONLINE, Channel.PORTAL})
STILL_OPEN = OneOf("state", frozenset(PETITION_OPEN))

VOLUME = (
    Metric(
        code="received",
        name_zh="信访件次",
        numerator=EVERY,
        denominator=None,
        window="received_at",
        source="docs/rules/rates.md X1",
        definition_zh="本期登记的信访件数",
    ),
    Metric(
        code="repeat",
        name_zh="重复信访率",
        numerator=IsSet("repeat_of_id"),
        denominator=EVERY,
        window="received_at",
        source="docs/rules/rates.md X2",
        definition_zh="重件 ÷ 本期登记的件数",
    ),
    Metric(
        code="online",
        name_zh="网信占比",
        numerator=OneOf("channel", ONLINE),
        denominator=EVERY,
        window="received_at",
        source="docs/rules/rates.md X3",
        definition_zh="网信 ÷ 本期登记的件数",
    ),
)

TIMELINESS = (
    Metric(
        code="sign_on_time",
        name_zh="信访部门及时受理率",
        numerator=NotAfter("notified_at", "notice_limit_at"),
        denominator=EVERY,
        window="notice_limit_at",
        source="docs/rules/rates.md X4; 信访工作条例 art. 22, 23",
        definition_zh="登记之日起 15 日内告知的件数 ÷ 登记满 15 日在本期的件数",
    ),
    Metric(
        code="response",
        name_zh="责任单位及时受理率",
        numerator=NotAfter("taken_at", "take_limit_at"),
        denominator=EVERY,
        window="take_limit_at",
        source="docs/rules/rates.md X5",
        definition_zh="登记之日起 30 日内受理或交办的件数 ÷ 登记满 30 日在本期、由本机关办理的件数",
    ),
    Metric(
        code="completion",
        name_zh="答复率",
        numerator=NotAfter("replied_at", AS_OF),
        denominator=EVERY,
        window="handle_due_at",
        source="docs/rules/rates.md X6",
        definition_zh="截至统计时已送达答复的件数 ÷ 限办期限在本期的件数",
    ),
    Metric(
        code="completion_on_time",
        name_zh="按期答复率",
        numerator=NotAfter("replied_at", "handle_due_at"),
        denominator=EVERY,
        window="handle_due_at",
        source="docs/rules/rates.md X7; 信访工作条例 art. 34",
        definition_zh="限办期限(含延期)内送达答复的件数 ÷ 限办期限在本期的件数",
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
        source="docs/rules/rates.md X8",
        definition_zh="超期送达及截至统计时超期未送达的件数 ÷ 限办期限在本期的件数",
    ),
)

QUALITY = (
    Metric(
        code="satisfaction",
        name_zh="责任单位满意率",
        numerator=OneOf("satisfaction", CONTENT),
        denominator=IsSet("satisfaction"),
        window="judged_at",
        source="docs/rules/rates.md X9; 国信发〔2014〕16号 art. 3",
        definition_zh="满意和基本满意的件数 ÷ 本期对责任单位作出评价的件数;未评价不计入",
    ),
    Metric(
        code="answer",
        name_zh="责任单位参评率",
        numerator=IsSet("satisfaction"),
        denominator=either(IsSet("satisfaction"), NotAfter("judged_at", AS_OF)),
        window="judged_at",
        source="docs/rules/rates.md X10",
        definition_zh="已评价 ÷ (已评价+超期未评价),按评价或评价期满时间;待评价不计入",
    ),
    Metric(
        code="satisfaction_office",
        name_zh="信访部门满意率",
        numerator=OneOf("office_satisfaction", CONTENT),
        denominator=IsSet("office_satisfaction"),
        window="office_judged_at",
        source="docs/rules/rates.md X11; 国信发〔2014〕16号 art. 3",
        definition_zh="满意和基本满意的件数 ÷ 本期对信访部门作出评价的件数;未评价不计入",
    ),
    Metric(
        code="answer_office",
        name_zh="信访部门参评率",
        numerator=IsSet("office_satisfaction"),
        denominator=either(IsSet("office_satisfaction"), NotAfter("office_judged_at", AS_OF)),
        window="office_judged_at",
        source="docs/rules/rates.md X12",
        definition_zh="已评价 ÷ (已评价+超期未评价),按评价或评价期满时间;待评价不计入",
    ),
    Metric(
        code="resolution",
        name_zh="化解率",
        numerator=IsSet("settled_at"),
        denominator=IsSet("replied_at"),
        window="closed_at",
        source="docs/rules/rates.md X13; 化解 is no 办结",
        definition_zh="认定化解的件数 ÷ 本期办结且已答复的件数",
    ),
)

XINFANG = Profile(
    code="XINFANG",
    name_zh="信访口径",
    version="2022.1",
    effective_from=date(2022, 5, 1),
    track=Track.PETITION,
    metrics=VOLUME + TIMELINESS + QUALITY,
    population=PETITIONS,
)
