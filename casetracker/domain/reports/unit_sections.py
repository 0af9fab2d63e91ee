"""四、承办单位排名 五、典型案例 and the unit table of the annex.

Source: docs/rules/reports.md 5, 7.
"""

from collections.abc import Iterator

from casetracker.domain.papers.content import Block, Grid, Heading, Linked, Paragraph
from casetracker.domain.papers.writing import chinese_count
from casetracker.domain.reports.behind import of_unit, received, whole_figure
from casetracker.domain.reports.facts import Example, Figure, ReportFacts, UnitLine
from casetracker.domain.reports.ranking import LEAST
from casetracker.domain.reports.wording import NOTHING, fraction_words, value_words

RANKED_BY = ("completion_on_time", "satisfaction")


def rankings(facts: ReportFacts) -> Iterator[Block]:
    """Group by group: the ranked in a table, the others named with their fractions."""
    yield Paragraph(f"{facts.rank_words}。")
    for place, group in enumerate(facts.groups, 1):
        yield Heading(f"（{chinese_count(place)}）{group.name}", 2)
        ranked = [line for line in group.lines if line.rank is not None]
        if ranked:
            yield _table(facts, ranked)
        others = [line for line in group.lines if line.rank is None]
        if others:
            said = "、".join(_listed(line) for line in others)
            yield Paragraph(
                f"分母不足{LEAST}件，列示不排名（{_name(others[0])}）：{said}。",
                links=tuple(_listed_link(facts, line) for line in others),
            )


def _listed(line: UnitLine) -> str:
    """`东风社区7/9`; a bare name where nothing fell due."""
    figure = _figure(line, RANKED_BY[0])
    return f"{line.name}{fraction_words(figure)}" if figure and figure.denominator else line.name


def _listed_link(facts: ReportFacts, line: UnitLine) -> Linked:
    figure = _figure(line, RANKED_BY[0])
    if figure is None or not figure.denominator:
        return Linked(line.name, None)
    return whole_figure(facts, figure, _listed(line), of_unit(line))


def _name(line: UnitLine) -> str:
    figure = _figure(line, RANKED_BY[0])
    return figure.name if figure else ""


def _table(facts: ReportFacts, lines: list[UnitLine]) -> Grid:
    shown = [figure for figure in lines[0].figures if figure.code in (*RANKED_BY, "score")]
    rows = tuple(
        (
            str(line.rank),
            line.name,
            received(facts, str(line.received), of_unit(line)),
            *(_rate(facts, line, one.code) for one in shown),
            _moved(line),
        )
        for line in lines
    )
    columns = ("名次", "单位", "受理量", *(one.name for one in shown), "名次变化")
    return Grid(columns, rows, (2, 5, 2, *(3 for _ in shown), 3))


def _moved(line: UnitLine) -> str:
    if line.rank is None or line.previous_rank is None:
        return NOTHING
    by = line.previous_rank - line.rank
    return "持平" if not by else f"{'上升' if by > 0 else '下降'}{abs(by)}位"


def _figure(line: UnitLine, code: str) -> Figure | None:
    return next((figure for figure in line.figures if figure.code == code), None)


def _rate(facts: ReportFacts, line: UnitLine, code: str) -> str | Linked:
    figure = _figure(line, code)
    if figure is None or figure.value is None:
        return NOTHING
    return whole_figure(facts, figure, rate_cell(figure), of_unit(line))


def rate_cell(figure: Figure) -> str:
    """The rate above its fraction; a score without per cent."""
    if figure.code == "score":
        return value_words(figure)
    return f"{value_words(figure)}\n({fraction_words(figure)})"


def unit_table(facts: ReportFacts) -> Iterator[Block]:
    """Every unit with all its rates, group by group."""
    lines = [line for group in facts.groups for line in group.lines]
    if not lines:
        yield Paragraph("本期没有承办单位。")
        return
    codes = [(figure.code, figure.name) for figure in lines[0].figures]
    rows = tuple(
        (
            group.name,
            line.name,
            str(line.rank or NOTHING),
            received(facts, str(line.received), of_unit(line)),
            *(_rate(facts, line, code) for code, _ in codes),
        )
        for group in facts.groups
        for line in group.lines
    )
    columns = ("组别", "单位", "名次", "受理量", *(name for _, name in codes))
    yield Grid(columns, rows, (8, 16, 7, 9, *(10 for _ in codes)))


def examples(found: tuple[Example, ...]) -> Iterator[Block]:
    """Good ones first; nothing that would tell who spoke up."""
    for is_good, title in ((True, "（一）办理较好"), (False, "（二）需要改进")):
        texts = [one.text for one in found if one.is_good is is_good]
        if texts:
            yield Heading(title, 2)
            yield from (Paragraph(f"{place}.{text}") for place, text in enumerate(texts, 1))
    if not found:
        yield Paragraph("本期没有可以通报的典型案例。")
