"""Whole petitions from a table: classed, dated and chained as if worked here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from casetracker.domain.errors import NotFound
from casetracker.domain.limits import OF_THE_PETITIONER
from casetracker.domain.vocabulary import ClockStatus, State
from casetracker.persistence import search_index
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.outbox import InboxMessage, OutboxRow
from casetracker.persistence.petition import ConfidentialMatter, Petition, PetitionEvaluation
from casetracker.persistence.timeline import TimelineEntry
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.figures.monthly import monthly_figures
from casetracker.services.imports.running import ImportReport, import_file
from casetracker.services.steps.lane.sealing import CONTENT, TITLE
from tests.factories.petitions import WAY, row_of
from tests.factories.street import Street
from tests.factories.tables import open_petition, petition_row, row, table, there
from tests.services.petitions.test_the_way import findings

Import = Callable[..., ImportReport]
ACCUSATION = {
    "petition_class": "检举控告", "subroute": "", "accepted_at": "", "served_at": "",
    "content": "举报东风社区主任收受礼品。", "title": "举报社区主任",
}  # fmt: skip


@pytest.fixture
def bring_in(street: Street, tmp_path: Path) -> Import:
    """Import rows of the mapping `history`, as of the street's now."""
    street.now = there("2026-03-02 09:30")

    def run(*rows: dict[str, str], **more: Any) -> ImportReport:
        path = table(tmp_path / "petitions.csv", rows)
        return import_file(street.ctx("admin"), path, "history", data_dir=tmp_path, **more)

    return run


def case(street: Street, key: str = "XF-1") -> Case:
    street.session.expire_all()
    return street.session.scalars(select(Case).where(Case.external_number == key)).one()


def clocks(street: Street, key: str = "XF-1") -> dict[str, Clock]:
    rows = street.session.scalars(select(Clock).where(Clock.case_id == case(street, key).id))
    return {clock.limit_code: clock for clock in rows}


def steps(street: Street, key: str = "XF-1") -> list[tuple[str, str, Any]]:
    query = (
        select(TimelineEntry)
        .where(TimelineEntry.case_id == case(street, key).id)
        .order_by(TimelineEntry.seq)
    )
    return [(e.action, e.outcome, e.happened_at) for e in street.session.scalars(query)]


def test_what_an_earlier_system_left_out_stays_out_of_the_rates(
    street: Street, bring_in: Import
) -> None:
    """Its decision counts as approved, also for a reason that is not granted to petitions here."""
    bring_in(petition_row(excluded="历史遗留"), petition_row("XF-2", excluded="repeat"))
    assert [case(street, key).excluded for key in ("XF-1", "XF-2")] == ["legacy", "repeat"]
    asked = MonthlyQuestion.model_validate({"month": "2025-09", "profile": "XINFANG"})
    received = monthly_figures(street.ctx("leader"), asked)["total"]["metrics"]["received"]
    assert (received["numerator"], received["excluded"]) == (0, {"legacy": 1, "repeat": 1})
    street.act("clerk", case(street).number, "reinstate", text="经核查应计入。")
    street.act("leader", case(street).number, "decide_reinstatement", granted=True, note="恢复。")
    assert case(street).excluded is None
    assert findings(street) == []


def test_an_answered_petition_carries_every_date_that_the_law_looks_at(
    street: Street, bring_in: Import
) -> None:
    report = bring_in(petition_row())
    assert (report.read, report.added, report.unchanged, report.rejected) == (1, 1, 0, [])
    kept, side = case(street), row_of(street, case(street).number)
    assert (kept.track, kept.state, kept.is_open) == ("petition", "served", False)
    assert kept.number.startswith("XF2025-")
    assert (kept.source_level, kept.persons) == ("district", 3)
    assert kept.replied_at == kept.closed_at == there("2025-11-20 10:00")
    assert kept.lead_unit_id == street.units["dongfeng"].id
    assert (side.petition_class, side.subroute) == ("appeal", "6")
    assert side.notified_at == there("2025-09-30 15:00")
    assert side.accepted_at == there("2025-09-28 09:00")
    assert side.served_at == there("2025-11-20 10:00")
    assert side.notify_due_at == there("2025-10-09 23:59:59")
    assert findings(street) == []


