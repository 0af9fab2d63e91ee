"""Whole case histories from a table: checked, dated and chained as if worked here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.exchange import ImportBatch
from casetracker.persistence.outbox import OutboxRow
from casetracker.persistence.timeline import TimelineEntry
from casetracker.services.imports import running
from casetracker.services.imports.decoding import UnreadableFile
from casetracker.services.imports.mapping import keep_mapping
from casetracker.services.imports.running import ImportReport, import_file
from casetracker.services.verifying.invariants import INVARIANTS
from casetracker.services.verifying.running import verify
from tests.factories.street import Street
from tests.factories.tables import row, table, there, unfinished

Import = Callable[..., ImportReport]


@pytest.fixture
def bring_in(street: Street, tmp_path: Path) -> Import:
    """Import rows of the mapping `history`, as of the street's now."""
    street.now = there("2026-03-02 09:30")

    def run(*rows: dict[str, str], mapping: str = "history", **more: Any) -> ImportReport:
        path = table(tmp_path / "history.csv", rows)
        return import_file(street.ctx("admin"), path, mapping, data_dir=tmp_path, **more)

    return run


def case(street: Street, key: str = "SZ-1") -> Case:
    street.session.expire_all()
    return street.session.scalars(select(Case).where(Case.external_key == key)).one()


def entries(street: Street, key: str = "SZ-1") -> list[TimelineEntry]:
    query = (
        select(TimelineEntry)
        .join(Case, Case.id == TimelineEntry.case_id)
        .where(Case.external_key == key)
        .order_by(TimelineEntry.seq)
    )
    return list(street.session.scalars(query))


def clocks(street: Street) -> dict[str, Clock]:
    return {clock.limit_code: clock for clock in street.session.scalars(select(Clock))}


def findings(street: Street) -> list[str]:
    whole = tuple(one for one in INVARIANTS if one.code != "I6")
    return [str(found) for _, found in verify(street.ctx("admin"), whole) if found]


def test_a_finished_case_carries_every_fact_that_rates_look_at(
    street: Street, bring_in: Import
) -> None:
    report = bring_in(row())
    assert (report.read, report.added, report.unchanged, report.rejected) == (1, 1, 0, [])
    assert report.rejected_file is None
    kept = case(street)
    assert (kept.state, kept.is_open, kept.is_imported) == ("closed", False, True)
    assert kept.number == "RX2026-000001"
    assert kept.lead_unit_id == street.units["dongfeng"].id
    assert kept.dispatched_at == there("2026-01-05 09:30")
    assert kept.sign_due_at == there("2026-01-05 15:30")
    assert kept.contact_due_at == there("2026-01-06 23:59:59")
    assert kept.handle_due_at == there("2026-01-12 23:59:59")
    assert kept.replied_at == there("2026-01-08 10:00")
    assert kept.closed_at == there("2026-01-09 10:00")
    assert (kept.surveyable, kept.callback_valid, kept.resolved) == (True, True, True)
    assert kept.satisfaction == "satisfied"
    person = street.session.get(Petitioner, kept.petitioner_id)
    assert (person.name, person.phone) == ("张三", "13812345678")


@pytest.mark.parametrize(
    ("cells", "answer"),
    [({}, True), ({"contacted_at": ""}, False), ({"callback_valid": "0"}, None)],
)
def test_a_valid_call_back_knows_of_the_contact_that_the_table_records(
    street: Street, bring_in: Import, cells: dict[str, str], answer: bool | None
) -> None:
    """Rates of Beijing and Shanghai ask it of the call-back; the table has no column for it."""
    bring_in(row(**cells))
    assert case(street).callback_contacted is answer
    assert findings(street) == []


def test_the_history_has_real_steps_with_the_times_of_the_file(
    street: Street, bring_in: Import
) -> None:
    bring_in(row())
    told = [(e.action, e.to_state, e.happened_at) for e in entries(street)]
    assert told == [
        ("register", "to_dispatch", there("2026-01-05 09:00")),
        ("dispatch", "to_sign", there("2026-01-05 09:30")),
        ("sign_for", "handling", there("2026-01-05 10:00")),
        ("contact", "handling", there("2026-01-05 15:00")),
        ("submit", "to_review", None),
        ("approve", "replied", there("2026-01-08 10:00")),
        ("queue_follow_up", "to_follow_up", there("2026-01-08 10:00")),
        ("follow_up", "closed", there("2026-01-09 10:00")),
    ]
    submitted = entries(street)[4]
    assert submitted.payload["recorded"] is False
    assert {e.door for e in entries(street)} == {"import"}
    assert street.session.scalars(select(OutboxRow)).all() == []


