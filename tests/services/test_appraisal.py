"""What counts and what does not is decided by two people, on evidence, and can be taken back."""

from datetime import date
from typing import Any

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput, NotPermitted
from casetracker.persistence.appraisal import JudgementVote
from casetracker.services.running.housekeeping import clean
from casetracker.services.steps.expiring import expire_exclusions
from casetracker.services.verifying.running import verify
from tests.factories.street import Street

UNREASONABLE = "不合理 到位 政策没有规定"
NOT_DONE = "合理 不到位 没有上门"


def excluded(street: Street, **body: Any) -> str:
    """A closed case that two people took out of the rates."""
    number = street.worked("closed")
    given = {"reason": "beyond_powers", "text": "属区级权限，附权责清单。", **body}
    street.act("supervisor", number, "exclude", **given)
    street.act("leader", number, "decide_exclusion", granted=True, note="属实")
    return number


def disputed(street: Street) -> str:
    """A case whose unit has appealed."""
    number = street.worked("closed")
    street.act("head", number, "appeal", text="已三次上门，诉求没有政策依据。")
    return number


def panel(*found: str) -> dict[str, Any]:
    """What a clerk types: a line each, numbered."""
    lines = "\n".join(f"{place:02d}号 {words}" for place, words in enumerate(found, start=1))
    return {"held_on": "2026-03-02", "votes": lines, "text": "现场查阅案卷并电话询问双方。"}


def judged(street: Street, number: str, *found: str) -> Any:
    street.act("supervisor", number, "judge", **panel(*found))
    return street.act("leader", number, "confirm_judgement", granted=True, note="程序合规")


def assert_history_agrees(street: Street) -> None:
    """A replay of the entries leads to what stands on the case's row."""
    found = [one for _, one in verify(street.ctx("auditor")) if one and one.invariant == "I2"]
    assert found == []


def test_an_exclusion_is_applied_for_by_one_and_granted_by_another(street: Street) -> None:
    number = street.worked("closed")
    street.act("supervisor", number, "exclude", reason="beyond_powers", text="证据")
    with pytest.raises(GuardRefused) as refused:
        street.act("supervisor", number, "decide_exclusion", granted=True, note="x")
    assert refused.value.code == "own_request"
    street.act("leader", number, "decide_exclusion", granted=True, note="属实")
    assert street.case(number).excluded == "beyond_powers"


def test_without_a_file_an_exclusion_names_the_document_it_rests_on(street: Street) -> None:
    number = street.worked("handling")
    body = {"reason": "statutory_channel", "text": "已在诉讼中。"}
    with pytest.raises(InvalidInput) as refused:
        street.act("head", number, "exclude", **body)
    assert refused.value.problems == {"document_number": "proof_needed"}
    street.act("head", number, "exclude", **body, document_number="（2026）鄂0112民初12号")
    file = street.case(number)
    assert file.excluded is None


def test_an_exclusion_is_taken_back_by_two_people_and_both_stay_in_the_history(
    street: Street,
) -> None:
    number = excluded(street)
    street.act("head", number, "reinstate", text="经核查属本级权限。")
    with pytest.raises(GuardRefused):
        street.act("head", number, "reinstate", text="再次申请")
    with pytest.raises(NotPermitted):
        street.act("head", number, "decide_reinstatement", granted=True, note="x")
    street.act("supervisor", number, "decide_reinstatement", granted=True, note="恢复")
    assert street.case(number).excluded is None
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "reinstate", text="x")
    assert refused.value.code == "not_excluded"
    assert_history_agrees(street)


def test_a_refused_request_changes_nothing(street: Street) -> None:
    number = excluded(street)
    street.act("head", number, "exclude", reason="legacy", text="历史遗留")
    street.act("leader", number, "decide_exclusion", granted=False, note="理由不足")
    assert street.case(number).excluded == "beyond_powers"
    assert_history_agrees(street)


def test_an_exclusion_up_to_a_day_counts_again_when_the_day_is_over(street: Street) -> None:
    number, for_good = excluded(street, until="2026-03-05"), excluded(street)
    assert street.case(number).excluded_until == date(2026, 3, 5)
    street.wait(days=3)
    assert expire_exclusions(street.ctx("admin")) == 0
    street.wait(days=1)
    clean(street.ctx("admin"))
    assert street.case(number).excluded is None
    assert street.case(for_good).excluded == "beyond_powers"
    assert_history_agrees(street)


def test_what_would_have_ended_already_is_not_granted_any_more(street: Street) -> None:
    number = street.worked("closed")
    given = {"reason": "force_majeure", "text": "暴雨内涝。", "until": "2026-03-05"}
    street.act("supervisor", number, "exclude", **given)
    street.wait(days=4)
    with pytest.raises(GuardRefused) as refused:
        street.act("leader", number, "decide_exclusion", granted=True, note="属实")
    assert refused.value.code == "exclusion_is_over"
    street.act("leader", number, "decide_exclusion", granted=False, note="已过期")
    assert street.case(number).excluded is None


