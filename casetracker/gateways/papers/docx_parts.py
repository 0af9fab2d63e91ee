"""The pieces of WordprocessingML that papers need and python-docx has no names for.

Lengths in twentieths of a point unless said otherwise. Source: ECMA-376-1 §17.
"""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from casetracker.gateways.papers import fonts
from casetracker.gateways.papers.fonts import LATIN, Typeface

TWIPS = 20
MM_TWIPS = 1440 / 25.4


def element(name: str, **attributes: str) -> Any:
    """`element("w:ind", firstLineChars="200")`."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_fonts(properties: Any, face: Typeface, size: float, *, colour: str | None = None) -> None:
    """Typeface and size of a run or a style: Latin letters, digits and Chinese signs each."""
    names = element("w:rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=face.office)
    names.set(qn("w:hint"), "eastAsia")
    properties.append(names)
    if colour:
        properties.append(element("w:color", val=colour))
    half_points = str(round(size * 2))
    properties.append(element("w:sz", val=half_points))
    properties.append(element("w:szCs", val=half_points))
    properties.append(element("w:lang", val="en-US", eastAsia="zh-CN"))


def page_field(paragraph: Any, face: Typeface, size: float) -> None:
    """`— 1 —` that counts by itself."""
    for kind in ("before", "begin", "code", "end", "after"):
        run = element("w:r")
        properties = element("w:rPr")
        set_fonts(properties, face, size)
        run.append(properties)
        run.append(_piece(kind))
        paragraph._p.append(run)


def _piece(kind: str) -> Any:
    if kind in ("begin", "end"):
        return element("w:fldChar", fldCharType=kind)
    piece = element("w:instrText" if kind == "code" else "w:t")
    piece.text = {"before": "— ", "code": " PAGE ", "after": " —"}[kind]
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return piece


def font_table() -> bytes:
    """Each official font with the name that stands in for it where it is missing."""
    entries = "".join(
        f'<w:font w:name="{face.office}"><w:altName w:val="{face.substitute}"/>'
        '<w:charset w:val="86"/><w:pitch w:val="variable"/></w:font>'
        for face in fonts.ALL
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts xmlns:w="{space}">{entries}'
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
        "</w:fonts>"
    ).encode()


def line_under(paragraph: Any, *, colour: str, eighths: int, sides: tuple[str, ...]) -> None:
    """Rules above or below a paragraph; `eighths` of a point thick."""
    borders = element("w:pBdr")
    for side in sides:
        borders.append(element(f"w:{side}", val="single", sz=str(eighths), space="6", color=colour))
    paragraph.paragraph_format.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:spacing", "w:ind", "w:jc"
    )


def lead(run: Any, address: str) -> None:
    """Let the run lead to an address outside the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), run.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)