def test_dates_are_those_of_a_case_that_was_worked_here(street: Street, bring_in: Import) -> None:
    bring_in(unfinished(until="dispatched_at", kind="求助"))
    street.now = there("2026-01-05 09:00")
    number = street.register().number
    street.wait(minutes=30)
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    here, imported = street.case(number), case(street)
    for due in ("sign_due_at", "contact_due_at", "handle_due_at", "next_due_at"):
        assert getattr(imported, due) == getattr(here, due), due


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        (unfinished(until="received_at"), "to_dispatch"),
        (unfinished(until="dispatched_at"), "to_sign"),
        (unfinished(until="signed_at"), "handling"),
        (unfinished(until="contacted_at"), "handling"),
        (unfinished(until="contacted_at", signed_at=""), "handling"),
        (unfinished(until="contacted_at", dispatched_at="", signed_at=""), "handling"),
        (unfinished(until="received_at", contacted_at="2026-01-05 11:00"), "to_dispatch"),
        (unfinished(until="replied_at"), "to_follow_up"),
        (unfinished(until="replied_at", dispatched_at="", signed_at=""), "to_follow_up"),
        (row(), "closed"),
        (row(dispatched_at="", signed_at="", contacted_at=""), "closed"),
        (row(callback_at="", callback_valid="", resolved="", satisfaction=""), "closed"),
        (row(satisfaction="不满意", resolved="0"), "closed"),
        (row(callback_valid="0", resolved="", satisfaction=""), "closed"),
        (row(callback_at="2026-01-20 10:00"), "closed"),
        (unfinished(until="received_at", closed_at="2026-01-06", result="诉求人撤回"), "withdrawn"),
        (row(result="withdrawn"), "withdrawn"),
    ],
)
def test_the_state_follows_from_the_facts_and_the_record_is_whole(
    street: Street, bring_in: Import, cells: dict[str, str], state: str
) -> None:
    report = bring_in(cells)
    assert report.rejected == []
    assert case(street).state == state
    assert findings(street) == []


def test_open_cases_are_reminded_and_closed_ones_are_not(street: Street, bring_in: Import) -> None:
    bring_in(unfinished(until="signed_at"))
    running = clocks(street)["handle"]
    assert running.status == "running"
    assert running.next_reminder_at >= street.now
    bring_in(row("SZ-2"))
    closed = case(street, "SZ-2").id
    quiet = street.session.scalars(select(Clock).where(Clock.case_id == closed))
    assert all(clock.next_reminder_at is None for clock in quiet)


def test_without_dispatch_only_handling_runs_from_registration(
    street: Street, bring_in: Import
) -> None:
    bring_in(row(dispatched_at="", signed_at="", contacted_at=""))
    kept = case(street)
    assert (kept.sign_due_at, kept.contact_due_at) == (None, None)
    assert kept.handle_due_at == there("2026-01-12 23:59:59")
    assert clocks(street)["handle"].started_at == there("2026-01-05 09:00")


def test_the_upstream_limit_wins_and_extensions_count(street: Street, bring_in: Import) -> None:
    bring_in(row("A", external_due_at="2026-01-07 12:00"), row("B", extended_days="2"))
    assert case(street, "A").handle_due_at == there("2026-01-07 12:00")
    assert case(street, "B").handle_due_at == there("2026-01-14 23:59:59")


@pytest.mark.parametrize(
    "written", ["2026-01-07", "2026/1/7", "2026年1月7日", "2026-01-07 23:59:59"]
)
def test_an_upstream_limit_that_is_a_day_lasts_to_its_end(
    street: Street, bring_in: Import, written: str
) -> None:
    bring_in(row(external_due_at=written))
    assert case(street).handle_due_at == there("2026-01-07 23:59:59")


def test_counted_facts_are_kept_and_an_exclusion_counts_as_approved(
    street: Street, bring_in: Import
) -> None:
    bring_in(
        row("A", redo_count="2", returned_count="2", returns_granted="1", excluded="不可抗力"),
        row("B", repeat_of="A"),
    )
    kept = case(street, "A")
    assert (kept.redo_count, kept.return_count, kept.return_granted_count) == (2, 2, 1)
    assert kept.excluded == "force_majeure"
    assert case(street, "B").repeat_of_id == kept.id
    assert case(street, "B").grouped_into_id is None
    assert findings(street) == []


