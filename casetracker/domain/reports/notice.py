"""The whole report as a paper: which parts a month, a week and a day have, and the annexes.

Source: docs/rules/reports.md 3; GB/T 9704-2012.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from casetracker.domain.days import local_date
from casetracker.domain.papers.content import (
    Annex,
    Block,
    Grid,
    Heading,
    Linked,
    PaperContent,
    Paragraph,
)
from casetracker.domain.papers.writing import heading_text, written_day
from casetracker.domain.reports import conclusions
from casetracker.domain.reports.behind import case_link
from casetracker.domain.reports.facts import Listed, ReportFacts, Wording
from casetracker.domain.reports.hotline_sections import handling, hot_topics, overall
from casetracker.domain.reports.periods import Span
from casetracker.domain.reports.petition_section import petition_work
from casetracker.domain.reports.unit_sections import examples, rankings, unit_table

OF_CASES = frozenset({"编号", "原工单", "工单编号"})
"""Columns of the lists that hold the numbers of cases."""

PRINTED = 50
"""Rows of a list that the papers print; the workbook holds all of them."""

TITLES: Mapping[Span, str] = {
    Span.MONTH: "“民呼我应”工作情况通报",
    Span.WEEK: "“民呼我应”工作周报",
    Span.DAY: "“民呼我应”工作日报",
}
ADDRESSEE = "各社区（大队）、各科室、各中心"

Section = Callable[[ReportFacts, Wording], Iterable[Block]]
SECTIONS: Mapping[str, Section] = {
    "总体情况": lambda facts, _: overall(facts),
    "办理情况": lambda facts, _: handling(facts),
    "热点问题": lambda facts, _: hot_topics(facts),
    "承办单位排名": lambda facts, _: rankings(facts),
    "典型案例": lambda facts, said: written(said.examples) or examples(facts.examples),
    "信访工作": lambda facts, _: petition_work(facts),
    "存在问题": lambda facts, said: written(said.problems) or conclusions.problem_lines(facts),
    "下步要求": lambda facts, said: written(said.demands or conclusions.demands(facts)),
}
PARTS: Mapping[Span, tuple[str, ...]] = {
    Span.MONTH: tuple(SECTIONS),
    Span.WEEK: ("总体情况", "办理情况", "热点问题", "信访工作", "存在问题", "下步要求"),
    Span.DAY: ("总体情况", "办理情况", "热点问题", "信访工作"),
}


def written(text: str | None) -> list[Block]:
    """A person's words, a paragraph for each line."""
    return [Paragraph(line.strip()) for line in (text or "").splitlines() if line.strip()]


def report_title(facts: ReportFacts) -> str:
    """`新沟镇街道2026年3月“民呼我应”工作情况通报`, on two lines where whole words end."""
    return f"{facts.street.removesuffix('办事处')}{facts.name}\n{TITLES[facts.span]}"


def report_content(facts: ReportFacts, wording: Wording) -> PaperContent:
    """The paper of the facts; the same facts and words give the same paper."""
    annexes = tuple(_annexes(facts))
    is_month = facts.span is Span.MONTH
    return PaperContent(
        title=report_title(facts),
        blocks=(_opening(facts), *_sections(facts, wording)),
        head=facts.street if is_month else None,
        number=wording.number,
        addressee=ADDRESSEE if is_month else None,
        attachments=tuple(annex.title for annex in annexes),
        organ=facts.street,
        day=local_date(facts.as_of),
        annexes=annexes,
    )


def _opening(facts: ReportFacts) -> Paragraph:
    days = f"（{written_day(facts.first)}至{written_day(facts.last)}）"
    return Paragraph(
        f"现将{facts.name}{'' if facts.first == facts.last else days}群众诉求办理情况通报如下。"
        f"热线指标按{facts.profile_name}（{facts.version}）统计，"
        f"数据截至{written_day(local_date(facts.as_of))}。{facts.compared_words}"
    )


def _sections(facts: ReportFacts, wording: Wording) -> Iterator[Block]:
    for place, title in enumerate(PARTS[facts.span], 1):
        yield Heading(heading_text(place, title))
        yield from SECTIONS[title](facts, wording)


def _annexes(facts: ReportFacts) -> Iterator[Annex]:
    if facts.span is Span.MONTH:
        yield Annex("承办单位情况统计表", tuple(unit_table(facts)))
    for title, found in lists_of(facts).items():
        if found.rows:
            yield Annex(title, _list(found))


def lists_of(facts: ReportFacts) -> Mapping[str, Listed]:
    """The lists of the annex by their titles; a day has the first alone."""
    lists = {"超期清单": facts.overdue}
    if facts.span is not Span.DAY:
        lists |= {"重复诉求清单": facts.repeats, "督办清单": facts.orders}
    return lists


def _list(found: Listed) -> tuple[Block, ...]:
    names, widths = (tuple(one) for one in zip(*found.columns, strict=True))
    numbers = [place for place, name in enumerate(names) if name in OF_CASES]
    rows = tuple(_with_cases(row, numbers) for row in found.rows[:PRINTED])
    grid = Grid(names, rows, widths)
    if len(found.rows) <= PRINTED:
        return (grid,)
    rest = f"共{len(found.rows)}件，以上为前{PRINTED}件，其余见同期工作簿。"
    return (grid, Paragraph(rest, flush=True))


def _with_cases(row: tuple[str, ...], numbers: list[int]) -> tuple[str | Linked, ...]:
    return tuple(case_link(cell) if place in numbers else cell for place, cell in enumerate(row))
