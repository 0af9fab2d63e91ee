"""Papers filled with recognisable values, and the text that stands in their files."""

import io
import re
import zipfile
from datetime import date

from casetracker.domain.numbering import paper_number
from casetracker.domain.papers.catalogue import FORMS
from casetracker.domain.papers.composing import Letterhead, compose
from casetracker.domain.papers.content import PaperContent
from casetracker.domain.papers.forms import Numbering, PaperForm, Shape
from casetracker.domain.petition_vocabulary import PaperKind

DAY = date(2019, 9, 9)
ORGAN = "测试街道办事处"


def sample(form: PaperForm) -> dict[str, str]:
    """A value in every field, each telling its own name."""
    by_shape = {
        Shape.DAY: "2019-10-08",
        Shape.MOMENT: "2019-10-08 14:05",
        Shape.TABLE: "1|街信〔2019〕7号|测试街道|受理告知书|2019-09-09|无\n2||李四|来信||",
    }
    return {
        field.name: by_shape.get(field.shape, f"{field.label}之值：一句话。")
        for field in form.fields
    }


def paper(kind: PaperKind, *, is_draft: bool = False, **values: str) -> PaperContent:
    """The content of a paper of that kind, of 9 September 2019."""
    form = FORMS[kind]
    number = None
    if form.numbering is Numbering.SERIES:
        number = paper_number("街信", 2019, 12)
    letterhead = Letterhead(ORGAN, DAY, number)
    return compose(form, {**sample(form), **values}, letterhead, is_draft=is_draft)


def text_of_docx(content: bytes) -> str:
    """All words of the body without space between them."""
    xml = part_of(content, "word/document.xml")
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def text_of_pdf(content: bytes) -> str:
    """All words of all pages without space between them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "".join("".join(pages).split())


def links_of_pdf(content: bytes) -> set[str]:
    """The addresses that words of any page lead to."""
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    found, document = set(), pypdfium2.PdfDocument(content)
    for page in document:
        place, link, buffer = ctypes.c_int(0), raw.FPDF_LINK(), ctypes.create_string_buffer(500)
        while raw.FPDFLink_Enumerate(page, place, link):
            action = raw.FPDFLink_GetAction(link)
            raw.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
            found.add(buffer.value.decode())
    document.close()
    return found
