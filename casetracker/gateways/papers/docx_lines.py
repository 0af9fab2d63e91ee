"""Lines of text in a DOCX paper: a run in its typeface, its place on the line, its indents."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from casetracker.domain.papers.content import Linked
from casetracker.gateways.papers import fonts
from casetracker.gateways.papers import layout as at
from casetracker.gateways.papers.docx_parts import TWIPS, element, lead, set_fonts
from casetracker.gateways.papers.fonts import Typeface

CENTRE, LEFT, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
SIGN = 100
"""Word keeps indents in hundredths of a sign, so that they hold at any size."""
AFTER_INDENT = ("w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:outlineLvl", "w:rPr")


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks; `pitch` in points where it is not that of the body."""

    face: Typeface = fonts.BODY
    size: float = at.BODY
    alignment: Any = LEFT
    pitch: float | None = None
    colour: str | None = None


def write_line(paragraph: Any, text: str, look: Look) -> Any:
    """Put the text into a paragraph; gives the paragraph back."""
    return write_pieces(paragraph, [Linked(text, None)], look)


def write_pieces(paragraph: Any, pieces: Iterable[Linked], look: Look) -> Any:
    """The same for text of which some words lead somewhere; it looks the same on paper."""
    for piece in pieces:
        run = paragraph.add_run(piece.text)
        set_fonts(run._r.get_or_add_rPr(), look.face, look.size)
        if look.colour:
            run.font.color.rgb = RGBColor.from_string(look.colour)
        if piece.to:
            lead(run, piece.to)
    paragraph.alignment = look.alignment
    if look.pitch is not None:
        paragraph.paragraph_format.line_spacing = Pt(look.pitch)
    return paragraph


def indent(paragraph: Any, *, first: float = 0, left: float = 0, right: float = 0) -> Any:
    """Indent by that many signs of the body; gives the paragraph back."""
    marks = {}
    for name, signs in (("firstLine", first), ("left", left), ("right", right)):
        if signs:
            marks[f"{name}Chars"] = str(round(signs * SIGN))
            marks[name] = str(round(signs * at.BODY * TWIPS))
    if marks:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(element("w:ind", **marks), *AFTER_INDENT)
    return paragraph


def space_above(paragraph: Any, points: float) -> Any:
    """Room before a line; gives the paragraph back."""
    paragraph.paragraph_format.space_before = Pt(points)
    return paragraph
