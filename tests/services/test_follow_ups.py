"""Call-backs and the resident's own evaluation: who may ask, and what counts."""

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.vocabulary import State
from casetracker.services.commands.answering import Evaluate, UrgeByResident
from casetracker.services.context import RESIDENT, Context
from casetracker.services.steps.follow_ups import evaluate_case
from casetracker.services.steps.oversight import urge_by_resident
from tests.factories.street import Street


def at_the_portal(street: Street) -> Context:
    return Context(RESIDENT, street.now, door="portal", ip="10.0.0.1")


def replied(street: Street, **body: object) -> tuple[str, str]:
    """A case that waits for its call-back, with its query code."""
    outcome = street.register(**body)
    number = outcome.number
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    street.act("handler", number, "sign_for")
    street.act("handler", number, "contact", outcome="reached")
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text=f"{number}已修好")
    street.act("head", number, "approve")
    return number, outcome.facts["query_code"]


def test_three_failed_calls_at_different_times_close_the_case_without_satisfaction(
    street: Street,
) -> None:
    number, _ = replied(street)
    for expected in (State.TO_FOLLOW_UP, State.TO_FOLLOW_UP, State.CLOSED):
        outcome = street.act("caller", number, "follow_up", validity="no_answer")
        assert outcome.state is expected
        street.wait(hours=3)
    case = street.case(number)
    assert case.callback_valid is False
    assert case.satisfaction is None


def test_an_unanswered_call_cannot_carry_satisfaction(street: Street) -> None:
    number, _ = replied(street)
    with pytest.raises(InvalidInput):
        street.act("caller", number, "follow_up", validity="no_answer", satisfaction="satisfied")


def test_a_resident_who_wants_no_calls_is_not_surveyed(street: Street) -> None:
    number, _ = replied(street, petitioner={"name": "李四", "no_calls": True})
    case = street.case(number)
    assert case.state is State.CLOSED
    assert case.surveyable is False


def test_satisfied_by_ones_own_evaluation_closes_the_case(street: Street) -> None:
    number, code = replied(street)
    outcome = evaluate_case(
        at_the_portal(street), number, Evaluate(query_code=code, satisfaction="satisfied")
    )
    assert outcome.state is State.CLOSED
    assert street.case(number).callback_valid is True


def test_a_later_evaluation_is_kept_and_not_counted(street: Street) -> None:
    number, code = replied(street)
    street.act("caller", number, "follow_up", validity="valid", satisfaction="satisfied")
    outcome = evaluate_case(
        at_the_portal(street), number, Evaluate(query_code=code, satisfaction="dissatisfied")
    )
    assert outcome.facts["counted"] is False
    assert street.case(number).satisfaction == "satisfied"


def test_an_evaluation_after_three_failed_calls_is_the_first_answer(street: Street) -> None:
    number, code = replied(street)
    for _ in range(3):
        street.act("caller", number, "follow_up", validity="no_answer")
        street.wait(hours=2)
    evaluate_case(
        at_the_portal(street), number, Evaluate(query_code=code, satisfaction="basically")
    )
    case = street.case(number)
    assert (case.callback_valid, case.satisfaction) == (True, "basically")


def test_after_a_second_round_the_window_counts_from_the_second_reply(street: Street) -> None:
    number, code = replied(street)
    street.act("caller", number, "follow_up", validity="valid", satisfaction="dissatisfied")
    street.wait(days=2)
    street.act("supervisor", number, "redo", note="请重新办理")
    street.wait(days=20)
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="已重新修好")
    street.act("head", number, "approve")
    for _ in range(3):
        street.act("caller", number, "follow_up", validity="no_answer")
        street.wait(hours=3)
    assert street.case(number).state is State.CLOSED
    street.wait(days=28)
    judged = Evaluate(query_code=code, satisfaction="satisfied")
    street.wait(days=2)
    with pytest.raises(GuardRefused) as refused:
        evaluate_case(at_the_portal(street), number, judged)
    assert refused.value.code == "evaluation_closed"
    street.wait(days=-2)
    assert evaluate_case(at_the_portal(street), number, judged).state is State.CLOSED


def test_a_wrong_code_and_an_unknown_number_are_the_same_to_a_stranger(street: Street) -> None:
    number, code = replied(street)
    wrong = "A" * 8 if code != "A" * 8 else "B" * 8
    for target, given in ((number, wrong), ("RX2026-999999", code)):
        with pytest.raises(NotFound) as refused:
            evaluate_case(
                at_the_portal(street), target, Evaluate(query_code=given, satisfaction="satisfied")
            )
        assert refused.value.facts == {}


def test_a_resident_urges_once_a_day(street: Street) -> None:
    outcome = street.register()
    command = UrgeByResident(query_code=outcome.facts["query_code"])
    assert urge_by_resident(at_the_portal(street), outcome.number, command).facts["count"] == 1
    with pytest.raises(GuardRefused) as refused:
        urge_by_resident(at_the_portal(street), outcome.number, command)
    assert refused.value.code == "urged_today"
    street.wait(days=1, minutes=1)
    assert urge_by_resident(at_the_portal(street), outcome.number, command).facts["count"] == 2


def test_a_handler_may_not_call_back_even_with_the_role(street: Street) -> None:
    from dataclasses import replace

    from casetracker.domain.vocabulary import Role

    number, _ = replied(street)
    both = frozenset({Role.HANDLER, Role.FOLLOW_UP})
    street.people["handler"] = replace(street.people["handler"], roles=both)
    with pytest.raises(GuardRefused) as refused:
        street.act("handler", number, "follow_up", validity="valid", satisfaction="satisfied")
    assert refused.value.code == "handler_may_not_call_back"


def test_a_supervisor_closes_what_stays_unreasonable_and_the_answer_still_counts(
    street: Street,
) -> None:
    number, _ = replied(street)
    street.act("caller", number, "follow_up", validity="valid", satisfaction="dissatisfied")
    with pytest.raises(GuardRefused):
        street.act("head", street.worked("closed"), "supervise_report", text="x")
    street.act("supervisor", number, "close", unreasonable=True, note="超出政策")
    case = street.case(number)
    assert case.state is State.CLOSED
    assert case.satisfaction == "dissatisfied"
    assert case.judged_unreasonable


def test_failed_calls_do_not_take_an_unhappy_case_from_the_supervisor(street: Street) -> None:
    number, code = replied(street)
    said = Evaluate(query_code=code, satisfaction="dissatisfied", resolved=False)
    evaluate_case(at_the_portal(street), number, said)
    for validity in ("no_answer", "no_answer", "no_answer", "no_calls_wanted"):
        street.wait(hours=2)
        outcome = street.act("caller", number, "follow_up", validity=validity)
        assert outcome.state is State.TO_FOLLOW_UP
    case = street.case(number)
    assert case.surveyable is True, "the answer that was given stays in the rates"
    assert street.act("supervisor", number, "redo", note="请负责人到场").state is State.REDO


def test_nobody_decides_about_an_unhappy_answer_once_the_case_is_gone(street: Street) -> None:
    number, _ = replied(street)
    street.act("caller", number, "follow_up", validity="valid", satisfaction="dissatisfied")
    assert street.case(number).is_dissatisfied
    street.act("dispatcher", number, "refer", to="petition", text="已转信访登记")
    assert not street.case(number).is_dissatisfied
