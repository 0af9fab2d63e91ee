"""A petition left out of the rates: by two people, on evidence, and only out of the rates."""

from typing import Any

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.persistence.clock import Clock
from casetracker.services.commands.searching import (
    AppraisalSearch,
    FigureQuestion,
    MonthlyQuestion,
)
from casetracker.services.context import SYSTEM, Context
from casetracker.services.desks.appealable import appealable
from casetracker.services.desks.appraisal_desk import appraisal_lines
from casetracker.services.figures.cases import cases_of_figure
from casetracker.services.figures.monthly import monthly_figures
from casetracker.services.running.rollup import roll
from casetracker.services.steps.expiring import expire_exclusions
from tests.factories.petitions import petition, row_of, worked
from tests.factories.street import Street
from tests.services.petitions.test_afterwards import judge
from tests.services.petitions.test_the_way import findings

WAITING = AppraisalSearch.model_validate({})


def apply(street: Street, number: str, who: str = "clerk", **body: Any) -> None:
    given = {
        "reason": "beyond_powers",
        "text": "属区级权限。",
        "document_number": "新信〔2026〕3号",
    }
    street.act(who, number, "exclude", **{**given, **body})


def excluded(street: Street, number: str, **body: Any) -> str:
    apply(street, number, **body)
    street.act("supervisor", number, "decide_exclusion", granted=True, note="属实。")
    return number


def clocks(street: Street, number: str) -> list[tuple[Any, ...]]:
    rows = street.session.query(Clock).filter_by(case_id=street.case(number).id).order_by(Clock.id)
    return [(one.limit_code, one.status, one.due_at) for one in rows]


def unhappy(street: Street) -> str:
    """A petition whose responsible unit was judged 不满意."""
    number = worked(street, "served")
    judge(street.ctx("clerk"), number, "unit", "dissatisfied")
    return number


def rate(street: Street, metric: str) -> dict[str, Any]:
    asked = MonthlyQuestion.model_validate({"month": "2026-03", "profile": "XINFANG"})
    found: dict[str, Any] = monthly_figures(street.ctx("leader"), asked)["total"]["metrics"][metric]
    return {name: found[name] for name in ("numerator", "denominator", "excluded")}


def test_the_clerk_applies_and_another_person_decides(street: Street) -> None:
    number = worked(street, "served")
    with pytest.raises(InvalidInput) as refused:
        apply(street, number, document_number=None)
    assert refused.value.problems == {"document_number": "proof_needed"}
    apply(street, number)
    with pytest.raises(NotPermitted):
        street.act("clerk", number, "decide_exclusion", granted=True, note="x")
    street.act("leader", number, "decide_exclusion", granted=True, note="属实。")
    assert street.case(number).excluded == "beyond_powers"
    street.act("clerk", number, "reinstate", text="经核查属本级权限。")
    street.act("leader", number, "decide_reinstatement", granted=True, note="恢复。")
    assert street.case(number).excluded is None
    assert findings(street) == []


def test_a_repeated_petition_is_not_left_out_for_being_one(street: Street) -> None:
    with pytest.raises(InvalidInput) as refused:
        apply(street, petition(street).number, reason="repeat")
    assert refused.value.problems == {"reason": "not_of_this_track"}


def test_neither_limits_nor_the_petitioners_rights_know_of_it(street: Street) -> None:
    number = worked(street, "served")
    before = clocks(street, number)
    excluded(street, number)
    assert clocks(street, number) == before
    judge(street.ctx("clerk"), number, "unit", "dissatisfied")
    street.act("clerk", number, "request_review", reason="不服。")
    assert (street.case(number).state, row_of(street, number).judged_at) == (
        "in_review",
        street.now,
    )


