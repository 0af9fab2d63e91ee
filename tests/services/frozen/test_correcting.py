"""Later changes are told case by case with the step that made them, and put right in public."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from casetracker.domain.errors import Conflict, GuardRefused, NotFound, NotPermitted
from casetracker.domain.frozen.changes import MonthChanges
from casetracker.labels import label
from casetracker.persistence.frozen import FrozenFigures, MonthCorrection
from casetracker.services.commands.reports import CorrectMonth
from casetracker.services.context import ClientKey
from casetracker.services.frozen import correcting
from casetracker.services.frozen.comparing import compare_month
from casetracker.services.frozen.correcting import correct_month
from casetracker.services.frozen.freezing import freeze_month
from casetracker.services.frozen.reading import correction_view, open_frozen_file
from casetracker.services.steps.papers.making import file_of
from casetracker.services.verifying.findings import Sight
from casetracker.services.verifying.frozen import counted_again, sealed
from tests.factories.frozen import print_blank
from tests.factories.papers import text_of_docx
from tests.factories.petitions import petition
from tests.factories.street import Street
from tests.services.frozen.conftest import MARCH

WHY = CorrectMonth(reason="经复核，一件属误派。", document_number="新街呼〔2026〕9号")


@pytest.fixture(scope="module")
def frozen_for_all(march_for_all: Street) -> Street:
    with pytest.MonkeyPatch.context() as patch:
        print_blank(patch)
        petition(march_for_all, received_at="2026-03-20T10:00:00+08:00")
        freeze_month(march_for_all.ctx("leader"), MARCH)
    return march_for_all


@pytest.fixture
def frozen(frozen_for_all: Street, session: Session, blank_paper: None) -> Street:
    return frozen_for_all.again(session)


def changes(street: Street) -> MonthChanges:
    return compare_month(street.ctx("leader"), MARCH).changes


def exclude(street: Street, number: str) -> None:
    """Two people take a case out of the rates."""
    street.wait(hours=1)
    street.act("head", number, "exclude", reason="misrouted", text="本不属本单位")
    street.wait(hours=1)
    street.act("supervisor", number, "decide_exclusion", granted=True, note="属误派")


def worked_case(street: Street, series: str = "RX") -> str:
    query = text("SELECT number FROM cases WHERE number LIKE :series")
    numbers = street.session.execute(query, {"series": f"{series}%"})
    return str(numbers.scalars().first())


def correct(street: Street, who: str = "supervisor", why: CorrectMonth = WHY) -> None:
    correct_month(street.ctx(who), MARCH, why, compare_month(street.ctx(who), MARCH).mark)


def test_nothing_differs_while_nothing_happens(frozen: Street) -> None:
    assert changes(frozen).is_empty
    with pytest.raises(GuardRefused) as refusal:
        correct(frozen)
    assert refusal.value.code == "nothing_to_correct"


def test_an_exclusion_is_told_with_its_figures_its_case_and_who_granted_it(
    frozen: Street,
) -> None:
    number = worked_case(frozen)
    exclude(frozen, number)
    hotline, petitions = changes(frozen).profiles
    assert petitions.is_empty
    assert [case.number for case in hotline.cases] == [number]
    [case] = hotline.cases
    [into, only_counted] = case.changes
    assert into.startswith("计入分子 → 剔除：受理量、")
    assert "按时办结率" in into
    assert only_counted.startswith("只计分母 → 剔除：")
    assert [(step.who, step.what) for step in case.steps] == [
        (frozen.people["supervisor"].name, "审批不计考核（同意，误派）"),
        (frozen.people["head"].name, "申请不计考核（误派）"),
    ]
    received = next(line for line in hotline.totals if line.metric == "受理量")
    before = int(received.before.split("件")[0])
    assert received.after.startswith(f"{before - 1}件（剔除")
    of_case = frozen.case(number)
    rows = {of: {line.row for line in lines} for of, lines in hotline.tables.items()}
    assert list(rows) == ["承办单位", "单位组别", "来源渠道"]
    assert rows["承办单位"] == {"东风社区"}
    assert rows["来源渠道"] == {label(of_case.channel)}
    received_of = [line for line in hotline.tables["来源渠道"] if line.metric == "受理量"]
    assert int(received_of[0].before[0:-1]) - 1 == int(received_of[0].after.split("件")[0])


def test_the_exclusion_of_a_petition_is_told_under_its_own_profile(
    frozen: Street,
) -> None:
    number = worked_case(frozen, "XF")
    body = {"reason": "legacy", "text": "已列为积案。", "document_number": "新信〔2026〕3号"}
    frozen.act("clerk", number, "exclude", **body)
    frozen.act("supervisor", number, "decide_exclusion", granted=True, note="属实")
    hotline, petitions = changes(frozen).profiles
    assert hotline.is_empty
    [case] = petitions.cases
    assert case.number == number
    assert case.changes[0].startswith("计入分子 → 剔除：信访件次")
    assert [step.what for step in case.steps] == [
        "审批不计考核（同意，历史遗留）",
        "申请不计考核（历史遗留）",
    ]


def test_a_case_entered_later_comes_in_and_a_moved_one_changes_its_row(frozen: Street) -> None:
    frozen.session.execute(
        text("UPDATE cases SET lead_unit_id = :unit, satisfaction = 'fair' WHERE number = :number"),
        {"unit": frozen.units["xinhe"].id, "number": worked_case(frozen)},
    )
    frozen.session.commit()
    received = "2026-03-20T10:00:00+08:00"
    late = frozen.register(received_at=received).number
    by_number = {case.number: case for case in changes(frozen).profiles[0].cases}
    assert set(by_number) == {late, worked_case(frozen)}
    assert by_number[late].changes[0].startswith("不计入 → 计入分子：受理量")
    assert [step.what for step in by_number[late].steps] == ["登记"]
    assert "承办单位：东风社区 → 新河社区" in by_number[worked_case(frozen)].changes
    assert "评价：满意 → 一般" in by_number[worked_case(frozen)].changes


def test_a_correction_is_kept_printed_and_the_next_one_starts_from_it(
    frozen: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correcting, "file_of", file_of)
    exclude(frozen, worked_case(frozen))
    before = changes(frozen)
    correct(frozen)
    assert changes(frozen).is_empty, "compared with the correction"
    kept = correction_view(frozen.ctx("leader"), MARCH, 1)
    assert kept.changes == before
    assert (kept.row.reason, kept.row.document_number) == (WHY.reason, WHY.document_number)
    with open_frozen_file(frozen.ctx("leader"), MARCH, "docx", 1).content as content:
        said = text_of_docx(content.read())
    for words in ("关于更正新沟镇街道2026年3月", "新街呼〔2026〕9号", "经复核，一件属误派。",
                  worked_case(frozen), "审批不计考核（同意，误派）", "第1次更正",
                  "按来源渠道分行的指标变化", "分行指标更正表", "按来源渠道"):  # fmt: skip
        assert words in said, words
    frozen.wait(days=1)
    frozen.act("head", worked_case(frozen), "reinstate", text="应当计入")
    frozen.act("supervisor", worked_case(frozen), "decide_reinstatement", granted=True, note="计入")
    [line] = changes(frozen).profiles[0].cases
    assert any(one.startswith("剔除 → 计入分子：受理量") for one in line.changes)
    correct(frozen, "leader")
    assert [row.number for row in frozen.session.query(MonthCorrection)] == [1, 2]
    sight = Sight(frozen.session, frozen.now)
    assert [*sealed(sight), *counted_again(sight)] == []


def test_what_moved_on_after_it_was_shown_is_not_signed_unseen(frozen: Street) -> None:
    exclude(frozen, worked_case(frozen))
    seen = compare_month(frozen.ctx("leader"), MARCH).mark
    frozen.register(received_at="2026-03-20T10:00:00+08:00")
    with pytest.raises(Conflict) as refusal:
        correct_month(frozen.ctx("leader"), MARCH, WHY, seen)
    assert refusal.value.code == "changes_moved_on"
    correct(frozen)
    with pytest.raises(GuardRefused):
        correct(frozen)


def test_a_correction_sent_twice_is_issued_once(frozen: Street) -> None:
    exclude(frozen, worked_case(frozen))
    ctx = frozen.ctx("leader", key=ClientKey("form:twice", "h"))
    seen = compare_month(ctx, MARCH).mark
    correct_month(ctx, MARCH, WHY, seen)
    correct_month(ctx, MARCH, WHY, seen)
    assert frozen.session.query(MonthCorrection).count() == 1


def test_who_may_not_compare_and_what_is_not_frozen(frozen: Street) -> None:
    with pytest.raises(NotFound):
        compare_month(frozen.ctx("leader"), "2026-02")
    for who in ("head", "deputy", "admin"):
        for month in (MARCH, "2026-02"):
            with pytest.raises(NotPermitted):
                compare_month(frozen.ctx(who), month)


def test_a_case_sealed_since_is_named_nowhere(frozen: Street) -> None:
    number = worked_case(frozen)
    exclude(frozen, number)
    correct(frozen)
    exclude_again = frozen.case(number)
    exclude_again.is_open, exclude_again.is_sealed = False, True
    frozen.session.commit()
    assert all(number != case.number for one in changes(frozen).profiles for case in one.cases)
    [hotline, _] = correction_view(frozen.ctx("leader"), MARCH, 1).changes.profiles
    assert (hotline.cases, hotline.case_count) == ((), 0)


def test_verify_names_what_was_changed_behind_the_guard(frozen: Street) -> None:
    exclude(frozen, worked_case(frozen))
    correct(frozen)
    sight = Sight(frozen.session, frozen.now)
    assert [*sealed(sight), *counted_again(sight)] == []
    disarm(frozen)
    row = frozen.session.query(FrozenFigures).filter_by(number=0, track="hotline").one()
    by_unit = row.tables["unit"]
    row.tables = {**row.tables, "unit": {**by_unit, "total": by_unit["last_year"]}}
    frozen.session.query(MonthCorrection).one().reason = "别的原因"
    frozen.session.flush()
    kinds = {finding.kind for finding in (*sealed(sight), *counted_again(sight))}
    assert kinds == {"冻结的月份被改动", "更正被改动", "冻结的数字与名单不符"}


def disarm(street: Street) -> None:
    """As somebody with all rights over the database could."""
    for table in ("frozen_figures", "month_corrections"):
        if street.session.get_bind().dialect.name == "sqlite":
            street.session.execute(text(f"DROP TRIGGER {table}_no_update"))
        else:
            street.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
