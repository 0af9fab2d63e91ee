"""A petition from the letter to the end of its procedure, with what stops which limit."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, IllegalTransition, InvalidInput, NotPermitted
from casetracker.domain.vocabulary import ClockStatus, State
from casetracker.persistence.clock import Clock
from casetracker.services.context import Context
from casetracker.services.verifying.running import verify
from tests.factories.petitions import (
    OPINION,
    assign,
    classify,
    draft,
    petition,
    row_of,
    serve,
    worked,
)
from tests.factories.street import Street


def clock(street: Street, number: str, code: str) -> Clock:
    """The latest clock of that limit."""
    case = street.case(number)
    query = select(Clock).where(Clock.case_id == case.id, Clock.limit_code == code)
    found = street.session.scalars(query.order_by(Clock.id.desc())).first()
    assert found is not None, f"no {code}"
    return found


def findings(street: Street) -> list[str]:
    ctx = Context(street.people["admin"], street.now)
    return [f"{f.case} {f.kind} {f.detail}" for _, f in verify(ctx) if f is not None]


def test_a_petition_goes_from_the_letter_to_the_end_of_the_procedure(street: Street) -> None:
    number = worked(street, "archived")
    assert street.case(number).state is State.ARCHIVED
    row = row_of(street, number)
    assert row.concluded_at is not None
    assert row.settled_at is None, "an ended procedure is not a settled matter"
    assert findings(street) == []


def test_only_the_served_notice_stops_the_fifteen_days(street: Street) -> None:
    number = worked(street, "accepted")
    assert clock(street, number, "notify15").status is ClockStatus.RUNNING
    serve(street, number)
    assert clock(street, number, "notify15").status is ClockStatus.MET
    assert row_of(street, number).notified_at == street.now


def test_a_notice_served_late_is_late_by_its_receipt_and_not_by_its_entry(street: Street) -> None:
    on_time, late = worked(street, "accepted"), worked(street, "accepted")
    due = clock(street, on_time, "notify15").due_at
    street.wait(days=20)
    serve(street, on_time, served_at=datetime(2026, 3, 10, 2, tzinfo=UTC).isoformat())
    serve(street, late)
    assert clock(street, on_time, "notify15").status is ClockStatus.MET
    assert clock(street, late, "notify15").status is ClockStatus.MET_LATE
    assert due < street.now


def test_sixty_days_run_from_acceptance_to_service_of_the_opinion(street: Street) -> None:
    number = worked(street, "to_serve")
    handle = clock(street, number, "handle60")
    assert handle.status is ClockStatus.RUNNING
    assert street.case(number).handle_due_at == handle.due_at
    street.wait(days=3)
    serve(street, number)
    assert clock(street, number, "handle60").status is ClockStatus.MET
    case = street.case(number)
    assert (case.state, case.is_open) == (State.SERVED, False)
    assert case.replied_at == case.closed_at == street.now


def test_what_the_opinion_supports_is_seen_through(street: Street) -> None:
    number = worked(street, "handling")
    draft(street, number, outcome="supported", execute_by="2026-06-30")
    street.act("adviser", number, "legal_check", granted=True, note="同意")
    street.act("leader", number, "sign_off", granted=True)
    serve(street, number)
    case = street.case(number)
    assert case.state is State.EXECUTING
    assert local_date(clock(street, number, "execute").due_at).isoformat() == "2026-06-30"
    street.act("handler", number, "execute", text="完成一半")
    assert street.case(number).state is State.EXECUTING
    street.act("handler", number, "execute", text="全部完成", done=True)
    assert street.case(number).state is State.SERVED
    assert clock(street, number, "execute").status is ClockStatus.MET
    assert findings(street) == []


def test_a_suggestion_has_no_sixty_days_and_is_answered_without_a_legal_check(
    street: Street,
) -> None:
    number = petition(street, kind="suggestion").number
    classify(street, number, petition_class="suggestion", subroute=None)
    with pytest.raises(GuardRefused) as refused:
        street.act("clerk", number, "accept")
    assert refused.value.code == "not_subroute_six"
    assign(street, number)
    draft(street, number, outcome=None, advice="adopted")
    assert street.case(number).state is State.TO_SIGN_OFF
    street.act("deputy", number, "sign_off", granted=True)
    assert serve(street, number).facts["paper"] == "reply"
    assert clock(street, number, "suggest30").status is ClockStatus.MET
    assert findings(street) == []


def test_the_simple_procedure_has_ten_working_days(street: Street) -> None:
    number = worked(street, "classified")
    street.act("clerk", number, "accept", simple=True)
    assert local_date(clock(street, number, "simple10").due_at).isoformat() == "2026-03-16"


@pytest.mark.parametrize(
    ("action", "body", "state"),
    [
        ("forward", {"organ": "区住更局", "text": "转送区住更局。"}, State.FORWARDED),
        (
            "forward",
            {"organ": "区住更局", "text": "请办理。", "report_due_on": "2026-04-10"},
            State.AWAITING_REPORT,
        ),
        ("decline", {"reason": "not_ours", "organ": "区法院", "text": "请向法院。"}, State.REFUSED),
    ],
)
def test_what_is_not_handled_here_is_over_only_when_the_petitioner_was_told(
    street: Street, action: str, body: dict[str, str], state: State
) -> None:
    number = worked(street, "classified")
    street.act("second_clerk", number, action, **body)
    assert street.case(number).state is State.TO_NOTIFY
    assert clock(street, number, "notify15").status is ClockStatus.RUNNING
    serve(street, number)
    assert street.case(number).state is state
    assert clock(street, number, "notify15").status is ClockStatus.MET
    assert findings(street) == []


def test_an_assignment_from_above_has_a_date_and_ends_with_its_report(street: Street) -> None:
    number = worked(street, "classified")
    street.act("clerk", number, "forward", organ="区局", text="请办", report_due_on="2026-04-10")
    serve(street, number)
    assert local_date(clock(street, number, "assign_due").due_at).isoformat() == "2026-04-10"
    street.act("clerk", number, "conclude", text="区局已报告办理结果。")
    assert clock(street, number, "assign_due").status is ClockStatus.MET


def test_a_matter_of_another_procedure_is_led_there_and_not_accepted(street: Street) -> None:
    number = petition(street).number
    classify(street, number, subroute="2")
    with pytest.raises(GuardRefused):
        street.act("clerk", number, "accept")
    street.act("clerk", number, "redirect", organ="区仲裁委", text="请申请仲裁。")
    serve(street, number)
    assert street.case(number).state is State.REDIRECTED


def test_whoever_registered_a_petition_may_not_refuse_it_alone(street: Street) -> None:
    number = worked(street, "classified")
    body = {"reason": "not_ours", "organ": "区法院", "text": "请向法院。"}
    with pytest.raises(GuardRefused) as refused:
        street.act("clerk", number, "decline", **body)
    assert refused.value.code == "two_people_needed"


def test_a_refusal_names_the_organ_to_go_to(street: Street) -> None:
    number = worked(street, "classified")
    with pytest.raises(InvalidInput) as refused:
        street.act("second_clerk", number, "decline", reason="not_ours", text="不属于本机关。")
    assert refused.value.problems == {"organ": "required"}


def test_an_objection_within_five_working_days_hands_the_matter_back_once_granted(
    street: Street,
) -> None:
    number = petition(
        street, channel="forwarded", petition={"sender": "区信访局", "sent_on": "2026-03-01"}
    ).number
    assert local_date(clock(street, number, "objection5").due_at).isoformat() == "2026-03-09"
    street.act("clerk", number, "raise_objection", reason="属区交通运输局管养。")
    assert clock(street, number, "objection5").status is ClockStatus.MET
    assert clock(street, number, "notify15").status is ClockStatus.RUNNING
    street.act("clerk", number, "decide_objection", granted=True, text="同意退回。")
    assert street.case(number).state is State.REFERRED
    assert findings(street) == []


def test_a_refused_objection_keeps_the_first_date_of_the_notice(street: Street) -> None:
    number = petition(street, channel="forwarded", petition={"sender": "区信访局"}).number
    due = clock(street, number, "notify15").due_at
    street.act("clerk", number, "raise_objection", reason="不属本街道。")
    street.wait(days=3)
    street.act("clerk", number, "decide_objection", granted=False, text="属你街道。")
    assert street.case(number).state is State.REGISTERED
    assert clock(street, number, "notify15").due_at == due


def test_an_objection_after_the_window_is_refused_with_its_article(street: Street) -> None:
    number = petition(street, channel="forwarded", petition={"sender": "区信访局"}).number
    street.wait(days=9)
    with pytest.raises(GuardRefused) as refused:
        street.act("clerk", number, "raise_objection", reason="不属本街道。")
    assert refused.value.code == "objection_too_late"


def test_only_the_head_of_the_organ_extends_and_by_thirty_days_at_most(street: Street) -> None:
    number = worked(street, "handling")
    before = clock(street, number, "handle60")
    raw = before.due_raw
    with pytest.raises(InvalidInput):
        street.act("handler", number, "request_extension", days=31, reason="expert_opinion",
                   text="需鉴定")  # fmt: skip
    street.act("handler", number, "request_extension", days=30, reason="expert_opinion",
               text="需鉴定")  # fmt: skip
    with pytest.raises(NotPermitted):
        street.act("deputy", number, "decide_extension", granted=True, note="同意")
    street.act("leader", number, "decide_extension", granted=True, note="同意")
    after = clock(street, number, "handle60")
    assert (local_date(after.due_raw) - local_date(raw)).days == 30
    assert findings(street) == []


def test_a_review_asked_on_the_last_day_counts_even_if_it_is_entered_later(street: Street) -> None:
    number = worked(street, "served")
    last = clock(street, number, "req_review30").due_at
    street.wait(days=40)
    outcome = street.act("clerk", number, "request_review", requested_at=last.isoformat())
    assert outcome.facts["late"] is False
    assert clock(street, number, "review30").started_at == last


def test_a_late_review_is_taken_and_marked_where_the_region_does_not_close_it(
    street: Street,
) -> None:
    number = worked(street, "served")
    street.wait(days=40)
    assert street.act("clerk", number, "request_review").facts["late"] is True
    assert street.case(number).state is State.IN_REVIEW


def test_what_is_ordered_anew_may_not_come_out_the_same(street: Street) -> None:
    number = worked(street, "in_review")
    street.act("clerk", number, "decide_review", outcome="rehandle", text="事实不清，重新办理。")
    case = street.case(number)
    assert (case.state, case.round, case.is_open) == (State.HANDLING, 2, True)
    assert case.closed_at is None
    assert clock(street, number, "handle60").status is ClockStatus.RUNNING
    with pytest.raises(InvalidInput) as refused:
        draft(street, number)
    assert refused.value.problems == {"opinion": "same_as_before"}
    draft(
        street, number, opinion="经重新调查，原认定不当，物业公司应于月底前完成全部维修并赔偿损失。"
    )
    street.act("adviser", number, "legal_check", granted=True, note="同意")
    with pytest.raises(GuardRefused) as must:
        street.act("deputy", number, "sign_off", granted=True)
    assert must.value.code == "leader_must_sign"
    street.act("leader", number, "sign_off", granted=True)
    serve(street, number)
    assert street.case(number).state is State.SERVED
    assert findings(street) == []


def test_a_hearing_during_the_final_review_is_not_counted(street: Street) -> None:
    number = worked(street, "in_final_review")
    before = clock(street, number, "rereview30").due_raw
    street.wait(days=10)
    street.act(
        "clerk", number, "log", text="听证三日。", kind="hearing",
        began_at=datetime(2026, 3, 5, 1, tzinfo=UTC).isoformat(),
        ended_at=datetime(2026, 3, 8, 1, tzinfo=UTC).isoformat(),
    )  # fmt: skip
    after = clock(street, number, "rereview30").due_raw
    assert (local_date(after) - local_date(before)).days == 3


def test_nobody_checks_or_signs_what_they_drafted(street: Street) -> None:
    number = worked(street, "to_check")
    with pytest.raises(NotPermitted):
        street.act("clerk", number, "legal_check", granted=True, note="同意")
    street.act("adviser", number, "legal_check", granted=False, note="依据不足")
    assert street.case(number).state is State.HANDLING


def test_the_unit_complained_of_is_not_given_the_matter(street: Street) -> None:
    number = petition(street, petition={"against_unit": "东风社区"}).number
    classify(street, number)
    street.act("clerk", number, "accept")
    with pytest.raises(InvalidInput) as refused:
        assign(street, number)
    assert refused.value.problems == {"unit": "complained_of"}
    assign(street, number, unit="新河社区", handler="other_handler")


def test_whoever_must_keep_out_of_it_cannot_handle_it(street: Street) -> None:
    number = worked(street, "notified")
    with pytest.raises(InvalidInput):
        assign(street, number, recused="handler", recusal_reason="与信访人是亲属")
    assign(street, number, handler=None, recused="handler", recusal_reason="与信访人是亲属")
    with pytest.raises(GuardRefused) as refused:
        draft(street, number)
    assert refused.value.code == "recused"


def test_settled_is_found_by_two_people_and_is_not_the_end_of_the_procedure(street: Street) -> None:
    number = worked(street, "served")
    street.act("clerk", number, "mark_settled", text="签署息诉承诺。")
    street.act("deputy", number, "mark_settled", granted=True, text="回访属实。")
    assert row_of(street, number).settled_at is not None
    assert street.case(number).state is State.SERVED
    assert findings(street) == []


def test_a_matter_that_was_finally_reviewed_is_not_accepted_again(street: Street) -> None:
    first = worked(street, "concluded")
    number = worked(street, "classified")
    body = {"prior": first, "text": "事实和理由相同。"}
    street.act("second_clerk", number, "refuse_again", **body)
    serve(street, number)
    case = street.case(number)
    assert case.state is State.REFUSED_AGAIN
    assert case.repeat_of_id == street.case(first).id


def test_not_accepted_again_needs_a_final_review_before(street: Street) -> None:
    first, number = worked(street, "served"), worked(street, "classified")
    with pytest.raises(InvalidInput) as refused:
        street.act("second_clerk", number, "refuse_again", prior=first, text="相同")
    assert refused.value.problems == {"prior": "final_review_needed"}


def test_a_step_the_state_does_not_know_names_what_it_does(street: Street) -> None:
    number = worked(street, "registered")
    with pytest.raises(IllegalTransition) as refused:
        street.act("clerk", number, "draft", **OPINION)
    assert "classify" in refused.value.allowed


def test_no_notice_is_owed_to_somebody_without_name_or_address(street: Street) -> None:
    known = petition(street, petitioner={"name": "李四", "phone": "13812345678"}).number
    unknown = petition(street, petitioner={}).number
    for number in (known, unknown):
        classify(street, number)
        street.act("clerk", number, "accept")
    with pytest.raises(InvalidInput) as refused:
        serve(street, known, method="not_owed", receiver="无")
    assert refused.value.problems == {"method": "notice_is_owed"}
    serve(street, unknown, method="not_owed", receiver="无")
    assert clock(street, unknown, "notify15").status is ClockStatus.MET


def test_a_duty_with_a_limit_of_its_own_statute_runs_by_that_one(street: Street) -> None:
    number = petition(street).number
    classify(street, number, subroute="5")
    assign(street, number, due_on="2026-03-20")
    assert local_date(clock(street, number, "duty_due").due_at).isoformat() == "2026-03-20"
    assert street.case(number).handle_due_at == clock(street, number, "duty_due").due_at
    draft(street, number)
    street.act("deputy", number, "sign_off", granted=True)
    serve(street, number)
    assert clock(street, number, "duty_due").status is ClockStatus.MET
    assert findings(street) == []


def test_a_hotline_case_that_turns_into_a_petition_is_linked_and_counted_once(
    street: Street,
) -> None:
    old = street.worked("signed")
    body = {"to": "petition", "text": "您的诉求属信访事项，已转信访部门登记。"}
    number = street.act("dispatcher", old, "refer", **body).facts["petition"]
    assert street.case(old).state is State.REFERRED
    new = street.case(number)
    assert (new.state, new.content) == (State.REGISTERED, street.case(old).content)
    assert row_of(street, number).from_hotline_id == street.case(old).id
    assert new.query_code_hash == street.case(old).query_code_hash
    assert findings(street) == []
