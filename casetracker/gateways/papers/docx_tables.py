"""Tables of a DOCX paper: forms, lists, and lines to sign on."""

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Length, Mm, Pt

from casetracker.domain.papers.content import FieldTable, Grid, Linked, SignLines, linked
from casetracker.gateways.papers import fonts
from casetracker.gateways.papers import layout as at
from casetracker.gateways.papers.docx_lines import CENTRE, LEFT, Look, write_pieces
from casetracker.gateways.papers.docx_parts import element, set_fonts
from casetracker.gateways.papers.words import is_figure, pairs_of

LABEL_MM, ROW_POINTS = 28.0, 28.0
BLANK = "　" * 7
NAME = Look(size=at.TABLE, alignment=CENTRE, pitch=20)
VALUE = Look(size=at.TABLE, alignment=LEFT, pitch=20)
TO_SIGN = Look(size=at.TABLE, alignment=LEFT, pitch=24)
LINED = "Table Grid"


def write_fields(document: Any, block: FieldTable) -> None:
    """A form: name and value, two short ones side by side."""
    value_mm = _width_mm(document) / 2 - LABEL_MM
    widths = (LABEL_MM, value_mm, LABEL_MM, value_mm)
    table = _table(document, len(block.rows), widths, LINED)
    for row, cells in zip(table.rows, block.rows, strict=True):
        row.height = Pt(ROW_POINTS)
        slots = list(row.cells)
        if len(cells) == 1:
            slots = [slots[0], slots[1].merge(slots[3])]
        for place, cell in enumerate(cells):
            _fill(slots[2 * place], cell.name, NAME)
            _fill(slots[2 * place + 1], cell.value, VALUE)


def write_grid(document: Any, block: Grid) -> None:
    """A list whose head stands on every page and whose rows are never torn apart."""
    page = (
        at.WIDE
        if document.sections[0].page_width > document.sections[0].page_height
        else (at.UPRIGHT)
    )
    size, pitch = at.list_size(page), at.list_pitch(page)
    share = _width_mm(document) / sum(block.widths)
    widths = tuple(width * share for width in block.widths)
    table = _table(document, len(block.rows) + 1, widths, LINED)
    _mark(table.rows[0], "w:tblHeader")
    for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
        _fill(cell, name, Look(fonts.HEI, size, CENTRE, pitch))
    for row, values in zip(table.rows[1:], block.rows, strict=True):
        _mark(row, "w:cantSplit")
        for cell, value in zip(row.cells, values, strict=True):
            side = CENTRE if is_figure(linked(value).text) else LEFT
            _fill(cell, value, Look(size=size, alignment=side, pitch=pitch))


def write_signs(document: Any, block: SignLines) -> None:
    """Two lines to sign on side by side."""
    pairs = pairs_of(block.names)
    half = _width_mm(document) / 2
    table = _table(document, len(pairs), (half, half), None)
    for row, pair in zip(table.rows, pairs, strict=True):
        _mark(row, "w:cantSplit")
        for cell, name in zip(row.cells, pair, strict=False):
            _fill(cell, f"{name}：", TO_SIGN)
            blank = cell.paragraphs[0].add_run(BLANK)
            set_fonts(blank._r.get_or_add_rPr(), fonts.BODY, at.TABLE)
            blank.underline = True


def _width_mm(document: Any) -> float:
    section = document.sections[0]
    return Length(section.page_width - section.left_margin - section.right_margin).mm


def _table(document: Any, rows: int, widths_mm: tuple[float, ...], style: str | None) -> Any:
    table = document.add_table(rows, len(widths_mm))
    table.style = style
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:  # a column would look through the whole table for its cells
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)
    return table


def _fill(cell: Any, value: str | Linked, look: Look) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    words = linked(value)
    for place, line in enumerate(words.text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write_pieces(paragraph, [Linked(line, words.to)], look)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(element(name, val="true"))
