"""Working on a case: contact, co-units, extension, hold, supervision, appeal."""

from datetime import timedelta

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput, NotPermitted
from casetracker.domain.vocabulary import State
from casetracker.persistence.working import DecisionRequest
from tests.factories.street import Street


def running(street: Street, number: str) -> dict[str, str]:
    """Limit → due date of the clocks that run."""
    outcome = street.act("operator", number, "urge")
    return {line.limit: line.due_at for line in outcome.due if line.status == "running"}


def test_two_failed_calls_in_different_hours_count_as_contact(street: Street) -> None:
    number = street.worked("signed")
    first = street.act("handler", number, "contact", outcome="no_answer")
    assert first.facts["contacted"] is False
    street.wait(minutes=10)
    again = street.act("handler", number, "contact", outcome="no_answer")
    assert again.facts["contacted"] is False, "ten minutes later is the same hour"
    street.wait(hours=2)
    later = street.act("handler", number, "contact", outcome="no_answer")
    assert later.facts["contacted"] is True


def test_a_reply_needs_contact_and_evidence(street: Street) -> None:
    number = street.worked("signed")
    body = {"result": "resolved", "text": "修好了"}
    with pytest.raises(GuardRefused) as refused:
        street.act("handler", number, "submit", **body)
    assert refused.value.code == "contact_first"
    street.act("handler", number, "contact", outcome="reached")
    with pytest.raises(GuardRefused) as refused:
        street.act("handler", number, "submit", **body)
    assert refused.value.code == "evidence_needed"
    street.add_evidence(number)
    assert street.act("handler", number, "submit", **body).state is State.TO_REVIEW


def test_nobody_approves_their_own_reply(street: Street) -> None:
    number = street.worked("handling")
    street.add_evidence(number)
    street.act("head", number, "submit", result="resolved", text="修好了")
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "approve")
    assert refused.value.code == "own_submission"
    assert street.act("deputy", number, "approve").state is State.TO_FOLLOW_UP


def test_an_important_case_is_signed_by_a_leader(street: Street) -> None:
    number = street.worked("to_review", important=True)
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "approve")
    assert refused.value.code == "leader_must_sign"
    assert street.act("leader", number, "approve").state is State.TO_FOLLOW_UP


def test_a_reply_copied_from_an_earlier_case_of_the_same_resident_is_refused(
    street: Street,
) -> None:
    first = street.worked("closed")
    from casetracker.persistence.working import Reply

    text = street.session.query(Reply).filter_by(case_id=street.case(first).id).one().text
    second = street.worked("handling")
    street.add_evidence(second)
    with pytest.raises(InvalidInput) as refused:
        street.act("handler", second, "submit", result="resolved", text=f" {text} ")
    assert refused.value.problems == {"text": "same_reply_before"}


def test_a_reply_sent_back_keeps_the_handling_clock_running(street: Street) -> None:
    number = street.worked("to_review")
    outcome = street.act("head", number, "send_back", note="请补照片")
    assert outcome.state is State.HANDLING
    assert "handle" in running(street, number)


def test_an_extension_counts_from_the_old_due_date_in_working_days(street: Street) -> None:
    number = street.worked("handling")
    assert running(street, number)["handle"].startswith("2026-03-09")
    body = {"days": 5, "reason": "construction_period", "text": "施工"}
    street.act("handler", number, "request_extension", **body)
    with pytest.raises(GuardRefused):
        street.act("handler", number, "request_extension", **body)
    street.act("deputy", number, "decide_extension", granted=True, note="同意")
    assert running(street, number)["handle"].startswith("2026-03-16")


def test_extensions_stop_at_the_cap(street: Street) -> None:
    number = street.worked("handling")
    body = {"reason": "construction_period", "text": "施工"}
    with pytest.raises(InvalidInput) as refused:
        street.act("handler", number, "request_extension", days=11, **body)
    assert refused.value.problems == {"days": "beyond_cap"}


