"""Papers as files: complete, laid out by GB/T 9704-2012, and the same each time."""

import gc
import io
import re
import resource
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casetracker.domain.papers.catalogue import FORMS
from casetracker.domain.papers.content import Grid, PaperContent
from casetracker.domain.papers.forms import PaperForm, Shape
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.gateways.papers.docx_writer import write_docx
from casetracker.gateways.papers.pdf_writer import write_pdf
from tests.factories.papers import paper, part_of, sample, text_of_docx, text_of_pdf

FORM_LIST = pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.kind.value)
MM = 72 / 25.4
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def expected_words(form: PaperForm) -> set[str]:
    """What must be read in the paper: title and the value of every required field."""
    printed = {
        Shape.DAY: "2019年10月8日",
        Shape.MOMENT: "2019年10月8日14时05分",
        Shape.TABLE: "来信",
    }
    values = sample(form)
    needed = [f for f in form.fields if f.required and f.name != "given_number"]
    return {form.title, *(printed.get(f.shape, values[f.name]) for f in needed)}


def bare(text: str) -> str:
    """Words without what a line break may have done to them."""
    return re.sub(r"\s", "", text)


@FORM_LIST
def test_every_form_as_docx_says_all_that_it_must(form: PaperForm) -> None:
    read = bare(text_of_docx(write_docx(paper(form.kind))))
    assert [words for words in expected_words(form) if bare(words) not in read] == []


@FORM_LIST
def test_every_form_as_pdf_says_all_that_it_must(form: PaperForm) -> None:
    read = text_of_pdf(write_pdf(paper(form.kind)))
    assert [words for words in expected_words(form) if bare(words) not in read] == []


def test_a_letter_bears_organ_number_and_date_of_the_office() -> None:
    content = paper(PaperKind.ACCEPTANCE_NOTICE)
    for read in (text_of_docx(write_docx(content)), text_of_pdf(write_pdf(content))):
        assert "测试街道办事处" in read
        assert "街信〔2019〕12号" in read
        assert "2019年9月9日" in read


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    words = (
        "import hashlib;from tests.factories.papers import paper;"
        "from casetracker.domain.petition_vocabulary import PaperKind as K;"
        "from casetracker.gateways.papers.docx_writer import write_docx;"
        "from casetracker.gateways.papers.pdf_writer import write_pdf;"
        "c=paper(K.OPINION);"
        "print(*(hashlib.sha256(w(c)).hexdigest() for w in (write_docx, write_pdf)))"
    )
    seen = {
        subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
        .stdout
        for _ in range(2)
    }  # fmt: skip
    assert len(seen) == 1


def test_a_pdf_is_the_same_whatever_was_written_before_and_by_whom() -> None:
    opinion = paper(PaperKind.OPINION)
    first = write_pdf(opinion)
    write_pdf(paper(PaperKind.ACCEPTANCE_NOTICE))
    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(write_pdf, [opinion] * 3)) == {first}


def test_writing_more_files_takes_no_more_memory() -> None:
    content = paper(PaperKind.OPINION)
    write_pdf(content)
    gc.disable()  # what hangs in circles must be small, as nobody collects it at once
    try:
        before = resident_mb()
        for _ in range(3):
            write_pdf(content)
        assert resident_mb() - before < 50  # a set of fonts for each would be 150
    finally:
        gc.enable()


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def test_docx_has_the_page_the_grid_and_the_margins_of_the_standard() -> None:
    xml = part_of(write_docx(paper(PaperKind.OPINION)), "word/document.xml")
    assert 'w:w="11906" w:h="16838"' in xml or ('w:w="11905"' in xml and 'w:h="16837"' in xml)
    for side, mm in {"top": 37, "bottom": 35, "left": 28, "right": 26}.items():
        twips = int(re.search(rf'<w:pgMar[^>]*w:{side}="(\d+)"', xml)[1])
        assert abs(twips - mm * 1440 / 25.4) < 2
    grid = re.search(r"<w:docGrid ([^>]*)/>", xml)[1]
    assert 'w:type="linesAndChars"' in grid
    pitch = int(re.search(r'w:linePitch="(\d+)"', grid)[1])
    assert 22 * pitch <= 225 / 25.4 * 1440 < 23 * pitch


