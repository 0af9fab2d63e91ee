"""A report as a workbook: its figures as numbers, its charts native, its lists whole.

No cell can become a formula. Source: docs/rules/reports.md 10.
"""

import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

from casetracker.domain.reports.behind import case_link
from casetracker.domain.reports.facts import ReportFacts
from casetracker.domain.reports.notice import OF_CASES, lists_of
from casetracker.services.reports.workbook.figure_tables import MonthTables, write_figures
from casetracker.services.reports.workbook.grassroots import write_grassroots
from casetracker.services.reports.workbook.overall import write_overall
from casetracker.services.reports.workbook.petitions import write_petitions
from casetracker.services.reports.workbook.sheet import Led, Row, Sheet
from casetracker.services.reports.workbook.topics import write_topics
from casetracker.services.reports.workbook.units import write_units

FIGURES_OF = ("热线", "信访")
"""Whose the tables of figures are, in their order: both stand side by side, never added."""


def report_workbook(
    facts: ReportFacts, tables: Sequence[MonthTables] = (), address: str = ""
) -> bytes:
    """The whole workbook; `tables` are those of a month, the hotline's and those of petitions.

    With a public address of the desk its figures lead to their cases.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write_overall(book, facts, address)
        write_topics(book, facts, address)
        write_units(book, facts, address)
        write_petitions(book, facts, address)
        if facts.grassroots is not None:
            write_grassroots(book, facts, facts.grassroots, address)
        for title, found in lists_of(facts).items():
            names = [name for name, _ in found.columns]
            Sheet(book, title, address).table(names, _with_cases(names, found.rows))
        for name, of_track in zip(FIGURES_OF, tables, strict=False):
            write_figures(book, name, of_track, address)
    return out.getvalue()


def _with_cases(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    for row in rows:
        yield [
            Led(cell, case_link(cell).to) if name in OF_CASES else cell
            for name, cell in zip(names, row, strict=True)
        ]