def test_rates_count_without_it_and_name_it_beside(street: Street) -> None:
    """Kept sums as well as the count of the cases, which `verify` compares."""
    left_out, counted = worked(street, "served"), worked(street, "served")
    roll(Context(SYSTEM, street.now))
    excluded(street, left_out)
    roll(Context(SYSTEM, street.now))
    assert rate(street, "received") == {
        "numerator": 1, "denominator": None, "excluded": {"beyond_powers": 1},
    }  # fmt: skip
    on_time = rate(street, "sign_on_time")
    assert (on_time["denominator"], on_time["excluded"]) == (1, {"beyond_powers": 1})
    behind = FigureQuestion.model_validate(
        {"month": "2026-03", "profile": "XINFANG", "metric": "received", "part": "excluded"}
    )
    assert [one.number for one in cases_of_figure(street.ctx("leader"), behind).rows] == [left_out]
    assert counted != left_out
    assert findings(street) == []


def test_its_last_day_ends_it_as_it_ends_that_of_a_case(street: Street) -> None:
    number = excluded(street, worked(street, "served"), until=street.now.date().isoformat())
    street.wait(days=2)
    assert expire_exclusions(street.ctx("admin")) == 1
    assert street.case(number).excluded is None
    assert findings(street) == []


def test_the_unit_appeals_an_unhappy_judgement_and_nothing_else(street: Street) -> None:
    body = {"text": "处理意见依据充分，诉求没有政策依据。"}
    with pytest.raises(GuardRefused) as refused:
        street.act("head", worked(street, "served"), "appeal", **body)
    assert refused.value.code == "not_judged_unhappily"
    number = unhappy(street)
    street.act("clerk", number, "request_review", reason="不服。")
    street.act("head", number, "appeal", **body)
    found = {"demand_reasonable": False, "duty_done": True, "note": "履职到位。"}
    street.act("supervisor", number, "decide_appeal", **found)
    case = street.case(number)
    assert (case.excluded, case.satisfaction, case.state) == (
        "unreasonable",
        "dissatisfied",
        "in_review",
    )
    assert findings(street) == []


def test_the_days_to_appeal_are_counted_from_the_judgement(street: Street) -> None:
    number = worked(street, "served")
    street.wait(days=20)  # longer after the answer than a closed hotline case could be appealed
    judge(street.ctx("clerk"), number, "unit", "dissatisfied")
    [one] = appealable(street.ctx("head"))
    assert (one.number, one.since, one.days_left) == (number, street.now, 10)
    assert appealable(street.ctx("other_head")) == ()
    street.wait(days=11)
    assert appealable(street.ctx("head")) == ()
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "appeal", text="逾期。")
    assert refused.value.code == "appeal_window_closed"


def test_the_desk_shows_petitions_to_whoever_may_see_them(street: Street) -> None:
    number = petition(street).number
    apply(street, number)
    shown = {
        who: [(one.number, one.decides) for one in appraisal_lines(street.ctx(who), WAITING).lines]
        for who in ("clerk", "supervisor", "leader", "head")
    }
    decides = [(number, "decide_exclusion")]
    assert shown == {
        "clerk": [(number, None)], "supervisor": decides, "leader": decides, "head": [],
    }  # fmt: skip


def test_what_goes_into_the_lane_leaves_the_appraisal_with_it(street: Street) -> None:
    number = excluded(street, petition(street).number, until=street.now.date().isoformat())
    apply(street, number, reason="legacy")
    street.act("clerk", number, "transfer_confidential", reason="反映违纪。")
    for who in ("clerk", "supervisor", "leader"):
        assert appraisal_lines(street.ctx(who), WAITING).lines == ()
        decided = AppraisalSearch.model_validate({"status": "decided"})
        assert appraisal_lines(street.ctx(who), decided).lines == ()
        with pytest.raises(NotFound):
            street.act(who, number, "decide_exclusion", granted=True, note="x")
    assert rate(street, "received")["excluded"] == {}
    street.wait(days=2)
    assert expire_exclusions(street.ctx("admin")) == 0
    assert findings(street) == []