def test_an_extension_is_not_asked_for_after_the_due_date(street: Street) -> None:
    number = street.worked("handling")
    street.wait(days=8)
    with pytest.raises(GuardRefused) as refused:
        street.act("handler", number, "request_extension", days=1, reason="party_cause", text="x")
    assert refused.value.code == "after_due"


def test_a_return_is_not_asked_for_after_its_window(street: Street) -> None:
    number = street.worked("to_sign")
    street.wait(days=2)
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "request_return", reason="not_our_area", basis="x")
    assert refused.value.code == "return_window_closed"


def test_hold_freezes_the_handling_clock_and_release_gives_the_days_back(street: Street) -> None:
    number = street.worked("handling")
    street.act("head", number, "request_hold", text="待立项", plan="九月完工")
    assert street.act("deputy", number, "decide_hold", granted=True, note="同意").state == "on_hold"
    assert set(running(street, number)) == {"park_review"}
    street.wait(days=14)
    outcome = street.act("deputy", number, "release", settled=False, note="进场")
    assert outcome.state is State.HANDLING
    handle = next(line for line in outcome.due if line.limit == "handle")
    assert handle.due_at.startswith("2026-03-20"), "all five days were still left on 16 March"


def test_an_assisting_unit_has_its_own_clock_one_working_day_before_the_main_one(
    street: Street,
) -> None:
    number = street.worked("handling")
    street.act("handler", number, "assist", units=["新河社区"], request="协助清理")
    clocks = running(street, number)
    assert clocks["handle"].startswith("2026-03-09")
    assert clocks["assist"].startswith("2026-03-06")
    street.act("other_handler", number, "assist_report", text="已清理")
    assert "assist" not in running(street, number)


def test_an_assisting_unit_answers_once_and_cannot_take_the_lead_units_steps(
    street: Street,
) -> None:
    number = street.worked("handling")
    street.act("handler", number, "whistle", units=["新河社区"], request="请到场")
    body = {"days": 1, "reason": "party_cause", "text": "x"}
    with pytest.raises(NotPermitted):
        street.act("other_handler", number, "request_extension", **body)
    street.act("other_handler", number, "assist_report", text="已到场")
    with pytest.raises(GuardRefused) as refused:
        street.act("other_handler", number, "assist_report", text="再报")
    assert refused.value.code == "not_invited"


def test_a_supervision_order_has_a_number_and_is_closed_after_feedback(street: Street) -> None:
    number = street.worked("handling")
    issued = street.act("supervisor", number, "supervise", trigger="overdue", requirement="尽快")
    assert issued.facts["order"] == "DB2026-0001"
    assert running(street, number)["supervise"].startswith("2026-03-09")
    with pytest.raises(GuardRefused) as refused:
        street.act("supervisor", number, "supervise_report", text="好", accepted=True)
    assert refused.value.code == "no_feedback_yet"
    street.act("head", number, "supervise_report", text="已办理")
    street.act("supervisor", number, "supervise_report", text="销号", accepted=True)
    assert "supervise" not in running(street, number)


def test_an_appeal_comes_too_late_after_its_window(street: Street) -> None:
    number = street.worked("closed")
    street.wait(days=11)
    with pytest.raises(GuardRefused) as refused:
        street.act("head", number, "appeal", text="x")
    assert refused.value.code == "appeal_window_closed"
    assert street.act("operator", number, "archive").state is State.ARCHIVED


def test_an_urgent_case_must_be_contacted_within_two_natural_hours(street: Street) -> None:
    number = street.register(urgency="urgent").number
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    due = street.case(number).contact_due_at
    assert due - street.now == timedelta(hours=2)


def test_release_goes_back_to_where_the_case_stood(street: Street) -> None:
    unsigned = street.worked("to_sign")
    street.act("head", unsigned, "request_hold", text="待立项", plan="九月完工")
    street.act("deputy", unsigned, "decide_hold", granted=True, note="同意")
    outcome = street.act("deputy", unsigned, "release", settled=False, note="进场")
    assert outcome.state is State.TO_SIGN