def test_an_answer_without_a_valid_call_back_counts_nowhere(
    street: Street, bring_in: Import
) -> None:
    bring_in(row(callback_valid="0"))
    kept = case(street)
    assert (kept.callback_valid, kept.satisfaction, kept.resolved) == (False, None, None)


@pytest.mark.parametrize(
    "category", ["0401", "施工噪声", "噪声与污染/施工噪声", "04", "噪声与污染"]
)
def test_a_category_is_known_by_code_or_name_at_any_level(
    street: Street, bring_in: Import, category: str
) -> None:
    assert bring_in(row(category=category)).rejected == []


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"track": ""}, "track", "不能为空"),
        ({"channel": "飞鸽传书"}, "channel", "市长专线"),
        ({"kind": "吐槽"}, "kind", "咨询"),
        ({"category": "没有的类"}, "category", "没有"),
        ({"lead_unit": "火星社区"}, "lead_unit", "没有"),
        ({"lead_unit": ""}, "lead_unit", "主办单位"),
        ({"lead_unit": "测试街道"}, "lead_unit", "不承办"),
        ({"persons": "-1"}, "persons", "整数"),
        ({"persons": "很多"}, "persons", "整数"),
        ({"extended_days": "99"}, "extended_days", "整数"),
        ({"redo_count": "-1"}, "redo_count", "整数"),
        ({"returned_count": "1", "returns_granted": "2"}, "returns_granted", "不能多于退单次数"),
        ({"received_at": "不记得"}, "received_at", "时间格式"),
        ({"received_at": "2026-02-30 09:00"}, "received_at", "时间格式"),
        ({"received_at": ""}, "received_at", "不能为空"),
        ({"dispatched_at": "2026-01-04 09:00"}, "dispatched_at", "早于"),
        ({"signed_at": "2026-01-05 09:10"}, "signed_at", "早于"),
        ({"replied_at": "2026-01-05 09:10"}, "replied_at", "早于"),
        ({"closed_at": "2026-01-07 09:10"}, "closed_at", "早于"),
        ({"callback_at": "2026-01-07 09:10"}, "callback_at", "早于"),
        ({"closed_at": "2027-01-07 09:10"}, "closed_at", "不能晚于现在"),
        ({"external_due_at": "2026-01-01 09:10"}, "external_due_at", "早于"),
        ({"replied_at": "", "callback_at": "", "callback_valid": ""}, "replied_at", "答复时间"),
        ({"petitioner_phone": "123"}, "petitioner_phone", "电话"),
        ({"callback_valid": "也许"}, "callback_valid", "0 或 1"),
        ({"satisfaction": "开心"}, "satisfaction", "满意"),
        ({"excluded": "心情不好"}, "excluded", "不可抗力"),
        ({"repeat_of": "没有这个号"}, "repeat_of", "没有找到"),
        ({"content": "坏\ufffe字"}, "content", "无法保存"),
        ({"content": "", "title": ""}, "content", "不能为空"),
    ],
)
def test_a_bad_row_is_told_with_column_and_reason_while_good_ones_go_in(
    street: Street, bring_in: Import, tmp_path: Path, changes: dict[str, str], column: str,
    words: str,
) -> None:  # fmt: skip
    report = bring_in(row("good"), row("bad", **changes))
    assert (report.read, report.added) == (2, 1)
    assert [(one.row, one.column) for one in report.rejected] == [(3, column)]
    assert words in report.rejected[0].reason
    assert report.rejected_file.startswith(str(tmp_path / "imports"))


def test_the_rejected_rows_can_be_corrected_and_fed_in_again(
    street: Street, bring_in: Import, tmp_path: Path
) -> None:
    report = bring_in(row("good"), row("bad", kind="吐槽", title="=1+1"))
    book = openpyxl.load_workbook(report.rejected_file)
    sheet = book.active
    assert sheet["G2"].value == "=1+1"
    assert sheet["G2"].data_type == "s"
    header = [cell.value for cell in sheet[1]]
    assert header[-3:] == ["原行号", "出错列", "原因"]
    sheet.cell(2, header.index("kind") + 1).value = "咨询"
    book.save(tmp_path / "again.xlsx")
    again = import_file(street.ctx("admin"), tmp_path / "again.xlsx", "history", data_dir=tmp_path)
    assert (again.added, again.rejected) == (1, [])


