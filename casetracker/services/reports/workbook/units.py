"""承办单位: each with its rank and rates."""

from typing import Any

from casetracker.domain.reports.behind import DENOMINATOR, NUMERATOR, RECEIVED, behind, of_unit
from casetracker.domain.reports.facts import Figure, ReportFacts, UnitLine
from casetracker.services.reports.workbook.sheet import Led, Row, Share, Sheet


def write_units(book: Any, facts: ReportFacts, address: str) -> None:
    """One line for each unit, in its group."""
    sheet = Sheet(book, "承办单位", address)
    sheet.page.set_column(1, 1, 24)
    sheet.line(facts.rank_words)
    lines = [(group.name, line) for group in facts.groups for line in group.lines]
    names = [one.name for one in lines[0][1].figures] if lines else []
    header = ("组别", "单位", "名次", "上期名次", "受理量")
    sheet.table(
        (*header, *(part for name in names for part in (name, "分子", "分母"))),
        (
            (
                group, line.name, line.rank, line.previous_rank,
                Led(line.received, behind(facts, RECEIVED, NUMERATOR, of_unit(line))),
                *(cell for one in line.figures for cell in _of_unit(facts, line, one)),
            )
            for group, line in lines
        ),
    )  # fmt: skip


def _of_unit(facts: ReportFacts, line: UnitLine, one: Figure) -> Row:
    row = of_unit(line)
    return (
        Share(one.value, one.decimals),
        Led(one.numerator, behind(facts, one.code, NUMERATOR, row)),
        Led(one.denominator, behind(facts, one.code, DENOMINATOR, row)),
    )
