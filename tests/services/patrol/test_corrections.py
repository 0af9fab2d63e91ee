"""What was entered wrongly of a hazard is put right, and what stood there stays to be read."""

from datetime import date, timedelta

import pytest

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.services.patrol.hazard_reading import open_hazard
from casetracker.services.patrol.inspection_reading import open_inspection
from tests.factories.patrol import hazard, inspection, step, worked
from tests.factories.street import Street
from tests.services.patrol.test_hazards import found

pytestmark = pytest.mark.usefixtures("store")
TODAY = "2026-03-02"
AS_ENTERED = {"source": "grid", "found_on": TODAY,
              "kind": "fire", "level": "ordinary", "place": "惠民超市", "area": "东风社区",
              "description": "疏散通道堆放杂物。"}  # fmt: skip


def corrected(street: Street, number: str, who: str = "handler", **facts: str) -> None:
    step(street, who, number, "correct", **{**AS_ENTERED, "reason": "登记有误", **facts})


def test_a_correction_keeps_what_stood_there_before(street: Street) -> None:
    number = hazard(street)
    street.wait(days=2)
    corrected(street, number, kind="gas", address="一号门", level="major")
    file = open_hazard(street.ctx("supervisor"), number)
    assert (file.line.kind, file.line.level, file.line.address) == ("gas", "major", "一号门")
    newest, first = file.entries
    assert newest.words == (
        "更正原因：登记有误；隐患类别由“消防”更正为“燃气”；"
        "隐患等级由“一般隐患”更正为“重大隐患”；地址由“未填”更正为“一号门”"
    )
    assert (newest.actor, newest.at) == ("handler先生", street.now)
    assert first.words == "疏散通道堆放杂物。"
    assert file.line.due_on == file.line.found_on, "what it would have had from the first"
    assert found(street) == []


def test_only_who_may_enter_corrects_and_only_what_differs(street: Street) -> None:
    number = hazard(street)
    with pytest.raises(InvalidInput) as nothing:
        corrected(street, number)
    assert nothing.value.problems == {"form": "nothing_changed"}
    with pytest.raises(NotPermitted):
        corrected(street, number, who="supervisor", kind="gas")
    with pytest.raises(NotFound):
        corrected(street, number, who="other_handler", kind="gas")


def test_what_turns_out_major_after_the_notice_needs_its_plan_and_is_due_at_once(
    street: Street,
) -> None:
    number = worked(street, "notified")
    street.wait(days=1)
    with pytest.raises(InvalidInput) as missing:
        corrected(street, number, level="major")
    assert missing.value.problems == {"plan": "hazard_needs_plan"}
    corrected(street, number, level="major", plan="停业整改，专人值守。")
    file = open_hazard(street.ctx("head"), number)
    assert (file.line.due_on, file.plan) == (local_date(street.now), "停业整改，专人值守。")
    assert found(street) == []


def test_what_is_over_is_put_right_by_the_head_and_stays_over(street: Street) -> None:
    number = worked(street, "rectified")
    with pytest.raises(GuardRefused, match="hazard_over"):
        corrected(street, number, kind="gas")
    street.wait(days=40)
    corrected(street, number, who="head", level="major", found_on="2026-02-20")
    file = open_hazard(street.ctx("head"), number)
    assert (file.line.state, file.line.level) == ("rectified", "major")
    assert file.line.found_on == date(2026, 2, 20)
    assert file.entries[0].due_on is None, "nothing is owed any more"
    assert found(street) == []


def test_the_day_moves_the_deadline_that_nobody_was_told_yet(street: Street) -> None:
    number = hazard(street)
    due_on = open_hazard(street.ctx("head"), number).line.due_on
    corrected(street, number, found_on="2026-02-27")
    line = open_hazard(street.ctx("head"), number).line
    assert line.due_on == due_on - timedelta(days=3)
    told = worked(street, "notified")
    due_on = open_hazard(street.ctx("head"), told).line.due_on
    corrected(street, told, found_on="2026-02-27")
    assert open_hazard(street.ctx("head"), told).line.due_on == due_on
    assert found(street) == []


def test_the_day_goes_with_what_was_done_since(street: Street) -> None:
    street.wait(days=-2)
    number = worked(street, "notified")
    street.wait(days=2)
    for day, problem in (("2026-03-01", "after_a_later_step"), ("2026-03-09", "in_the_future")):
        with pytest.raises(InvalidInput) as refused:
            corrected(street, number, found_on=day)
        assert refused.value.problems == {"found_on": problem}


def test_another_year_gives_another_number_and_the_old_one_still_leads_there(
    street: Street,
) -> None:
    number, untouched = hazard(street), hazard(street)
    corrected(street, number, found_on="2025-12-30")
    line = open_hazard(street.ctx("head"), number).line
    assert line.number == "YH2025-000001"
    words = open_hazard(street.ctx("head"), line.number).entries[0].words or ""
    assert f"编号由“{number}”更正为“YH2025-000001”" in words
    assert "发现日期由“2026-03-02”更正为“2025-12-30”" in words
    assert hazard(street) == "YH2026-000003", "nobody else is given what it gave up"
    assert found(street) == []
    corrected(street, "YH2025-000001")
    assert open_hazard(street.ctx("head"), "YH2025-000001").line.number == number
    assert found(street) == []
    assert untouched == "YH2026-000002"


def test_the_source_names_its_inspection_and_the_inspections_say_so(street: Street) -> None:
    clean, number = inspection(street), hazard(street)
    seen = {"source": "inspection", "inspection": clean}
    for facts, problems in (
        ({"source": "inspection"}, {"inspection": "required"}),
        ({"inspection": clean}, {"inspection": "hazard_not_inspected"}),
        ({**seen, "inspection": "JC2026-000099"}, {"inspection": "unknown_inspection"}),
        ({**seen, "found_on": "2026-03-01"}, {"found_on": "before_the_inspection"}),
    ):
        with pytest.raises(InvalidInput) as refused:
            corrected(street, number, **facts)
        assert refused.value.problems == problems
    corrected(street, number, **seen)
    assert open_inspection(street.ctx("head"), clean).line.found_hazards
    assert open_hazard(street.ctx("head"), number).inspection == clean
    assert found(street) == []
    corrected(street, number, source="resident")
    assert not open_inspection(street.ctx("head"), clean).line.found_hazards
    assert found(street) == []
