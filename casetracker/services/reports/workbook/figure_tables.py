"""The month's figures as sheets: numbers as numbers, texts inert, definitions beside them."""

from collections.abc import Mapping
from typing import Any

import xlsxwriter

from casetracker.domain.reports.behind import PARTS, SCORE, figure_address
from casetracker.domain.vocabulary import Basis, Dimension
from casetracker.labels import label
from casetracker.services.sheets import link_cell, writable

FIRST_ROW = 4
MonthTables = Mapping[str, dict[str, Any]]
"""The JSON form of a month's figures by dimension, all by the same definitions."""


def write_figures(
    book: xlsxwriter.Workbook, name: str, tables: MonthTables, address: str = ""
) -> None:
    """One sheet of figures for each dimension and one of definitions, all named after `name`.

    With a public address of the desk each figure leads to its cases.
    """
    for figures in tables.values():
        _figures(book, name, figures, address)
    _definitions(book, f"{name}口径", figures)


def _figures(book: xlsxwriter.Workbook, name: str, figures: dict[str, Any], address: str) -> None:
    by = label(Dimension(figures["by"]))
    sheet = book.add_worksheet(f"{name}按{by}")
    bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.00%"})
    definition = figures["definition"]
    title = f"{figures['month']} 月度指标，按{by}（{definition['name']}）"
    sheet.write_string(0, 0, title, bold)
    basis = label(Basis(figures["basis"]))
    sheet.write_string(
        1, 0, f"口径版本 {figures['definition_version']}，截至 {figures['as_of']}，{basis}"
    )
    sheet.set_column(0, 0, 24)
    sheet.write_string(FIRST_ROW - 1, 0, by, bold)
    codes = list(figures["total"]["metrics"])
    for place, code in enumerate(codes):
        name = definition["metrics"].get(code, {"name": "综合成绩"})["name"]
        for offset, part in enumerate((name, "分子", "分母", "剔除")):
            sheet.write_string(FIRST_ROW - 1, 1 + place * 4 + offset, part, bold)
    rows = [*figures["rows"], {"label": "合计", **figures["total"]}]
    for line, row in enumerate(rows, start=FIRST_ROW):
        sheet.write_string(line, 0, writable(row["label"]))
        for place, code in enumerate(codes):
            if address and code != SCORE:
                links = _links(figures, code, row)
                _lead(sheet, line, 1 + place * 4, row["metrics"][code], links, address)
            _rate(sheet, line, 1 + place * 4, row["metrics"][code], percent)
    sheet.freeze_panes(FIRST_ROW, 1)


def _links(figures: dict[str, Any], code: str, row: dict[str, Any]) -> dict[str, str]:
    """The lists behind the parts of a figure; the total has no key."""
    among = {"by": figures["by"]}
    if "key" in row:
        among["key"] = row["key"] or ""
    asked = (figures["month"], figures["profile"], figures["basis"], code)
    return {part: figure_address(*asked, part, among) for part in PARTS}


def _lead(
    sheet: Any, line: int, place: int, rate: dict[str, Any], links: dict[str, str], address: str
) -> None:
    counts = (rate["numerator"], rate["denominator"], sum(rate["excluded"].values()))
    for offset, (part, count) in enumerate(zip(PARTS, counts, strict=True), 1):
        if count:
            link_cell(sheet, line, place + offset, f"{address}{links[part]}")


def _rate(sheet: Any, line: int, place: int, rate: dict[str, Any], percent: Any) -> None:
    if rate["denominator"] is None:  # a count says itself what it is
        sheet.write_number(line, place, rate["numerator"])
    else:
        sheet.write_number(line, place + 2, rate["denominator"])
    if rate["value"] is not None:
        sheet.write_number(line, place, rate["value"], percent)
    sheet.write_number(line, place + 1, rate["numerator"])
    sheet.write_number(line, place + 3, sum(rate["excluded"].values()))


def _definitions(book: xlsxwriter.Workbook, name: str, figures: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    for line, (code, metric) in enumerate(figures["definition"]["metrics"].items()):
        for place, words in enumerate((code, metric["name"], metric["text"], metric["source"])):
            sheet.write_string(line, place, writable(words))
