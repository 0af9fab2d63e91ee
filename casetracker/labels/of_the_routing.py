"""Why a unit is proposed, in words: the reason codes of `domain.routing`. Knows no case."""

from collections.abc import Mapping, Sequence

REMARKS: Mapping[str, str] = {
    "later_rule_won": "目录中另有同级规定，以最近修订的为准",
    "community_outside_list": "不在社区事项清单内，社区不作主办",
}
NO_RULE = "派单目录没有对应的单位，由派单员选定"
NO_CATEGORY_YET = "选定问题分类后给出建议单位"


def routing_words(
    reasons: Sequence[str], *, unit: str | None, source: str = "", facts: Sequence[str] = ()
) -> str:
    """`按派单目录：路灯 → 公共管理办公室`; `facts`: the category, area and kind that were named."""
    remarks = [REMARKS[code] for code in reasons if code in REMARKS]
    if unit is None:
        return "；".join([NO_RULE, *remarks])
    named = " + ".join(facts) or "通用规则"
    return "；".join([f"按{source or '派单目录'}：{named} → {unit}", *remarks])