def test_nobody_is_asked_to_take_back_what_has_ended_by_itself(street: Street) -> None:
    number = excluded(street, until="2026-03-05")
    street.act("head", number, "reinstate", text="经核查属本级权限。")
    street.wait(days=4)
    expire_exclusions(street.ctx("admin"))
    with pytest.raises(GuardRefused) as refused:
        street.act("supervisor", number, "decide_reinstatement", granted=True, note="恢复")
    assert refused.value.code == "no_pending_reinstatement"
    assert_history_agrees(street)


def test_what_an_appeal_found_outlasts_an_exclusion_up_to_a_day(street: Street) -> None:
    number = disputed(street)
    given = {"reason": "force_majeure", "text": "暴雨内涝。", "until": "2026-03-05"}
    street.act("supervisor", number, "exclude", **given)
    street.act("leader", number, "decide_exclusion", granted=True, note="属实")
    body = {"demand_reasonable": False, "duty_done": True, "note": "履职到位"}
    street.act("supervisor", number, "decide_appeal", **body)
    street.wait(days=4)
    expire_exclusions(street.ctx("admin"))
    assert street.case(number).excluded == "unreasonable"
    assert_history_agrees(street)


def test_a_granted_appeal_excludes_an_unreasonable_demand(street: Street) -> None:
    number = disputed(street)
    body = {"demand_reasonable": False, "duty_done": True, "note": "履职到位"}
    assert street.act("supervisor", number, "decide_appeal", **body).facts["granted"] is True
    assert street.case(number).excluded == "unreasonable"


def test_the_majority_of_the_evaluators_decides_and_another_person_confirms(
    street: Street,
) -> None:
    number = disputed(street)
    entered = street.act(
        "supervisor", number, "judge", **panel(UNREASONABLE, UNREASONABLE, NOT_DONE)
    )
    assert entered.facts == {"demand_reasonable": False, "duty_done": True}
    assert street.case(number).excluded is None
    with pytest.raises(GuardRefused) as refused:
        street.act("supervisor", number, "confirm_judgement", granted=True, note="x")
    assert refused.value.code == "own_request"
    done = street.act("leader", number, "confirm_judgement", granted=True, note="程序合规")
    assert (done.facts["excluded"], done.facts["supervise"]) == ("unreasonable", False)
    assert_history_agrees(street)


def test_a_duty_that_was_not_done_calls_for_a_second_supervision(street: Street) -> None:
    number = disputed(street)
    done = judged(street, number, NOT_DONE, NOT_DONE, UNREASONABLE)
    assert done.facts["supervise"] is True
    assert street.case(number).excluded is None


def test_a_later_judgement_takes_an_earlier_one_back(street: Street) -> None:
    number = disputed(street)
    judged(street, number, *[UNREASONABLE] * 3)
    judged(street, number, *[NOT_DONE] * 3)
    case = street.case(number)
    assert (case.excluded, case.judged_unreasonable) == (None, False)
    assert_history_agrees(street)


def test_a_judgement_never_takes_back_what_others_excluded(street: Street) -> None:
    number = excluded(street)
    street.act("head", number, "appeal", text="诉求不合理")
    judged(street, number, *[UNREASONABLE] * 3)
    judged(street, number, *[NOT_DONE] * 3)
    assert street.case(number).excluded == "beyond_powers"


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ((UNREASONABLE,) * 2, "bad_panel"),
        ((UNREASONABLE,) * 4, "bad_panel"),
    ],
)
def test_a_panel_without_a_majority_is_refused(
    street: Street, votes: tuple[str, ...], code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        street.act("supervisor", disputed(street), "judge", **panel(*votes))
    assert refused.value.problems == {"votes": code}


def test_nobody_judges_twice_in_a_panel(street: Street) -> None:
    body = panel(*[UNREASONABLE] * 3)
    with pytest.raises(InvalidInput) as refused:
        street.act(
            "supervisor",
            disputed(street),
            "judge",
            **{**body, "votes": body["votes"].replace("02", "01")},
        )
    assert refused.value.problems == {"votes": "evaluator_twice"}


def test_what_nobody_disputes_is_not_put_before_evaluators(street: Street) -> None:
    number = street.worked("closed")
    with pytest.raises(GuardRefused) as refused:
        street.act("supervisor", number, "judge", **panel(*[UNREASONABLE] * 3))
    assert refused.value.code == "not_disputed"


def test_the_evaluators_are_kept_under_lock(street: Street) -> None:
    street.act("supervisor", disputed(street), "judge", **panel(*[UNREASONABLE] * 3))
    kept = street.session.execute(JudgementVote.__table__.select()).mappings().all()
    assert [row["evaluator"] for row in kept] == ["01号", "02号", "03号"]
    raw = street.session.connection().exec_driver_sql("SELECT evaluator FROM judgement_votes")
    assert all("号".encode() not in bytes(row[0]) for row in raw)
