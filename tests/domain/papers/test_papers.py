"""The forms of papers: whole, printed, documented; and how their text comes about."""

import re
from datetime import date
from pathlib import Path

import pytest

from casetracker.domain.papers.catalogue import FORMS, forms_of
from casetracker.domain.papers.composing import Letterhead, compose
from casetracker.domain.papers.content import FieldTable, Grid, Heading, PaperContent, Paragraph
from casetracker.domain.papers.forms import PaperForm, Source, missing
from casetracker.domain.papers.writing import chinese_count, written_day
from casetracker.domain.petition_vocabulary import PaperKind
from tests.factories.papers import paper, sample

DOCUMENT = (Path(__file__).parents[3] / "docs/rules/papers.md").read_text("utf-8")
HEAD = Letterhead("测试街道办事处", date(2026, 3, 2), "街信〔2026〕1号")
FORM_LIST = pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.kind.value)
WSGC = {
    PaperKind.ACCEPTANCE_NOTICE,
    PaperKind.REFUSAL_NOTICE,
    PaperKind.REFUSED_AGAIN_NOTICE,
    PaperKind.EXTENSION_NOTICE,
    PaperKind.OPINION,
    PaperKind.REVIEW_OPINION,
    PaperKind.FINAL_REVIEW_OPINION,
}


def texts(content: PaperContent) -> list[str]:
    return [b.text for b in content.blocks if isinstance(b, Paragraph | Heading)]


def test_every_kind_has_its_form() -> None:
    assert set(FORMS) == set(PaperKind)


@FORM_LIST
def test_every_field_of_a_form_is_printed_and_nothing_else(form: PaperForm) -> None:
    names = [field.name for field in form.fields]
    assert len(names) == len(set(names))
    assert set(names) - {"given_number"} == form.places - {"issuing_organ"} | (
        {"issuing_organ"} & set(names)
    )


@FORM_LIST
def test_a_form_names_its_law_and_stands_in_the_document(form: PaperForm) -> None:
    assert form.basis
    line = next(line for line in DOCUMENT.splitlines() if f"| `{form.kind.value}` |" in line)
    assert form.basis in line
    for field in form.fields:
        assert field.label in line
    assert ("disclosed" in line) is form.is_disclosed


@FORM_LIST
def test_a_required_field_is_missed_when_it_is_blank(form: PaperForm) -> None:
    values = sample(form)
    assert missing(form, values) == ()
    for field in form.fields:
        lacking = missing(form, {**values, field.name: "  "})
        assert lacking == ((field,) if field.required else ())


def test_what_the_platform_rules_disclose_is_disclosed() -> None:
    assert {kind for kind, form in FORMS.items() if form.is_disclosed} >= WSGC


def test_nothing_for_the_file_or_for_organs_is_disclosed() -> None:
    assert {f.audience.value for f in FORMS.values() if f.is_disclosed} == {"petitioner"}


def test_the_lane_has_its_own_paper_and_nobody_else_has_it() -> None:
    assert [f.kind for f in forms_of(is_petition=True, is_sealed=True)] == [PaperKind.TRANSFER_SLIP]
    for is_petition in (True, False):
        assert PaperKind.TRANSFER_SLIP not in {f.kind for f in forms_of(is_petition=is_petition)}


def test_a_line_whose_places_are_empty_is_left_out() -> None:
    form = FORMS[PaperKind.REFUSAL_NOTICE]
    values = {**sample(form), "previous": ""}
    assert not any("此前已有" in text for text in texts(compose(form, values, HEAD)))
    assert any("此前已有" in text for text in texts(compose(form, sample(form), HEAD)))


def test_text_of_several_lines_becomes_several_paragraphs() -> None:
    lines = texts(paper(PaperKind.OPINION, facts="第一段。\n\n第二段。"))
    assert lines[lines.index("第一段。") + 1] == "第二段。"


def test_headings_are_numbered_as_they_come_and_an_empty_one_is_left_out() -> None:
    content = paper(PaperKind.REPLY, demands="", facts="查明。")
    headings = [b.text for b in content.blocks if isinstance(b, Heading)]
    assert headings == ["一、了解和核实的情况", "二、依据", "三、答复意见"]


def test_dates_are_written_without_leading_zeros() -> None:
    assert written_day(date(2026, 3, 2)) == "2026年3月2日"
    assert any("2026年3月2日" in t for t in texts(
        paper(PaperKind.ACCEPTANCE_NOTICE, accepted_on="2026-03-02")))  # fmt: skip


def test_numbers_of_headings() -> None:
    counted = [chinese_count(n) for n in (1, 10, 11, 20, 35)]
    assert counted == ["一", "十", "十一", "二十", "三十五"]


def test_short_fields_stand_two_to_a_row_and_long_ones_alone() -> None:
    content = paper(
        PaperKind.HANDLING_SLIP, case_number="XF2026-1", channel="来信", matter="长" * 80
    )
    table = next(b for b in content.blocks if isinstance(b, FieldTable))
    assert [cell.value for cell in table.rows[0]] == ["XF2026-1", "来信"]
    assert ["长" * 80] in [[cell.value for cell in row] for row in table.rows]


def test_a_list_has_a_cell_for_every_column_whatever_was_typed() -> None:
    content = paper(PaperKind.CONTENTS_LIST, items="1|甲\n2|乙|丙|丁|戊|己|庚")
    grid = next(b for b in content.blocks if isinstance(b, Grid))
    assert {len(row) for row in grid.rows} == {len(grid.columns)}


def test_an_opinion_of_the_organ_above_is_signed_by_it() -> None:
    content = paper(PaperKind.REVIEW_OPINION, issuing_organ="测试区人民政府")
    assert content.organ == "测试区人民政府"
    assert content.head is None


def test_dates_and_limits_come_from_the_record_alone() -> None:
    wanted = {"accepted_on", "due_on", "received_on", "case_number", "limit_words"}
    form = FORMS[PaperKind.ACCEPTANCE_NOTICE]
    assert {f.name for f in form.fields if f.source is Source.RECORDED} >= wanted


def test_the_document_names_no_form_that_is_not_there() -> None:
    named = set(re.findall(r"^\| [^|]+ \| `([a-z_]+)` \|", DOCUMENT, re.MULTILINE))
    assert named == {kind.value for kind in PaperKind}
