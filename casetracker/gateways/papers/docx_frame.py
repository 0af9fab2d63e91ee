"""What surrounds the text of a DOCX paper: page, grid, footers, properties, and a stable zip."""

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.part import Part
from docx.shared import Mm, Pt

from casetracker.domain.papers.content import PaperContent
from casetracker.gateways.papers import fonts
from casetracker.gateways.papers import layout as at
from casetracker.gateways.papers.docx_parts import (
    TWIPS,
    element,
    font_table,
    page_field,
    set_fonts,
)
from casetracker.gateways.papers.layout import UPRIGHT, WIDE, Page

FONT_TABLE = "/word/fontTable.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
UNKNOWN_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def new_document(content: PaperContent) -> Any:
    """An empty document with page, grid, base style and page numbers of GB/T 9704."""
    document = Document()
    _set_page(document, WIDE if content.is_wide else UPRIGHT)
    _set_base_style(document)
    _set_footers(document)
    return document


def _set_page(document: Any, page: Page) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.footer_distance = Mm(page.bottom_mm - 12)
    section.header_distance = Mm(15)
    properties = section._sectPr
    for old in properties.xpath("w:docGrid"):
        properties.remove(old)
    if page.width_mm > page.height_mm:
        properties.xpath("w:pgSz")[0].set(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}orient", "landscape"
        )
        return
    spread = round((at.SIGN_PITCH - at.BODY) * 4096)
    properties.append(
        element(
            "w:docGrid",
            type="linesAndChars",
            linePitch=str(int(at.LINE_PITCH * TWIPS)),
            charSpace=str(spread),
        )
    )


def _set_base_style(document: Any) -> None:
    style = document.styles["Normal"]
    properties = style.element.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    set_fonts(properties, fonts.BODY, at.BODY)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(int(at.LINE_PITCH * TWIPS) / TWIPS)
    shape.widow_control = True


def _set_footers(document: Any) -> None:
    """Outer side: right on odd pages, left on even ones, one sign from the edge (§7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.left_indent = Pt(at.SMALL)
        paragraph.paragraph_format.right_indent = Pt(at.SMALL)
        page_field(paragraph, fonts.SONG, at.SMALL)


def packed(document: Any, content: PaperContent) -> bytes:
    """The package with fixed times and properties, entries in order of their names."""
    core = document.core_properties
    day = datetime.combine(content.day, time(), UTC) if content.day else UNKNOWN_DAY
    core.author = core.last_modified_by = content.organ or content.head or ""
    core.title, core.comments = content.title.replace("\n", ""), ""
    core.created = core.modified = day
    core.revision = 1
    _set_font_table(document)
    raw = io.BytesIO()
    document.save(raw)
    return _stable(raw)


def _set_font_table(document: Any) -> None:
    for part in document.part.package.iter_parts():
        if part.partname == FONT_TABLE and isinstance(part, Part):
            part._blob = font_table()


def _stable(raw: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
