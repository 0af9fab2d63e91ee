"""七、存在问题 八、下步要求 as the figures suggest them; whoever signs may write their own.

Every demand names who is to act and by when. Source: docs/rules/reports.md 9.
"""

from collections.abc import Iterator
from fractions import Fraction

from casetracker.domain.rates import percent
from casetracker.domain.reports.facts import Figure, ReportFacts
from casetracker.domain.reports.wording import (
    Comparison,
    joined,
    rate_change,
    rate_words,
)

FALLEN = 0.01
"""A rate that fell by a point at least is a problem worth a line."""

WATCHED = ("sign_on_time", "response", "completion_on_time", "resolution", "satisfaction")
NONE_FOUND = "本期各项指标未见突出问题。"


def problems(facts: ReportFacts) -> str:
    """Numbered lines."""
    return _numbered(list(_problems(facts)) or [NONE_FOUND])


def demands(facts: ReportFacts) -> str:
    """Numbered lines, each with an owner and a date."""
    return _numbered(list(_demands(facts)))


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{place}.{line}" for place, line in enumerate(lines, 1))


def _problems(facts: ReportFacts) -> Iterator[str]:
    overdue = _late(facts)
    if overdue:
        units = _late_units(facts)
        where = f"，较多的有{joined(units, 3, '个单位')}" if units else ""
        yield f"超期{int(overdue.numerator)}件，超期率{rate_words(overdue)}{where}。"
    fallen = [one for one in facts.handled.metrics if one.code in WATCHED and _fell(one)]
    if fallen:
        said = [
            f"{one.name}{rate_words(one)}，"
            f"{rate_change(Comparison.PREVIOUS, one.value, one.previous)}"
            for one in fallen
        ]
        yield f"部分指标下滑：{'；'.join(said)}。"
    returned = facts.handled.figure("return")
    if returned and returned.numerator:
        count, rate = int(returned.numerator), rate_words(returned)
        yield f"退单{count}件，退单率{rate}，派单的准确性有待提高。"
    if facts.topics.rising:
        names = joined([one.name for one in facts.topics.rising])
        yield f"{names}类诉求短期内明显上升。"
    if facts.topics.repeated:
        yield f"重复诉求{facts.topics.repeated}件，部分问题未从根本上解决。"
    for sign in facts.signs:
        share = percent(Fraction(sign.found, sign.counted), 1)
        yield f"{sign.unit}“{sign.name}”{sign.found}件（占{share}%）：{sign.note.rstrip('。')}。"
    told = facts.petitions.figure("sign_on_time")
    if told and _missing(told):
        yield f"信访部门及时受理率{rate_words(told)}，{_missing(told)}件未在规定期限内告知。"


def _late(facts: ReportFacts) -> Figure | None:
    figure = facts.handled.figure("overdue")
    return figure if figure and figure.numerator else None


def _late_units(facts: ReportFacts) -> list[str]:
    """Units with two late cases or more, the most first."""
    found = [
        (int(figure.numerator), line.name)
        for group in facts.groups
        for line in group.lines
        for figure in line.figures
        if figure.code == "overdue" and figure.numerator > 1
    ]
    return [f"{name}（{count}件）" for count, name in sorted(found, key=lambda o: (-o[0], o[1]))]


def _fell(figure: Figure) -> bool:
    if figure.value is None or figure.previous is None:
        return False
    return figure.previous - figure.value >= FALLEN


def _missing(figure: Figure) -> int:
    return int((figure.denominator or 0) - figure.numerator)


def _demands(facts: ReportFacts) -> Iterator[str]:
    by = f"{facts.answer_by.month}月{facts.answer_by.day}日前"
    if _late(facts):
        yield f"各承办单位对超期件逐件核查原因，尚未答复的于{by}答复，由民呼我应指挥中心督办。"
    returned = facts.handled.figure("return")
    if returned and returned.numerator:
        yield f"民呼我应指挥中心对退单逐件复盘，于{by}完善派单目录。"
    if facts.topics.rising or facts.topics.repeated:
        yield f"相关承办单位对明显上升和重复反映的问题，于{by}提出整改措施并回告群众。"
    yield f"各承办单位加强先行联系和结果解释，对回访不满意的诉求于{by}完成再次办理。"
    told = facts.petitions.figure("sign_on_time")
    if told and _missing(told):
        yield f"信访办公室对未按期告知的信访事项于{by}补办告知，规范登记和告知期限管理。"