def test_the_clocks_are_derived_and_judged_as_if_worked_here(
    street: Street, bring_in: Import
) -> None:
    """Over 国庆: fifteen days from 22 September end on the first working day after it."""
    bring_in(petition_row(accepted_at="2025-08-05 09:00", received_at="2025-08-01 09:00",
                          dispatched_at="2025-08-06 09:00", notified_at="2025-08-18 18:00",
                          served_at="2025-10-10 10:00", closed_at=""))  # fmt: skip
    known = clocks(street)
    assert set(known) == {"notify15", "handle60", "investigate", "req_review30", "evaluate"}
    assert known["notify15"].due_at == there("2025-08-18 23:59:59")  # 16 August is a Saturday
    assert known["notify15"].status == "met"
    assert known["handle60"].due_raw == there("2025-10-04 23:59:59")
    assert known["handle60"].due_at == there("2025-10-09 23:59:59")
    assert known["handle60"].status == "met_late"
    assert known["investigate"].status == "ended"
    assert known["req_review30"].started_at == there("2025-10-10 10:00")
    assert case(street).handle_due_at == there("2025-10-09 23:59:59")


def test_an_extension_counts_from_the_raw_date_and_thirty_days_at_most(
    street: Street, bring_in: Import
) -> None:
    early = {"accepted_at": "2025-08-05 09:00", "received_at": "2025-08-01 09:00",
             "dispatched_at": "", "notified_at": "2025-08-06 09:00"}  # fmt: skip
    report = bring_in(
        petition_row("A", extended_days="30", **early),
        petition_row("B", extended_days="31", **early),
        petition_row("C", extended_days="5", **early | {"accepted_at": "", "subroute": "5"}),
    )
    assert clocks(street, "A")["handle60"].due_at == there("2025-11-03 23:59:59")
    assert [(one.row, one.column) for one in report.rejected] == [
        (3, "extended_days"), (4, "extended_days"),
    ]  # fmt: skip
    assert "30" in report.rejected[0].reason
    assert "第三十四条" in report.rejected[1].reason