def test_docx_names_the_official_fonts_for_chinese_text_and_what_stands_in_for_them() -> None:
    content = write_docx(paper(PaperKind.OPINION))
    xml, table = part_of(content, "word/document.xml"), part_of(content, "word/fontTable.xml")
    for font in ("方正小标宋简体", "仿宋_GB2312", "黑体"):
        assert f'w:eastAsia="{font}"' in xml
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


def test_docx_counts_pages_on_the_outer_side() -> None:
    content = write_docx(paper(PaperKind.OPINION))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [n for n in package.namelist() if re.match(r"word/footer\d", n)]
        footers = [package.read(name).decode() for name in names]
    assert len(footers) == 2
    assert all("PAGE" in one and "— " in one for one in footers)
    assert {re.search(r'<w:jc w:val="(\w+)"', one)[1] for one in footers} == {"right", "left"}
    assert "evenAndOddHeaders" in part_of(content, "word/settings.xml")


def test_docx_properties_tell_the_day_of_the_paper_and_not_of_the_writing() -> None:
    core = part_of(write_docx(paper(PaperKind.OPINION)), "docProps/core.xml")
    assert core.count("2019-09-09T00:00:00Z") == 2


def test_pdf_pages_are_a4_and_their_text_keeps_the_margins() -> None:
    import pypdfium2

    long = "\n".join(f"第{n}段：" + "情况属实。" * 20 for n in range(40))
    document = pypdfium2.PdfDocument(write_pdf(paper(PaperKind.OPINION, facts=long)))
    assert len(document) > 2
    for place, page in enumerate(document):
        assert [round(x / MM) for x in page.get_size()] == [210, 297]
        words = page.get_textpage()
        assert f"— {place + 1} —" in words.get_text_bounded()
        left, right = 27.9 * MM, (210 - 25.9) * MM
        for index in range(words.count_chars()):
            x0, _, x1, _ = words.get_charbox(index)
            assert x1 <= x0 or (left <= x0 and x1 <= right)
    document.close()


def test_a_full_page_holds_twenty_two_lines_of_twenty_eight_signs() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(write_pdf(paper(PaperKind.OPINION, facts="字" * 3000)))
    lines = [line for line in document[2].get_textpage().get_text_bounded().split() if line]
    full = [line for line in lines if set(line) == {"字"}]
    assert [len(line) for line in full] == [28] * 22
    document.close()


def test_pdf_carries_its_fonts() -> None:
    import pypdfium2.raw as pdfium
    from pypdfium2 import PdfDocument

    document = PdfDocument(write_pdf(paper(PaperKind.OPINION)))
    found = 0
    for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        assert pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(item.raw)) == 1
        found += 1
    assert found > 0
    document.close()


def test_what_somebody_typed_stays_text() -> None:
    sly = '<img src="http://x/"><script>1</script>&amp;'
    content = paper(PaperKind.OPINION, facts=sly)
    assert sly.replace(" ", "") in text_of_pdf(write_pdf(content))
    assert "<script>" not in part_of(write_docx(content), "word/document.xml")


def test_a_draft_says_that_it_was_not_issued() -> None:
    content = paper(PaperKind.OPINION, is_draft=True)
    for read in (text_of_docx(write_docx(content)), text_of_pdf(write_pdf(content))):
        assert "未出具" in bare(read)


def test_a_list_repeats_its_head_on_every_page() -> None:
    rows = tuple((str(n), f"第{n}件") for n in range(120))
    content = PaperContent("登记簿", (Grid(("序号", "事项"), rows, (1, 5)),), is_wide=True)
    pdf = text_of_pdf(write_pdf(content))
    assert pdf.count("序号事项") > 2
    assert "tblHeader" in part_of(write_docx(content), "word/document.xml")
