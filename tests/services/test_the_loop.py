"""A hotline case from the call to the resident's judgement."""

import pytest

from casetracker.domain.errors import Conflict, GuardRefused, IllegalTransition, NotFound
from casetracker.domain.vocabulary import State
from tests.factories.street import Street


def test_a_case_goes_the_usual_way_to_a_satisfied_resident(street: Street) -> None:
    number = street.worked("closed")
    case = street.case(number)
    assert case.state is State.CLOSED
    assert not case.is_open
    assert case.callback_valid is True
    assert case.satisfaction == "satisfied"
    assert case.replied_at is not None
    assert case.closed_at is not None


def test_a_dissatisfied_resident_leads_to_a_second_round(street: Street) -> None:
    number = street.worked("to_follow_up")
    street.act(
        "caller", number, "follow_up", validity="valid", resolved=False,
        satisfaction="dissatisfied",
    )  # fmt: skip
    assert street.case(number).state is State.TO_FOLLOW_UP
    outcome = street.act("supervisor", number, "redo", note="请负责人到场")
    assert outcome.state is State.REDO
    case = street.case(number)
    assert (case.round, case.redo_count) == (2, 1)
    with pytest.raises(GuardRefused) as refused:
        street.act("handler", number, "submit", result="resolved", text="又办好了")
    assert refused.value.code == "new_evidence_needed"
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="又办好了")
    street.act("head", number, "approve")
    street.act("caller", number, "follow_up", validity="valid", satisfaction="satisfied")
    case = street.case(number)
    assert case.state is State.CLOSED
    assert case.satisfaction == "dissatisfied", "the first valid answer is what counts"


def test_a_returned_case_is_designated_and_cannot_be_returned_again(street: Street) -> None:
    number = street.worked("to_sign")
    due = street.case(number).handle_due_at
    street.act("head", number, "request_return", reason="not_our_duty", basis="属区城管职责")
    street.act("dispatcher", number, "decide_return", granted=False, note="指定东风社区办理")
    case = street.case(number)
    assert case.state is State.HANDLING
    assert case.is_designated
    assert case.handle_due_at == due
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "request_return", reason="not_our_area", basis="不在辖区")
    assert refused.value.code == "designated_no_return"


def test_a_granted_return_keeps_the_overall_due_date_and_starts_signing_anew(
    street: Street,
) -> None:
    number = street.worked("to_sign")
    before = street.case(number)
    due, sign_due = before.handle_due_at, before.sign_due_at
    street.wait(hours=2)
    street.act("head", number, "request_return", reason="not_our_area", basis="不在辖区")
    street.act("dispatcher", number, "decide_return", granted=True, note="改派")
    street.wait(hours=1)
    street.act("dispatcher", number, "dispatch", unit="新河社区")
    after = street.case(number)
    assert after.handle_due_at == due
    assert after.sign_due_at > sign_due
    assert (after.return_count, after.return_granted_count) == (1, 1)


def test_the_second_of_two_people_is_told_who_was_first(street: Street) -> None:
    number = street.register().number
    stale = street.case(number).version
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    from casetracker.services.commands.answering import Urge
    from casetracker.services.steps.oversight import urge_case

    with pytest.raises(Conflict) as conflict:
        urge_case(street.ctx("operator"), number, Urge(), version=stale)
    assert conflict.value.facts["who"] == "dispatcher先生"
    assert conflict.value.facts["action"] == "dispatch"


def test_another_unit_cannot_see_the_case(street: Street) -> None:
    number = street.worked("to_sign")
    with pytest.raises(NotFound):
        street.act("other_head", number, "sign_for")


def test_a_state_names_what_the_person_may_do_instead(street: Street) -> None:
    number = street.worked("to_sign")
    with pytest.raises(IllegalTransition) as refused:
        street.act("handler", number, "submit", result="resolved", text="好了")
    assert "sign_for" in refused.value.allowed
    assert "dispatch" not in refused.value.allowed