@pytest.mark.parametrize(
    ("cells", "state", "running"),
    [
        (open_petition(), "registered", {"notify15"}),
        (open_petition(petition_class="申诉求决", subroute="6"), "classified", {"notify15"}),
        (open_petition(petition_class="suggestion"), "classified", {"notify15"}),
        (open_petition(notified_at="2026-02-27"), "registered", {"investigate"}),
        (open_petition(petition_class="appeal", subroute="6", notified_at="2026-02-27"),
         "classified", {"investigate"}),
        (open_petition(accepted_at="2026-02-27"), "accepted", {"notify15", "handle60"}),
        (open_petition(accepted_at="2026-02-27", notified_at="2026-02-28"), "accepted",
         {"handle60"}),
        (open_petition(accepted_at="2026-02-27", lead_unit="东风社区"), "handling",
         {"notify15", "handle60", "investigate"}),
        (open_petition(petition_class="appeal", subroute="6", lead_unit="东风社区",
                       dispatched_at="2026-02-27"), "handling", {"notify15", "investigate"}),
        (open_petition(petition_class="建议意见", lead_unit="东风社区",
                       dispatched_at="2026-02-27"), "handling", {"notify15", "suggest30"}),
        (open_petition(subroute="5", lead_unit="东风社区", notified_at="2026-02-28"), "handling",
         {"suggest30"}),
        (open_petition(petition_class="appeal", subroute="2", notified_at="2026-02-28"),
         "redirected", set()),
        (open_petition(petition_class="appeal", subroute="2", notified_at="2026-02-28",
                       closed_at="2026-03-01"), "redirected", set()),
        (open_petition(petition_class="appeal", subroute="6", notified_at="2026-02-28",
                       closed_at="2026-02-28"), "refused", set()),
        (open_petition(notified_at="2026-02-28", closed_at="2026-03-01"), "refused", set()),
        (open_petition(closed_at="2026-02-28", result="withdrawn"), "withdrawn", set()),
        (open_petition(accepted_at="2026-02-27", closed_at="2026-02-28", result="诉求人撤回"),
         "withdrawn", set()),
        (petition_row(), "served", {"req_review30", "evaluate"}),
        (petition_row(closed_at=""), "served", {"req_review30", "evaluate"}),
        (petition_row(closed_at="2026-01-20"), "served", {"req_review30", "evaluate"}),
        (petition_row(accepted_at=""), "served", {"req_review30", "evaluate"}),
        (petition_row(petition_class="建议意见", subroute="", accepted_at=""), "served",
         {"req_review30", "evaluate"}),
        (petition_row(subroute="1", accepted_at=""), "served", {"req_review30", "evaluate"}),
        (petition_row(subroute="5"), "served", {"req_review30", "evaluate"}),
        (petition_row(lead_unit="", dispatched_at=""), "served", {"req_review30", "evaluate"}),
        (petition_row(served_at="", replied_at="2025-11-20 10:00"), "served",
         {"req_review30", "evaluate"}),
        (petition_row(result="withdrawn", closed_at="2026-01-20"), "concluded", {"evaluate"}),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_columns_and_the_record_is_whole(
    street: Street, bring_in: Import, cells: dict[str, str], state: str, running: set[str]
) -> None:
    report = bring_in(cells)
    assert report.rejected == []
    kept = case(street)
    assert kept.state == state
    live = {code for code, clock in clocks(street).items() if clock.status == "running"}
    assert live == running
    if cells["closed_at"]:
        assert kept.closed_at == there((cells["closed_at"] + " 00:00")[:16])
    assert findings(street) == []


def test_only_the_sixth_route_has_sixty_days(street: Street, bring_in: Import) -> None:
    bring_in(petition_row("A"), petition_row("B", subroute="5"), petition_row("C", subroute="2"))
    assert "handle60" in clocks(street, "A")
    for key in ("B", "C"):
        assert "handle60" not in clocks(street, key)
        assert row_of(street, case(street, key).number).accepted_at is None


def test_open_petitions_are_reminded_and_answered_ones_are_not(
    street: Street, bring_in: Import
) -> None:
    bring_in(open_petition("A", accepted_at="2026-02-27"), petition_row("B"))
    assert all(clock.next_reminder_at >= street.now for clock in clocks(street, "A").values())
    assert case(street, "A").next_due_at == clocks(street, "A")["notify15"].due_at
    assert all(clock.next_reminder_at is None for clock in clocks(street, "B").values())
    assert case(street, "B").next_due_at is None
    assert street.session.scalars(select(OutboxRow)).all() == []


def test_the_history_has_real_steps_with_the_times_of_the_file(
    street: Street, bring_in: Import
) -> None:
    bring_in(petition_row(callback_valid="1", satisfaction="不满意", callback_at="2025-12-01"))
    assert steps(street) == [
        ("register", "", there("2025-09-22 10:00")),
        ("classify", "", None),
        ("accept", "", there("2025-09-28 09:00")),
        ("serve", "notice", there("2025-09-30 15:00")),
        ("assign", "", there("2025-09-29 09:00")),
        ("draft", "", None),
        ("legal_check", "passed", None),
        ("sign_off", "signed", None),
        ("serve", "opinion", there("2025-11-20 10:00")),
        ("evaluate", "unhappy", there("2025-12-01 00:00")),
    ]
    told = street.session.scalars(select(PetitionEvaluation)).one()
    assert (told.party, told.satisfaction) == ("unit", "dissatisfied")
    assert (case(street).satisfaction, case(street).callback_valid) == (None, None)
    assert findings(street) == []


def test_an_open_petition_is_worked_on_from_where_it_stood(
    street: Street, bring_in: Import
) -> None:
    bring_in(open_petition(accepted_at="2026-02-27", notified_at="2026-02-28"))
    number = case(street).number
    stages = [stage for stage, _ in WAY]
    for _, step in WAY[stages.index("notified") :]:
        step(street, number)
    assert case(street).state is State.ARCHIVED
    assert findings(street) == []


def test_an_answered_petition_is_reviewed_and_ordered_anew(
    street: Street, bring_in: Import
) -> None:
    """Closed in January by the register, opened again by the organ above."""
    bring_in(petition_row(served_at="2026-02-10 10:00", closed_at="2026-02-20 10:00"))
    number = case(street).number
    street.act("clerk", number, "request_review", reason="不服。")
    assert case(street).closed_at == there("2026-02-20 10:00")
    street.act("clerk", number, "decide_review", outcome="rehandle", text="重新办理。")
    assert case(street).state is State.HANDLING
    assert case(street).closed_at is None
    assert findings(street) == []


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"petition_class": "投诉"}, "petition_class", "申诉求决"),
        ({"subroute": "7"}, "subroute", "选项"),
        ({"subroute": "", "accepted_at": ""}, "subroute", "途径"),
        ({"petition_class": "建议意见"}, "subroute", "申诉求决"),
        ({"petition_class": "检举控告"}, "subroute", "申诉求决"),
        ({"petition_class": "", "subroute": "", "accepted_at": ""}, "petition_class", "分类"),
        ({"notified_at": "2025-09-21"}, "notified_at", "告知时间早于受理时间"),
        ({"accepted_at": "2025-09-21"}, "accepted_at", "早于"),
        ({"dispatched_at": "2025-09-21"}, "dispatched_at", "早于"),
        ({"served_at": "2025-09-29 08:00"}, "served_at", "送达时间早于告知时间"),
        ({"closed_at": "2025-11-19"}, "closed_at", "早于送达时间"),
        ({"served_at": "2027-01-01"}, "served_at", "不能晚于现在"),
        ({"notified_at": "说不清"}, "notified_at", "时间格式"),
        ({"served_at": ""}, "served_at", "送达时间"),
        ({"served_at": "", "accepted_at": "", "notified_at": ""}, "served_at", "送达时间"),
        ({"served_at": "", "accepted_at": "", "notified_at": "", "subroute": "2"}, "notified_at",
         "告知时间"),
        ({"lead_unit": ""}, "lead_unit", "主办单位"),
        ({"lead_unit": "测试街道"}, "lead_unit", "不承办"),
        ({"closed_at": "", "result": "withdrawn"}, "closed_at", "撤回"),
        ({"persons": "0"}, "persons", "整数"),
        ({"repeat_of": "没有这个号"}, "repeat_of", "没有找到"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_with_column_and_reason_while_good_ones_go_in(
    street: Street, bring_in: Import, changes: dict[str, str], column: str, words: str
) -> None:
    report = bring_in(petition_row("good"), petition_row("bad", **changes))
    assert (report.read, report.added) == (2, 1)
    assert [(one.row, one.column) for one in report.rejected] == [(3, column)]
    assert words in report.rejected[0].reason


def test_columns_of_petitions_say_nothing_about_a_hotline_case(
    street: Street, bring_in: Import
) -> None:
    assert bring_in(row(petition_class="胡乱填写", served_at="不详")).rejected == []
    assert bring_in(row(petition_class="另一种写法")).unchanged == 1


def test_the_same_file_again_adds_nothing(street: Street, bring_in: Import) -> None:
    rows = (petition_row("A"), open_petition("B"), petition_row("C", **ACCUSATION))
    assert bring_in(*rows).added == 3
    again = bring_in(*rows)
    assert (again.added, again.unchanged, again.rejected) == (0, 3, [])
    other = bring_in(petition_row("A", title="别的标题"))
    assert [one.column for one in other.rejected] == ["external_number"]


def test_a_repeat_keeps_its_own_record_and_is_linked(street: Street, bring_in: Import) -> None:
    bring_in(petition_row("A"), open_petition("B", repeat_of="A"))
    assert case(street, "B").repeat_of_id == case(street, "A").id


def test_a_collective_visit_is_known_by_its_persons(street: Street, bring_in: Import) -> None:
    bring_in(open_petition("A", channel="来访", persons="60"), open_petition("B", persons="60"))
    assert row_of(street, case(street, "A").number).is_collective
    assert not row_of(street, case(street, "B").number).is_collective


# --- accusations ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"notified_at": "", "dispatched_at": "", "closed_at": ""}, "in_lane"),
        ({"dispatched_at": "", "closed_at": ""}, "in_lane"),
        ({"closed_at": ""}, "transferred"),
        ({}, "concluded"),
        ({"dispatched_at": ""}, "concluded"),
    ],
)
def test_an_accusation_goes_straight_into_the_lane(
    street: Street, bring_in: Import, changes: dict[str, str], state: str
) -> None:
    report = bring_in(petition_row(**{**ACCUSATION, **changes}, address="东风社区一号"))
    assert (report.read, report.added, report.rejected) == (1, 1, [])
    kept = case(street)
    assert (kept.state, kept.is_sealed, kept.is_open) == (state, True, False)
    assert (kept.title, kept.content, kept.address) == (TITLE, CONTENT, None)
    assert (kept.lead_unit_id, kept.category_id, kept.external_key) == (None, None, None)
    assert not search_index.knows(street.session, kept.id)
    matter = street.session.get_one(ConfidentialMatter, kept.id)
    assert matter.content == ACCUSATION["content"]
    assert street.session.scalar(select(func.count(InboxMessage.id))) == 0
    assert findings(street) == []


