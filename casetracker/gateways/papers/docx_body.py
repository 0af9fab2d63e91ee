"""The text of a paper as DOCX, from the red head down to the copies."""

import io
from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt

from casetracker.domain.papers.content import (
    Annex,
    Block,
    Chart,
    FieldTable,
    Grid,
    Heading,
    PaperContent,
    Paragraph,
    SignLines,
)
from casetracker.domain.papers.writing import written_day
from casetracker.gateways.papers import fonts
from casetracker.gateways.papers import layout as at
from casetracker.gateways.papers import words as say
from casetracker.gateways.papers.chart_png import chart_png
from casetracker.gateways.papers.chart_shapes import WIDTH
from casetracker.gateways.papers.docx_lines import (
    CENTRE,
    JUSTIFY,
    RIGHT,
    Look,
    indent,
    space_above,
    write_line,
    write_pieces,
)
from casetracker.gateways.papers.docx_parts import line_under
from casetracker.gateways.papers.docx_tables import write_fields, write_grid, write_signs

PLAIN, MIDDLE, TO_THE_RIGHT = Look(), Look(alignment=CENTRE), Look(alignment=RIGHT)
RUNNING = Look(alignment=JUSTIFY)
TITLE = Look(fonts.TITLE, at.TITLE, CENTRE, at.TITLE_PITCH)
HEADINGS = {1: Look(fonts.HEI), 2: Look(fonts.KAI)}
MARK, DRAFT = Look(fonts.HEI), Look(fonts.HEI, colour="808080")
COPIES = Look(size=at.SMALL)
BETWEEN_TABLES = Look(pitch=8)


def write_body(document: Any, content: PaperContent) -> None:
    """All parts of the paper in the order of GB/T 9704-2012 §7."""
    _top(document, content)
    for block in content.blocks[:-1]:
        _block(document, block)
    written = len(document.paragraphs)
    for block in content.blocks[-1:]:
        _block(document, block)
    _annexes(document, content)
    if content.day:
        _keep_together(document, written, content)
    _closing(document, content)
    if content.note:
        indent(_line(document, say.noted(content.note), PLAIN), first=2)
    if content.copies:
        copies = space_above(_line(document, say.copied(content.copies), COPIES), at.LINE_PITCH)
        line_under(copies, colour="000000", eighths=8, sides=("top", "bottom"))
    for place, annex in enumerate(content.annexes, 1):
        _annex(document, say.annex_mark(place, len(content.annexes)), annex)


def _keep_together(document: Any, start: int, content: PaperContent) -> None:
    """What stands from there on goes to the page of what follows: no signature stands alone."""
    lines = document.paragraphs[start:]
    if content.blocks and isinstance(content.blocks[-1], FieldTable | Grid | SignLines):
        cells = document.tables[-1].rows[-1].cells
        lines += [line for cell in cells for line in cell.paragraphs]
    for line in lines:
        line.paragraph_format.keep_with_next = True


def _annex(document: Any, mark: str, annex: Annex) -> None:
    """On a page of its own, §7.3.7."""
    _line(document, mark, MARK).paragraph_format.page_break_before = True
    title = _line(document, annex.title, TITLE)
    title.paragraph_format.space_after = Pt(at.LINE_PITCH / 2)
    for block in annex.blocks:
        _block(document, block)


def _line(document: Any, text: str, look: Look) -> Any:
    return write_line(document.add_paragraph(), text, look)


def _top(document: Any, content: PaperContent) -> None:
    if content.is_draft:
        _line(document, f"【{say.DRAFT_MARK}】", DRAFT)
    if content.mark:
        _line(document, content.mark, MARK)
    if content.head:
        _red_head(document, content.head, content.number or "")
    title = _line(document, content.title, TITLE)
    title.paragraph_format.space_after = Pt(at.LINE_PITCH / 2)
    title.paragraph_format.keep_with_next = True
    if content.number and not content.head:
        _line(document, content.number, MIDDLE)
    if content.addressee:
        _line(document, say.addressed(content.addressee), PLAIN)


def _red_head(document: Any, organ: str, number: str) -> None:
    size = at.head_size(organ)
    _line(document, organ, Look(fonts.TITLE, size, CENTRE, size * 1.3, at.RED))
    last = space_above(_line(document, number, MIDDLE), at.LINE_PITCH / 2)
    line_under(last, colour=at.RED, eighths=10, sides=("bottom",))
    last.paragraph_format.space_after = Pt(at.LINE_PITCH)


def _annexes(document: Any, content: PaperContent) -> None:
    for place, text in enumerate(say.annex_lines(content.attachments)):
        paragraph = indent(_line(document, text, PLAIN), left=2 if place == 0 else 5)
        if place == 0:
            space_above(paragraph, at.LINE_PITCH)


def _closing(document: Any, content: PaperContent) -> None:
    if content.day is None:
        return
    written = written_day(content.day)
    if content.organ and not content.head:
        signed = _line(document, f"{content.organ}　{written}", TO_THE_RIGHT)
        space_above(signed, at.LINE_PITCH / 3)
        return
    if content.organ:
        gap = at.LINE_PITCH * at.SEAL_LINES
        organ = space_above(_line(document, content.organ, TO_THE_RIGHT), gap)
        indent(organ, right=at.organ_indent(content.organ, written))
        organ.paragraph_format.keep_with_next = True
    indent(_line(document, written, TO_THE_RIGHT), right=at.DATE_INDENT)


def _block(document: Any, block: Block) -> None:
    match block:
        case Paragraph():
            line = write_pieces(document.add_paragraph(), block.pieces(), RUNNING)
            indent(line, first=0 if block.flush else 2)
        case Heading(text, level):
            heading = indent(_line(document, text, HEADINGS[level]), first=2)
            heading.paragraph_format.keep_with_next = True
        case FieldTable():
            write_fields(document, block)
            _line(document, "", BETWEEN_TABLES)
        case Grid():
            write_grid(document, block)
            _line(document, "", BETWEEN_TABLES)
        case SignLines():
            write_signs(document, block)
        case Chart():
            _chart(document, block)


def _chart(document: Any, chart: Chart) -> None:
    """A picture with its numbers as the text that stands for it."""
    png = chart_png(chart)
    if png is None:
        return
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Pt(WIDTH))
    shape._inline.docPr.set("descr", _read_out(chart))


def _read_out(chart: Chart) -> str:
    lines = [
        f"{one.name}："
        + "、".join(
            f"{label} {'—' if value is None else f'{value:g}'}{chart.unit}"
            for label, value in zip(chart.labels, one.values, strict=True)
        )
        for one in chart.series
    ]
    return f"{chart.title}。{'；'.join(lines)}"
