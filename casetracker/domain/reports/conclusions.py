"""七、存在问题 八、下步要求 as the figures suggest them; whoever signs may write their own.

Every demand names who is to act and by when. Source: docs/rules/reports.md 9.
"""

from collections.abc import Iterator
from fractions import Fraction

from casetracker.domain.papers.content import Linked, Paragraph
from casetracker.domain.rates import percent
from casetracker.domain.reports.behind import (
    NUMERATOR,
    behind,
    counted,
    of_sign,
    of_unit,
    whole_figure,
)
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
MOST_NAMED = 3
"""So many units are named, however many are late."""
NONE_FOUND = "本期各项指标未见突出问题。"


def problems(facts: ReportFacts) -> str:
    """Numbered lines."""
    return "\n".join(one.text for one in problem_lines(facts))


def problem_lines(facts: ReportFacts) -> tuple[Paragraph, ...]:
    """The same with links from their counts to the cases."""
    found = list(_problems(facts)) or [Paragraph(NONE_FOUND)]
    return tuple(
        Paragraph(f"{place}.{one.text}", links=one.links) for place, one in enumerate(found, 1)
    )


def demands(facts: ReportFacts) -> str:
    """Numbered lines, each with an owner and a date."""
    return _numbered(list(_demands(facts)))


def _numbered(lines: list[str]) -> str:
    return "\n".join(f"{place}.{line}" for place, line in enumerate(lines, 1))


def _problems(facts: ReportFacts) -> Iterator[Paragraph]:
    if overdue := _late(facts):
        yield _of_late(facts, overdue)
    fallen = [one for one in facts.handled.metrics if one.code in WATCHED and _fell(one)]
    if fallen:
        yield _of_fallen(facts, fallen)
    returned = facts.handled.figure("return")
    if returned and returned.numerator:
        count, rate = f"退单{int(returned.numerator)}件", rate_words(returned)
        links = (_numerator(facts, returned, count), whole_figure(facts, returned, rate))
        yield Paragraph(f"{count}，退单率{rate}，派单的准确性有待提高。", links=links)
    if facts.topics.rising:
        names = joined([one.name for one in facts.topics.rising])
        yield Paragraph(f"{names}类诉求短期内明显上升。")
    if facts.topics.repeated:
        count = f"重复诉求{facts.topics.repeated}件"
        link = Linked(count, counted(facts, "repeated"))
        yield Paragraph(f"{count}，部分问题未从根本上解决。", links=(link,))
    for sign in facts.signs:
        share = percent(Fraction(sign.found, sign.counted), 1)
        note = sign.note.rstrip("。")
        count = f"{sign.unit}“{sign.name}”{sign.found}件"
        link = Linked(count, of_sign(facts, sign))
        yield Paragraph(f"{count}（占{share}%）：{note}。", links=(link,))
    told = facts.petitions.figure("sign_on_time")
    if told and _missing(told):
        rate = rate_words(told)
        link = whole_figure(facts, told, rate, profile=facts.petitions.profile_code)
        said = f"信访部门及时受理率{rate}，{_missing(told)}件未在规定期限内告知。"
        yield Paragraph(said, links=(link,))


def _of_late(facts: ReportFacts, overdue: Figure) -> Paragraph:
    units = _late_units(facts)
    names = [one.text for one in units]
    where = f"，较多的有{joined(names, MOST_NAMED, '个单位')}" if units else ""
    count, rate = f"超期{int(overdue.numerator)}件", rate_words(overdue)
    links = (_numerator(facts, overdue, count), whole_figure(facts, overdue, rate))
    said = f"{count}，超期率{rate}{where}。"
    return Paragraph(said, links=(*links, *units[:MOST_NAMED]))


def _of_fallen(facts: ReportFacts, fallen: list[Figure]) -> Paragraph:
    said = [
        f"{one.name}{rate_words(one)}，{rate_change(Comparison.PREVIOUS, one.value, one.previous)}"
        for one in fallen
    ]
    links = (whole_figure(facts, one, f"{one.name}{rate_words(one)}") for one in fallen)
    return Paragraph(f"部分指标下滑：{'；'.join(said)}。", links=tuple(links))


def _numerator(facts: ReportFacts, figure: Figure, words: str) -> Linked:
    return Linked(words, behind(facts, figure.code, NUMERATOR))


def _late(facts: ReportFacts) -> Figure | None:
    figure = facts.handled.figure("overdue")
    return figure if figure and figure.numerator else None


def _late_units(facts: ReportFacts) -> list[Linked]:
    """Units with two late cases or more, the most first, each with its late cases."""
    found = [
        (int(figure.numerator), line)
        for group in facts.groups
        for line in group.lines
        for figure in line.figures
        if figure.code == "overdue" and figure.numerator > 1
    ]
    return [
        Linked(f"{line.name}（{count}件）", behind(facts, "overdue", NUMERATOR, of_unit(line)))
        for count, line in sorted(found, key=lambda one: (-one[0], one[1].name))
    ]


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
