"""Inspections and hazards as units keep them: steps, two people, reach, history, cases."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casetracker.domain.errors import (
    Conflict,
    GuardRefused,
    InvalidInput,
    NotFound,
    NotPermitted,
)
from casetracker.persistence.case import Case
from casetracker.persistence.patrol import Hazard, HazardEntry, Inspection
from casetracker.services.commands.patrol import (
    AddHazard,
    CaseFromHazard,
    InspectionSearch,
    SayOfHazard,
)
from casetracker.services.patrol.entering import add_hazard
from casetracker.services.patrol.hazard_reading import open_hazard
from casetracker.services.patrol.hazard_steps import note_hazard
from casetracker.services.patrol.inspection_reading import list_inspections, open_inspection
from casetracker.services.receiving.from_patrol import case_from_hazard
from casetracker.services.verifying.running import verify
from tests.factories.patrol import HAZARD, hazard, inspection, numbers, photo, step, worked
from tests.factories.street import Street

pytestmark = pytest.mark.usefixtures("store")
OUT = {"organ": "区消防救援大队", "text": "拒不整改。"}


def state(street: Street, number: str) -> str:
    return open_hazard(street.ctx("supervisor"), number).line.state


def test_an_inspection_brings_its_hazards_along(street: Street) -> None:
    clean = inspection(street)
    bad = inspection(street, outcome="hazard", hazard=HAZARD)
    more = AddHazard.model_validate({"kind": "gas", "level": "major", "description": "软管老化。"})
    add_hazard(street.ctx("head"), bad, more)
    file = open_inspection(street.ctx("handler"), bad)
    assert (clean, bad) == ("JC2026-000001", "JC2026-000002")
    assert [(one.number, one.kind) for one in file.hazards] == [
        ("YH2026-000001", "fire"), ("YH2026-000002", "gas"),
    ]  # fmt: skip
    assert file.hazards[1].due_on == file.line.day, "a major one is due at once"
    page = list_inspections(street.ctx("supervisor"), InspectionSearch(outcome="hazard"))
    assert (page.total, page.hazards) == (1, 2)


def test_nothing_is_said_by_halves(street: Street) -> None:
    with pytest.raises(InvalidInput) as refusal:
        inspection(street, outcome="hazard")
    assert set(refusal.value.problems) == {"hazard.kind", "hazard.description"}
    with pytest.raises(InvalidInput):
        inspection(street, hazard=HAZARD)


def test_put_right_takes_a_picture_and_a_second_person(street: Street) -> None:
    number = worked(street, "notified")
    with pytest.raises(GuardRefused, match="hazard_needs_photo"):
        step(street, "handler", number, "report", text="已清空。")
    photo(street, number)
    step(street, "handler", number, "report", text="已清空。")
    with pytest.raises(GuardRefused, match="hazard_own_report"):
        step(street, "handler", number, "pass", passed=True, text="合格。")
    step(street, "head", number, "pass", passed=True, text="合格。")
    assert state(street, number) == "rectified"
    assert numbers(street, part="rectified") == {number}


def test_a_failed_check_asks_for_new_pictures_and_sets_a_new_day(street: Street) -> None:
    number = worked(street, "reported")
    street.wait(days=3)
    step(street, "supervisor", number, "pass", passed=False, text="仍有杂物。")
    file = open_hazard(street.ctx("handler"), number)
    assert (file.line.state, str(file.line.due_on)) == ("notified", "2026-03-20")
    with pytest.raises(GuardRefused, match="hazard_needs_photo"):
        step(street, "handler", number, "report", text="再次清空。")


def test_a_major_hazard_needs_its_plan(street: Street) -> None:
    number = hazard(street, level="major")
    with pytest.raises(InvalidInput) as refusal:
        step(street, "handler", number, "notify", demand="立即停用。")
    assert refusal.value.problems == {"plan": "hazard_needs_plan"}


def test_what_is_none_is_said_by_another_and_counts_nowhere(street: Street) -> None:
    number = hazard(street, who="head")
    with pytest.raises(GuardRefused, match="hazard_own_finding"):
        step(street, "head", number, "dismiss", text="误报。")
    step(street, "supervisor", number, "dismiss", text="现场符合要求。")
    assert numbers(street, part="counted") == set()
    assert numbers(street) == {number}


def test_who_works_elsewhere_sees_and_does_nothing(street: Street) -> None:
    number = worked(street, "notified")
    with pytest.raises(NotFound):
        step(street, "other_head", number, "note", text="催促。")
    assert numbers(street, "other_handler") == set()
    with pytest.raises(NotPermitted):
        step(street, "handler", number, "hand_over", **OUT)
    with pytest.raises(NotPermitted):
        numbers(street, "clerk")


def test_the_community_sees_what_others_found_in_its_area(street: Street) -> None:
    number = hazard(street, who="other_handler")  # 新河社区 found it in 东风社区
    assert numbers(street, "head") == numbers(street, "deputy") == {number}
    with pytest.raises(NotPermitted):
        step(street, "head", number, "notify", demand="整改。")


def test_the_second_of_two_is_told_who_was_quicker(street: Street) -> None:
    number = worked(street, "found")
    step(street, "head", number, "notify", demand="整改。")
    with pytest.raises(Conflict) as refusal:
        note_hazard(street.ctx("handler"), number, SayOfHazard(text="已催促。"), version=1)
    assert refusal.value.facts["who"] == "head先生"


def test_late_is_what_is_still_owed_after_its_day(street: Street) -> None:
    late, reported = worked(street, "notified"), worked(street, "reported")
    street.wait(days=16)
    assert numbers(street, part="late") == {late}
    assert numbers(street, part="open") == {late, reported}


def test_a_hazard_becomes_a_case_once_and_comes_back_when_that_is_over(
    street: Street, session: Session
) -> None:
    number = worked(street, "notified")
    asked = CaseFromHazard(content="疏散通道长期堆物，请协调清理。")
    done = case_from_hazard(street.ctx("handler"), number, asked)
    case = street.case(done.number)
    assert (case.channel, case.area_unit_id) == ("patrol", street.units["dongfeng"].id)
    assert open_hazard(street.ctx("handler"), number).case == done.number
    photo(street, number)
    with pytest.raises(GuardRefused, match="hazard_case_open"):
        step(street, "handler", number, "report", text="已清空。")
    with pytest.raises(GuardRefused, match="hazard_not_so"):
        case_from_hazard(street.ctx("handler"), number, asked)
    street.act("operator", done.number, "withdraw", text="单位已自行整改。")
    assert open_hazard(street.ctx("handler"), number).case is None
    step(street, "handler", number, "report", text="已清空。")
    assert state(street, number) == "reported"


def test_the_history_is_only_ever_added_to(street: Street, session: Session) -> None:
    worked(street, "rectified")
    for change in (update(HazardEntry).values(words="改"), delete(HazardEntry)):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(change)


def found(street: Street) -> list[tuple[str, str]]:
    street.session.commit()
    findings = (finding for _, finding in verify(street.ctx("auditor")) if finding is not None)
    return [(one.invariant, one.detail) for one in findings if one.invariant in ("H1", "H2", "H3")]


def test_verify_finds_what_was_changed_behind_the_back(street: Street, session: Session) -> None:
    inspected, number = inspection(street), worked(street, "rectified")
    assert found(street) == []
    session.execute(update(Hazard).values(verified_by=Hazard.reported_by))
    assert found(street) == [("H3", number)]
    session.execute(update(Hazard).values(state="notified", inspection_id=None))
    assert found(street) == [("H2", number)]
    session.execute(update(Inspection).values(found_hazards=True))
    assert ("H1", inspected) in found(street)


def test_a_case_that_is_sealed_leaves_no_link(street: Street, session: Session) -> None:
    number = worked(street, "notified")
    done = case_from_hazard(street.ctx("handler"), number, CaseFromHazard(content="红包"))
    street.act("dispatcher", done.number, "transfer_confidential", reason="涉嫌收受红包")
    session.expire_all()
    assert session.scalars(select(Hazard.case_id)).one() is None
    assert session.scalars(select(Case.is_sealed)).one()
    file = open_hazard(street.ctx("supervisor"), number)
    assert (file.case, file.line.state) == (None, "in_case"), "as with any case that is over"
