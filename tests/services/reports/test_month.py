"""The 通报 says what the tables say, figure by figure, and names nobody."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from html import unescape

import openpyxl
import pytest
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput, NotPermitted
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import PROFILES, Profile, Rate, percent
from casetracker.domain.reports.facts import Figure, ReportFacts, Wording
from casetracker.domain.reports.notice import report_content
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.reports.petition_section import SHOWN
from casetracker.domain.vocabulary import Dimension, Satisfaction
from casetracker.gateways.papers.docx_writer import write_docx
from casetracker.gateways.papers.pdf_writer import write_pdf
from casetracker.labels import label
from casetracker.persistence.case import Case, Petitioner
from casetracker.services.channels import channels, use_channels
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.keeping import facts_as_json, facts_from_json
from casetracker.services.reports.making import make_report, report_file
from casetracker.stats.monthly import monthly_table
from tests.factories.papers import links_of_pdf, part_of, text_of_docx, text_of_pdf
from tests.factories.rate_cases import add_random_cases, add_random_petitions
from tests.factories.street import Street, new_street

ALL = Scope(sees_all=True)
MARCH = report_period(Span.MONTH, "2026-03")
HOTLINE = [code for code, one in PROFILES.items() if one.track == "hotline"]


@pytest.fixture(scope="module")
def month_for_all(session_for_all: Session) -> Street:
    """Made once for all of them, as it takes its time; what a test adds is undone."""
    street = new_street(session_for_all)
    units = [unit.id for unit in street.units.values()]
    cases = add_random_cases(street.session, units, seed=21, count=300)
    petitions = add_random_petitions(street.session, units, seed=22, count=80)
    categories = [one.id for one in street.categories.values()]
    for place, case in enumerate([*cases, *(one.case for one in petitions)]):
        case.category_id = categories[place % len(categories)] if place % 7 else None
        case.persons = 1 + place % 4
    street.session.commit()
    street.wait(days=23)
    return street


@pytest.fixture
def month(month_for_all: Street, session: Session) -> Street:
    return month_for_all.again(session)


def facts_of(street: Street, profile: str = "WUHAN_DEFAULT") -> ReportFacts:
    return report_facts(street.ctx("leader"), MARCH, profile)


def check(figure: Figure, rate: Rate, profile: Profile, said: str) -> None:
    """The figure is the rate, and the paper prints it with its fraction."""
    assert figure.numerator == pytest.approx(float(rate.numerator))
    assert figure.denominator == rate.denominator
    assert figure.excluded == sum(rate.excluded.values())
    if rate.value is None or figure.code == "score":
        return
    top = f"{float(rate.numerator):.10g}"
    row = f"{figure.name}{percent(rate.value, 1)}%{top}/{rate.denominator}{figure.excluded}"
    assert row in said, row


@pytest.mark.parametrize("profile", HOTLINE)
def test_every_rate_in_the_document_is_that_of_the_monthly_table(
    month: Street, profile: str
) -> None:
    facts = facts_of(month, profile)
    said = text_of_docx(write_docx(report_content(facts, Wording())))
    table = monthly_table(month.session, ALL, month.now, month="2026-03", profile=profile)
    total = table.total.metrics
    for figure in facts.handled.metrics:
        check(figure, total[figure.code], PROFILES[profile], said)
        before = table.previous.total[figure.code].value
        assert figure.previous == (None if before is None else pytest.approx(float(before)))
    received = int(total["received"].numerator)
    assert f"3月共受理群众诉求{received}件，" in said
    lines = {line.name: line for group in facts.groups for line in group.lines}
    rows = {row.label: row for row in table.rows if row.key}
    assert lines.keys() == rows.keys()
    for name, line in lines.items():
        assert line.received == rows[name].metrics["received"].numerator
        for figure in line.figures:
            rate = rows[name].metrics[figure.code]
            assert figure.denominator == rate.denominator
            assert Fraction(figure.numerator).limit_denominator(1000) == rate.numerator


def test_the_petitions_are_those_of_xinfang_and_of_nothing_else(month: Street) -> None:
    facts = facts_of(month)
    table = monthly_table(month.session, ALL, month.now, month="2026-03", profile="XINFANG")
    said = text_of_docx(write_docx(report_content(facts, Wording())))
    for figure in facts.petitions.metrics:
        rate = table.total.metrics[figure.code]
        assert (figure.numerator, figure.denominator) == (rate.numerator, rate.denominator)
        if figure.code in SHOWN:
            check(figure, rate, PROFILES["XINFANG"], said)
    received = table.total.metrics["received"].numerator
    assert facts.petitions.received.now == received
    assert sum(form.cases for form in facts.petitions.forms) == received
    assert sum(form.persons for form in facts.petitions.forms) == facts.petitions.persons
    assert f"登记信访事项{received}件次{facts.petitions.persons}人次" in said
    left_out = sum(table.total.metrics["received"].excluded.values())
    assert f"另有{left_out}件经批准剔除，未计入。" in said.split("信访工作")[-1]


@pytest.mark.parametrize("profile", HOTLINE)
def test_every_breakdown_adds_up_to_what_was_received(month: Street, profile: str) -> None:
    facts = facts_of(month, profile)
    received, volume = facts.volume.received, facts.volume
    assert sum(part.now for part in volume.channels) == received.now > 0
    assert sum(part.previous for part in volume.channels) == received.previous > 0
    assert sum(part.now for part in volume.kinds) == received.now
    assert sum(part.now for part in facts.topics.upper) == received.now, "fewer than ten topics"
    assert facts.trend[-1].received == received.now
    assert facts.trend[-2].received == received.previous
    repeat = facts.handled.figure("repeat")
    assert repeat is not None
    assert facts.topics.repeated == repeat.numerator == len(facts.repeats.rows)
    overdue = facts.handled.figure("overdue")
    assert overdue is not None
    assert len(facts.overdue.rows) == overdue.numerator


def test_all_parts_stand_in_their_order_in_both_formats(month: Street) -> None:
    content = report_content(facts_of(month), Wording(number="测街呼〔2026〕3号"))
    titles = [
        "一、总体情况", "二、办理情况", "三、热点问题", "四、承办单位排名", "五、典型案例",
        "六、信访工作", "七、存在问题", "八、下步要求", "附件1", "承办单位情况统计表", "超期清单",
    ]  # fmt: skip
    for text in (text_of_docx(write_docx(content)), text_of_pdf(write_pdf(content))):
        places = [text.find(title) for title in titles]
        assert -1 not in places
        assert places[:9] == sorted(places[:9])
        assert "测街呼〔2026〕3号" in text
        assert "本期尚未结束" in text, "March was not over when it was read"


def test_charts_stand_in_the_document_with_their_numbers_as_text(month: Street) -> None:
    docx = write_docx(report_content(facts_of(month), Wording()))
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
        body = package.read("word/document.xml").decode()
    read_out = re.findall(r'descr="([^"]+)"', body)
    assert len(pictures) == len(read_out) == 3
    now = facts_of(month).volume.received.now
    assert f"26-03 {now}件" in read_out[0]


def test_small_units_are_listed_and_not_ranked(month: Street) -> None:
    facts = facts_of(month)
    said = text_of_docx(write_docx(report_content(facts, Wording())))
    for group in facts.groups:
        for line in group.lines:
            on_time = next(one for one in line.figures if one.code == "completion_on_time")
            assert (line.rank is None) == ((on_time.denominator or 0) < 10), line.name
            assert line.name in said


def test_a_written_word_replaces_the_generated_one(month: Street) -> None:
    words = Wording(examples="甲案。\n乙案。", problems="问题只有一个。", demands="请各单位自查。")
    said = text_of_docx(write_docx(report_content(facts_of(month), words)))
    assert all(one in said for one in ("甲案。", "乙案。", "问题只有一个。", "请各单位自查。"))
    assert "办理较好" not in said


def test_nobody_is_named_and_what_is_sealed_is_not_counted(month: Street, session: Session) -> None:
    """In June, of which nothing else is told."""
    month.wait(days=92)
    june, known = report_period(Span.MONTH, "2026-06"), session.query(Petitioner).count()
    number = month.register(
        content="我是张三，电话13812345678，东风小区三栋门口路灯不亮。",
        title="张三反映路灯13812345678",
    ).number
    hidden = month.register(title="保密的一件").number
    row = session.query(Case).filter_by(number=hidden).one()
    row.is_open, row.is_sealed = False, True
    case = session.query(Case).filter_by(number=number).one()
    case.repeat_of_id = row.id
    case.handle_due_at = case.received_at
    case.closed_at, case.replied_at = month.now, month.now
    case.satisfaction, case.redo_count = Satisfaction.DISSATISFIED, 1
    session.commit()
    month.wait(hours=1)
    facts = report_facts(month.ctx("leader"), june)
    assert facts.volume.received.now == 1
    assert facts.repeats.rows[0][2] == "", "the sealed one is not named"
    assert facts.examples
    said = text_of_docx(write_docx(report_content(facts, Wording())))
    for secret in ("张三", "13812345678", hidden, "保密的一件"):
        assert secret not in said
    assert session.query(Petitioner).count() == known + 2


def test_the_workbook_holds_numbers_charts_and_whole_lists(month: Street) -> None:
    facts = facts_of(month)
    book = openpyxl.load_workbook(io.BytesIO(make_report(month.ctx("leader"), MARCH, "xlsx")))
    assert {"总体情况", "构成和热点", "承办单位", "信访工作", "超期清单"} <= set(book.sheetnames)
    rows = {row[0].value: [cell.value for cell in row] for row in book["总体情况"]}
    assert rows["受理量（件）"][1] == facts.volume.received.now
    on_time = facts.handled.figure("completion_on_time")
    assert on_time is not None
    assert rows["按时办结率"][1:4] == [
        pytest.approx(on_time.value), on_time.numerator, on_time.denominator,
    ]  # fmt: skip
    assert book["超期清单"].max_row - 1 == len(facts.overdue.rows)
    assert len(book["总体情况"]._charts) == 2  # type: ignore[attr-defined]
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_the_workbook_holds_the_figures_in_every_dimension_of_both_tracks(month: Street) -> None:
    content = make_report(month.ctx("leader"), MARCH, "xlsx", by=Dimension.CHANNEL)
    book = openpyxl.load_workbook(io.BytesIO(content))
    order = sorted(Dimension, key=lambda by: by is not Dimension.CHANNEL)
    wanted = [
        f"{name}{what}"
        for name in ("热线", "信访")
        for what in (*(f"按{label(by)}" for by in order), "口径")
    ]
    assert book.sheetnames[-len(wanted) :] == wanted
    for name, profile in (("热线", "WUHAN_DEFAULT"), ("信访", "XINFANG")):
        for by in Dimension:
            table = monthly_table(
                month.session, ALL, month.now, month="2026-03", profile=profile, by=by
            )
            lines = [*table.rows, table.total]
            shown = [row[:2] for row in book[f"{name}按{label(by)}"].iter_rows(4, values_only=True)]
            assert shown[0][0] == label(by)
            assert shown[1:] == [
                (line.label, int(line.metrics["received"].numerator)) for line in lines
            ]
        said = {row[0].value for row in book[f"{name}口径"]}
        assert said == {metric.code for metric in PROFILES[profile].metrics}


@pytest.mark.parametrize("key", ["2026-W10", "2026-03-05"])
def test_a_week_and_a_day_are_shorter(month: Street, key: str) -> None:
    span = Span.WEEK if "W" in key else Span.DAY
    facts = report_facts(month.ctx("leader"), report_period(span, key))
    said = text_of_docx(write_docx(report_content(facts, Wording())))
    assert ("周报" if span is Span.WEEK else "日报") in said
    assert "承办单位排名" not in said
    assert facts.volume.received.now == sum(part.now for part in facts.volume.channels)
    assert f"共受理群众诉求{facts.volume.received.now}件" in said


def test_an_empty_month_has_dashes_and_no_invented_rate(month: Street) -> None:
    empty = report_period(Span.MONTH, "2025-03")
    said = text_of_docx(make_report(month.ctx("supervisor"), empty, "docx"))
    assert "3月共受理群众诉求0件，环比—，同比—。" in said
    assert "满意率—0/0" in said
    assert "本期没有受理诉求" in said
    assert "100.0%" not in said


def test_who_may_not_and_what_cannot_be_reported(month: Street) -> None:
    with pytest.raises(NotPermitted):
        make_report(month.ctx("head"), MARCH, "docx")
    with pytest.raises(InvalidInput):
        make_report(month.ctx("leader"), MARCH, "docx", "XINFANG")


def test_facts_kept_as_json_print_the_same_bytes_again(month: Street) -> None:
    facts, words = facts_of(month), Wording(problems="一句话。")
    again = facts_from_json(json.loads(json.dumps(facts_as_json(facts))))
    assert again == facts
    for kind in ("docx", "xlsx"):
        first, second = (report_file(one, words, kind) for one in (facts, again))
        assert text_parts(first) == text_parts(second)


@pytest.fixture
def desk() -> Iterator[str]:
    """The office has a public address."""
    before = channels()
    use_channels(replace(before, public_url="https://desk.example"))
    yield "https://desk.example/ops/statistics/cases?"
    use_channels(before)


def test_figures_of_a_file_lead_to_their_cases_on_the_desk(
    month: Street, desk: str, real_papers: None
) -> None:
    docx, pdf, xlsx = (
        make_report(month.ctx("leader"), MARCH, kind) for kind in ("docx", "pdf", "xlsx")
    )
    unit = f"{desk}period=2026-03&profile=WUHAN_DEFAULT&basis=live&metric=received&part=numerator"
    unit += "&by=unit&key=dongfeng"
    relations = part_of(docx, "word/_rels/document.xml.rels")
    assert unit in unescape(relations)
    assert "<w:hyperlink" in part_of(docx, "word/document.xml")
    assert unit in links_of_pdf(pdf)
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    cells = [cell for row in book["承办单位"].iter_rows() for cell in row]
    row = next(cell.row for cell in cells if cell.value == "东风社区")
    received = book["承办单位"].cell(row, 5)
    assert received.hyperlink.target == unit
    assert isinstance(received.value, int), "a number stays a number"
    assert all(sheet.cell(1, 1).data_type != "f" for sheet in book)
    assert any(cell.hyperlink for row in book["热线按承办单位"].iter_rows() for cell in row)


def test_without_a_public_address_a_file_leads_nowhere(month: Street) -> None:
    before = channels()
    use_channels(replace(before, public_url=""))
    try:
        docx, xlsx = (make_report(month.ctx("leader"), MARCH, kind) for kind in ("docx", "xlsx"))
    finally:
        use_channels(before)
    assert "<w:hyperlink" not in part_of(docx, "word/document.xml")
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)


def text_parts(packed: bytes) -> dict[str, bytes]:
    """The parts of a package that a reader sees."""
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        return {name: package.read(name) for name in package.namelist() if "docProps" not in name}
