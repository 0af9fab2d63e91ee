"""Public message boards come in as they are published."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from casetracker.persistence.case import Case
from casetracker.persistence.timeline import TimelineText
from casetracker.persistence.working import Reply
from casetracker.services.imports.running import ImportReport, import_file
from casetracker.services.verifying.invariants import INVARIANTS
from casetracker.services.verifying.running import verify
from tests.engines import in_turn
from tests.factories.street import Street
from tests.factories.tables import there

REAL_FILES = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADER = (
    "留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "一级分类", "答复意见",
    "答复时间",
)  # fmt: skip
ANSWERED = (
    "2555", "A0001", "路灯不亮", "2026/1/5 15:40:04", "\n\t\t\t灯坏了\n\t\t\n\t请修", "",
    "\n\t已修复。", "2026/1/8 9:49:14",
)  # fmt: skip
DATE_CELL = datetime(2026, 1, 5, 15, 40)  # noqa: DTZ001 - a spreadsheet knows no zones

Import = Callable[..., ImportReport]


@pytest.fixture
def bring_in(street: Street, tmp_path: Path) -> Import:
    street.now = there("2026-03-02 09:30")

    def run(*rows: tuple[object, ...]) -> ImportReport:
        path = tmp_path / "messages.xlsx"
        with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/m/d h:mm"}) as book:
            page = book.add_worksheet()
            for number, cells in enumerate((HEADER, *rows)):
                page.write_row(number, 0, cells)
        return import_file(street.ctx("admin"), path, "messages", data_dir=tmp_path)

    return run


def message(**changes: object) -> tuple[object, ...]:
    cells = dict(zip(HEADER, ANSWERED, strict=True)) | changes
    return tuple(cells.values())


def only(street: Street) -> Case:
    return street.session.scalars(select(Case)).one()


def findings(street: Street) -> Iterator[str]:
    whole = tuple(one for one in INVARIANTS if one.code != "I6")
    return (str(found) for _, found in verify(street.ctx("admin"), whole) if found)


def test_a_message_with_a_reply_is_a_closed_case_without_a_call_back(
    street: Street, bring_in: Import
) -> None:
    assert bring_in(ANSWERED).added == 1
    case = only(street)
    assert (case.state, case.channel, case.kind) == ("closed", "message_board", "other")
    assert case.content == "灯坏了\n请修"
    assert case.replied_at == case.closed_at == there("2026-01-08 09:49:14")
    assert case.handle_due_at == there("2026-01-12 23:59:59")
    assert (case.surveyable, case.callback_valid) == (True, None)
    assert case.lead_unit_id == street.units["street"].id
    assert street.session.scalars(select(Reply.text)).one() == "已修复。"
    assert street.session.scalars(select(TimelineText)).one().body == "已修复。"
    assert list(findings(street)) == []


def test_a_message_without_a_reply_is_open_with_the_receiving_unit(
    street: Street, bring_in: Import
) -> None:
    bring_in(message(答复意见="", 答复时间=""))
    case = only(street)
    assert (case.state, case.is_open) == ("to_dispatch", True)
    assert case.lead_unit_id == street.units["street"].id
    assert case.next_due_at is not None
    assert list(findings(street)) == []


def test_a_number_used_again_for_another_text_is_another_case(
    street: Street, bring_in: Import
) -> None:
    report = bring_in(ANSWERED, message(留言详情="另一件事"), ANSWERED)
    assert (report.added, report.unchanged, report.rejected) == (2, 1, [])


def test_a_known_message_is_the_same_under_another_name_and_without_its_reply(
    street: Street, bring_in: Import
) -> None:
    bring_in(message())
    other = bring_in(message(留言用户="U77", 答复意见="", 答复时间="", 一级分类="城乡建设"))
    assert (other.added, other.unchanged, other.rejected) == (0, 1, [])
    assert only(street).replied_at == there("2026-01-08 09:49:14")


def test_another_reply_to_a_known_message_is_told_and_not_taken(
    street: Street, bring_in: Import
) -> None:
    bring_in(message())
    other = bring_in(message(答复意见="仍在办理。"))
    assert (other.added, other.unchanged) == (0, 0)
    assert "内容不同" in other.rejected[0].reason
    assert only(street).is_open is False


@pytest.mark.parametrize(
    "written",
    ["2026/1/5 15:40:04", "2026-01-05 15:40:04", "2026/1/5 15:40", DATE_CELL],
)
def test_every_form_of_a_moment_is_read(street: Street, bring_in: Import, written: object) -> None:
    bring_in(message(留言时间=written))
    assert only(street).received_at.replace(second=0) == there("2026-01-05 15:40")


def test_a_reply_of_the_same_day_given_by_its_date_alone_is_not_too_early(
    street: Street, bring_in: Import
) -> None:
    assert bring_in(message(答复时间="2026/1/5")).rejected == []


def test_a_topic_is_taken_where_it_names_a_category(street: Street, bring_in: Import) -> None:
    bring_in(message(一级分类="市政设施"), message(一级分类="城乡建设", 留言详情="别的"))
    named = street.categories["02"].id
    assert set(street.session.scalars(select(Case.category_id))) == {named, None}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"留言编号": ""}, "留言编号"),
        ({"留言时间": "昨天"}, "留言时间"),
        ({"留言时间": "2027/1/1 9:00"}, "留言时间"),
        ({"留言主题": "", "留言详情": ""}, "留言详情"),
        ({"答复时间": ""}, "答复时间"),
        ({"答复时间": "2026/1/1 9:00"}, "答复时间"),
    ],
)
def test_a_message_that_makes_no_sense_is_told(
    street: Street, bring_in: Import, changes: dict[str, str], column: str
) -> None:
    report = bring_in(message(**changes))
    assert [(one.row, one.column) for one in report.rejected] == [(2, column)]


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="真实材料不在旁边：../shared/data")
def test_the_real_file_comes_in_whole_and_only_once(street: Street, tmp_path: Path) -> None:
    street.now = there("2026-03-02 09:30")
    path = REAL_FILES / "messages_with_replies.xlsx"
    first = import_file(street.ctx("admin"), path, "messages", data_dir=tmp_path)
    assert (first.read, first.added, first.rejected) == (1452, 1452, [])
    again = import_file(street.ctx("admin"), path, "messages", data_dir=tmp_path)
    assert (again.added, again.unchanged) == (0, 1452)
    assert street.session.scalar(select(func.count()).where(Case.is_open)) == 0
    assert list(findings(street)) == []


@pytest.mark.skipif(not REAL_FILES.is_dir(), reason="真实材料不在旁边：../shared/data")
@in_turn("name,rows", [("messages_hot_topics", 2114), ("messages_labelled", 255)])
def test_real_messages_without_replies_come_in_open(
    street: Street, tmp_path: Path, name: str, rows: int
) -> None:
    street.now = there("2026-03-02 09:30")
    path = REAL_FILES / f"{name}.xlsx"
    report = import_file(street.ctx("admin"), path, "messages", data_dir=tmp_path)
    assert report.read == rows
    assert report.rejected == []
    assert report.added + report.unchanged == rows