def test_the_same_file_again_adds_nothing_and_another_story_is_refused(
    street: Street, bring_in: Import
) -> None:
    bring_in(row())
    again = bring_in(row())
    assert (again.added, again.unchanged, again.rejected) == (0, 1, [])
    other = bring_in(row(title="别的标题"))
    assert (other.added, other.unchanged) == (0, 0)
    assert other.rejected[0].reason == "已存在且内容不同，未改动"
    assert case(street).title == "夜间施工"


def test_a_number_that_was_registered_here_is_not_overwritten(
    street: Street, bring_in: Import
) -> None:
    street.register(external_number="SZ-1")
    assert "已存在" in bring_in(row()).rejected[0].reason


def test_a_dry_run_tells_the_same_and_writes_nothing(street: Street, bring_in: Import) -> None:
    report = bring_in(row("A"), row("B", kind="吐槽"), dry_run=True)
    assert (report.read, report.added, len(report.rejected)) == (2, 1, 1)
    assert street.session.scalars(select(Case)).all() == []
    assert street.session.scalars(select(ImportBatch)).all() == []


def test_a_gb18030_table_goes_in(street: Street, tmp_path: Path) -> None:
    path = table(tmp_path / "gbk.csv", [row(content="𠀀里社区，请处理")], "gb18030")
    import_file(street.ctx("admin"), path, "history", data_dir=tmp_path)
    assert case(street).content == "𠀀里社区，请处理"


def test_an_import_that_died_half_way_is_finished_by_the_same_file(
    street: Street, bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    rows = [row(f"SZ-{n}") for n in range(5)]
    taken = 0

    def die(count: int) -> None:
        nonlocal taken
        taken += count
        if taken >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(*rows, progress=die)
    report = bring_in(*rows)
    assert (report.added, report.unchanged) == (1, 4)
    numbers = sorted(street.session.scalars(select(Case.number)))
    assert len(numbers) == len(set(numbers)) == 5
    assert findings(street) == []


def test_the_batch_is_entered_with_what_became_of_it(street: Street, bring_in: Import) -> None:
    bring_in(row("A"), row("B", kind="吐槽"))
    batch = street.session.scalars(select(ImportBatch)).one()
    assert (batch.filename, batch.mapping) == ("history.csv", "history")
    assert (batch.read, batch.added, batch.unchanged, batch.rejected) == (2, 1, 0, 1)
    assert batch.by_id == street.people["admin"].account_id
    assert batch.finished_at is not None


def test_a_file_without_the_needed_columns_is_refused_as_a_whole(
    street: Street, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("external_number,kind\n1,help\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        import_file(street.ctx("admin"), path, "history", data_dir=tmp_path)
    assert "received_at" in refused.value.reason


def test_an_office_names_its_own_columns_once(street: Street, tmp_path: Path) -> None:
    keep_mapping(
        street.ctx("admin"), "市级台账", "history",
        columns={"工单号": "external_number", "类型": "kind", "时间": "received_at",
                 "诉求": "content"},
        constants={"track": "hotline", "channel": "市长专线"},
    )  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("工单号,类型,时间,诉求\nA,求助,2026-01-05 09:00,灯坏了\nB,x,,\n", "utf-8")
    report = import_file(street.ctx("admin"), path, "市级台账", data_dir=tmp_path)
    assert report.added == 1
    assert report.rejected[0].column == "类型"
    assert case(street, "A").channel == "mayor_line"


def test_an_unknown_mapping_is_refused(street: Street, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        import_file(street.ctx("admin"), tmp_path / "a.csv", "没有的", data_dir=tmp_path)


def test_a_row_longer_than_the_header_is_refused_for_its_cells_may_be_shifted(
    street: Street, tmp_path: Path
) -> None:
    street.now = there("2026-03-02 09:30")
    path = table(tmp_path / "history.csv", [row("SZ-1"), row("SZ-2"), row("SZ-3")])
    header, first, second, third = path.read_text(encoding="utf-8-sig").splitlines()
    lines = [header, first, f"{second},施工", f"{third},,"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = import_file(street.ctx("admin"), path, "history", data_dir=tmp_path)
    assert report.added == 2, "blank cells at the end say nothing"
    assert [one.row for one in report.rejected] == [3]
    assert "比表头多出 1 个单元格" in report.rejected[0].reason


def test_an_address_that_begins_with_a_community_tells_where_it_is(
    street: Street, bring_in: Import
) -> None:
    bring_in(
        row(external_number="SZ-1", address="东风社区三栋二单元"),
        row(external_number="SZ-2", address="新沟大道8号"),
    )
    assert case(street).area_unit_id == street.units["dongfeng"].id
    assert case(street, "SZ-2").area_unit_id is None