def test_among_others_of_its_file_it_is_sealed_all_the_same(
    street: Street, bring_in: Import
) -> None:
    sealed = petition_row("C", **ACCUSATION)
    bring_in(row("A"), petition_row("B"), sealed, open_petition("D"))
    assert [case(street, key).is_sealed for key in "ABCD"] == [False, False, True, False]
    assert case(street, "C").title == TITLE
    assert case(street, "D").external_key == "D"
    assert findings(street) == []


@pytest.mark.parametrize("who", ["operator", "clerk", "leader", "supervisor", "admin", "auditor"])
def test_for_everybody_else_an_imported_accusation_does_not_exist(
    street: Street, bring_in: Import, who: str
) -> None:
    bring_in(petition_row(**{**ACCUSATION, "closed_at": "", "dispatched_at": ""}))
    with pytest.raises(NotFound):
        street.act(who, case(street).number, "log", text="看看")
    street.act("discipline", case(street).number, "log", text="已初步核实。")


def test_nobody_learns_by_a_link_that_there_is_an_accusation(
    street: Street, bring_in: Import
) -> None:
    sealed = petition_row("A", **ACCUSATION)
    bring_in(sealed)
    number = case(street, "A").number
    report = bring_in(open_petition("B", repeat_of="A"), open_petition("C", repeat_of=number),
                      open_petition("D", repeat_of="查无此号"))  # fmt: skip
    assert [one.column for one in report.rejected] == ["repeat_of"] * 3
    assert len({one.reason.replace(name, "") for one, name in
                zip(report.rejected, ("A", number, "查无此号"), strict=True)}) == 1  # fmt: skip
    report = bring_in(petition_row("E", **ACCUSATION, repeat_of="A"))
    assert report.rejected == []
    assert case(street, "E").repeat_of_id == case(street, "A").id