def test_while_on_hold_nothing_is_due_in_the_rates(street: Street) -> None:
    number = street.worked("handling")
    street.act("head", number, "request_hold", text="待立项", plan="九月完工")
    street.act("deputy", number, "decide_hold", granted=True, note="同意")
    assert street.case(number).handle_due_at is None


def test_a_pending_extension_lapses_when_the_reply_goes_out(street: Street) -> None:
    number = street.worked("handling")
    body = {"days": 2, "reason": "party_cause", "text": "x"}
    street.act("handler", number, "request_extension", **body)
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="修好了")
    street.act("head", number, "approve")
    case = street.case(number)
    request = street.session.query(DecisionRequest).filter_by(case_id=case.id).one()
    assert request.status == "lapsed"


def test_a_declined_case_is_due_to_nobody(street: Street) -> None:
    number = street.register().number
    assert street.case(number).handle_due_at is not None
    street.act("second_operator", number, "decline", reason="beyond_powers", text="请向区里反映")
    assert street.case(number).handle_due_at is None


def test_a_case_is_not_archived_while_the_resident_may_still_answer(street: Street) -> None:
    number = street.worked("to_follow_up")
    for _ in range(3):
        street.act("caller", number, "follow_up", validity="no_answer")
        street.wait(hours=2)
    street.wait(days=11)
    with pytest.raises(GuardRefused) as refused:
        street.act("operator", number, "archive")
    assert refused.value.code == "afterwords_open"
    street.wait(days=20)
    assert street.act("operator", number, "archive").state is State.ARCHIVED


def test_a_case_on_hold_can_be_released_after_the_machines_clock_was_set_back(
    street: Street,
) -> None:
    number = street.worked("handling")
    due = street.case(number).handle_due_at
    street.act("head", number, "request_hold", text="待立项", plan="九月完工")
    street.act("deputy", number, "decide_hold", granted=True, note="同意")
    street.wait(hours=-1)
    outcome = street.act("deputy", number, "release", settled=False, note="进场")
    assert outcome.state is State.HANDLING
    assert street.case(number).handle_due_at == due


def test_calls_of_the_unit_before_are_no_contact_of_the_unit_now(street: Street) -> None:
    number = street.worked("signed")
    for _ in range(2):
        street.act("handler", number, "contact", outcome="no_answer")
        street.wait(hours=1)
    street.act("head", number, "request_return", reason="not_our_area", basis="不在辖区")
    street.act("dispatcher", number, "decide_return", granted=True, note="改派")
    street.act("dispatcher", number, "dispatch", unit="新河社区")
    street.act("other_handler", number, "sign_for")
    street.add_evidence(number)
    with pytest.raises(GuardRefused) as refused:
        street.act("other_handler", number, "submit", result="resolved", text="修好了")
    assert refused.value.code == "contact_first"


def test_an_appeal_lapses_where_no_verdict_can_follow(street: Street) -> None:
    number = street.worked("to_follow_up")
    street.act("head", number, "appeal", text="诉求超出政策")
    street.act("operator", number, "withdraw", text="诉求人撤回")
    case = street.case(number)
    request = street.session.query(DecisionRequest).filter_by(case_id=case.id).one()
    assert request.status == "lapsed"


def test_the_due_second_itself_is_still_in_time(street: Street) -> None:
    body = {"days": 2, "reason": "party_cause", "text": "约定"}
    late, punctual = street.worked("handling"), street.worked("handling")
    street.now = street.case(punctual).handle_due_at
    street.act("handler", punctual, "request_extension", **body)
    street.add_evidence(punctual)
    street.act("handler", punctual, "submit", result="resolved", text="按时修好")
    done = street.act("head", punctual, "approve")
    assert {line.limit: line.status for line in done.due}["handle"] == "met"
    street.wait(seconds=1)
    with pytest.raises(GuardRefused) as refused:
        street.act("handler", late, "request_extension", **body)
    assert refused.value.code == "after_due"
