"""A signature never stands on a page without a word of the text (GB/T 9704-2012 7.3.5)."""

import io
from collections.abc import Iterator
from datetime import date

import pytest

from casetracker.domain.papers.content import (
    Block,
    Cell,
    FieldTable,
    Grid,
    PaperContent,
    Paragraph,
)
from casetracker.gateways.papers.docx_writer import write_docx
from casetracker.gateways.papers.pdf_writer import write_pdf

LINE, LAST = "街道" * 12, "末尾"
ENDS: dict[str, Block] = {
    "a line": Paragraph(LAST),
    "long text": Paragraph(LAST * 100),
    "a list": Grid(("甲", "乙"), tuple((LAST, str(row)) for row in range(8)), (1, 1)),
    "a form": FieldTable(tuple((Cell("项", LAST),) for _ in range(5))),
}


def notice(lines: int, end: Block) -> PaperContent:
    return PaperContent(
        title="关于办理情况的通报",
        blocks=(*(Paragraph(LINE) for _ in range(lines)), end),
        head="测试街道办事处",
        number="测街〔2026〕1号",
        attachments=("承办单位办理情况表", "超期工单", "重复诉求"),
        organ="测试街道办事处",
        day=date(2026, 3, 2),
    )


def pages(content: PaperContent) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(write_pdf(content))
    for page in document:
        yield page.get_textpage().get_text_bounded()
    document.close()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_the_last_words_of_the_text_stand_on_the_page_of_the_signature(end: Block) -> None:
    """Whatever room is left on the first page; the signature alone would need the second."""
    for lines in (4, 7, 9, 11):
        *_, closing = pages(notice(lines, end))
        assert all(word in closing for word in ("附件：", "2026年3月2日"))
        assert LAST in closing


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_word_is_told_to_keep_the_end_of_the_text_with_the_signature(end: Block) -> None:
    from docx import Document

    body = list(Document(io.BytesIO(write_docx(notice(3, end)))).element.body)
    date_line = next(at for at, part in enumerate(body) if "2026年3月2日" in part.xpath("string()"))
    start = max(at for at, part in enumerate(body) if LAST in part.xpath("string()"))
    assert all(part.xpath(".//w:keepNext") for part in body[start:date_line])
    assert not body[date_line].xpath(".//w:keepNext")