def test_petitions_and_hotline_cases_of_one_file_are_numbered_apart(
    street: Street, bring_in: Import
) -> None:
    bring_in(row("H1"), petition_row("P1"), row("H2"), petition_row("P2"))
    assert [case(street, key).number for key in ("H1", "H2")] == ["RX2026-000001", "RX2026-000002"]
    first, second = (case(street, key).number for key in ("P1", "P2"))
    assert first < second
    assert findings(street) == []


def test_windows_of_the_petitioner_are_nobodys_due_date(street: Street, bring_in: Import) -> None:
    bring_in(petition_row(served_at="2026-02-26", closed_at=""))
    running = [c for c in clocks(street).values() if c.status is ClockStatus.RUNNING]
    assert {c.limit_code for c in running} <= OF_THE_PETITIONER
    assert street.session.scalar(select(func.count(Petition.case_id))) == 1


@pytest.mark.parametrize("profile", ["WUHAN_DEFAULT", "BEIJING_DISTRICT", "SHANGHAI_TOWN"])
def test_petitions_enter_no_figure_of_the_hotline(
    street: Street, bring_in: Import, profile: str
) -> None:
    """Nor do accusations enter any figure at all."""
    bring_in(row("H1"))
    before = figures(street, "2026-01", profile)
    dated = {"received_at": "2026-01-05 09:00", "notified_at": "2026-01-06", "accepted_at": "",
             "dispatched_at": "2026-01-07", "served_at": "2026-01-20", "closed_at": ""}  # fmt: skip
    bring_in(petition_row("P1", **{**dated, "accepted_at": "2026-01-06"}),
             petition_row("P2", **{**ACCUSATION, **dated, "served_at": ""}))  # fmt: skip
    assert figures(street, "2026-01", profile) == before


def figures(street: Street, month: str, profile: str) -> Any:
    asked = MonthlyQuestion.model_validate({"month": month, "profile": profile})
    told = monthly_figures(street.ctx("supervisor"), asked)
    return {key: told[key] for key in ("rows", "total")}
