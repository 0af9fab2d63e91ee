"""What the desk settles itself: answering, declining, grouping, referring, withdrawing."""

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput, NotPermitted
from casetracker.domain.vocabulary import Action, State
from casetracker.persistence.working import Reply
from casetracker.services.commands.answering import Evaluate
from casetracker.services.context import RESIDENT, Context
from casetracker.services.residents.public_reading import read_public
from casetracker.services.steps.follow_ups import evaluate_case
from tests.factories.street import Street


def test_a_question_answered_on_the_spot_is_replied_and_closed_but_never_dispatched(
    street: Street,
) -> None:
    number = street.register(kind="consult").number
    street.act("operator", number, "answer", text="带身份证到窗口办理", basis="办事指南第3条")
    case = street.case(number)
    assert case.state is State.CLOSED
    assert case.replied_at == street.now
    assert case.dispatched_at is None
    assert case.surveyable is False
    assert street.session.query(Reply).filter_by(case_id=case.id).one().reached_at == street.now


def test_only_a_question_can_be_answered_on_the_spot(street: Street) -> None:
    number = street.register(kind="complaint").number
    with pytest.raises(InvalidInput) as refused:
        street.act("operator", number, "answer", text="好的", basis="无")
    assert refused.value.problems == {"kind": "only_consultations"}


def test_whoever_registered_a_case_cannot_decline_it_alone(street: Street) -> None:
    number = street.register("operator").number
    body = {"reason": "statutory_channel", "text": "请向法院反映"}
    with pytest.raises(GuardRefused) as refused:
        street.act("operator", number, "decline", **body)
    assert refused.value.code == "two_people_needed"
    assert street.act("second_operator", number, "decline", **body).state is State.DECLINED


def test_a_grouped_case_keeps_its_number_and_the_other_counts_it(street: Street) -> None:
    first, second = street.register().number, street.register().number
    outcome = street.act("operator", second, "group", into=first, reason="同一路灯")
    assert outcome.state is State.GROUPED
    assert street.case(second).grouped_into_id == street.case(first).id
    assert street.case(first).repeat_count == 1


def test_a_case_cannot_be_grouped_into_itself_or_into_a_grouped_one(street: Street) -> None:
    first, second, third = (street.register().number for _ in range(3))
    street.act("operator", second, "group", into=first)
    for target in (third, second):
        with pytest.raises(InvalidInput) as refused:
            street.act("operator", third, "group", into=target)
        assert "into" in refused.value.problems


def test_a_case_closed_long_ago_takes_no_more_repeats(street: Street) -> None:
    old = street.worked("closed")
    street.wait(days=91)
    new = street.register().number
    with pytest.raises(InvalidInput) as refused:
        street.act("operator", new, "group", into=old)
    assert refused.value.problems == {"into": "closed_too_long_ago"}


def test_referring_needs_somebody_else_than_the_registrant(street: Street) -> None:
    number = street.register("dispatcher").number
    with pytest.raises(GuardRefused):
        street.act("dispatcher", number, "refer", to="district", text="已转区")
    other = street.register("operator").number
    assert (
        street.act("dispatcher", other, "refer", to="district", text="已转区").state == "referred"
    )


def test_a_withdrawn_case_leaves_no_clock_running(street: Street) -> None:
    number = street.worked("handling")
    outcome = street.act("operator", number, "withdraw", text="诉求人来电撤回")
    assert outcome.state is State.WITHDRAWN
    assert {line.status for line in outcome.due} <= {"met", "met_late", "ended"}


def test_reclassifying_keeps_before_and_after_and_the_running_date(street: Street) -> None:
    number = street.worked("handling")
    due = street.case(number).handle_due_at
    street.act("operator", number, "reclassify", kind="complaint", category="0203", reason="更正")
    case = street.case(number)
    assert (case.kind, case.category_id) == ("complaint", street.categories["0203"].id)
    assert case.handle_due_at == due
    with pytest.raises(InvalidInput):
        street.act("operator", number, "reclassify", kind="complaint", reason="没有改动")


def test_the_same_upstream_number_again_gives_the_case_that_is_there(street: Street) -> None:
    first = street.register(external_number="WH-2026-1")
    again = street.register(external_number="WH-2026-1", content="又导了一遍")
    assert again.number == first.number
    assert not again.created


def test_an_upstream_ticket_is_judged_by_its_own_limit(street: Street) -> None:
    registered = street.register(external_number="WH-2026-2", external_due_at="2026-03-20 18:00")
    outcome = street.act("dispatcher", registered.number, "dispatch", unit="东风社区")
    handle = next(line for line in outcome.due if line.limit == "handle")
    assert handle.due_at == "2026-03-20T18:00:00+08:00"
    assert handle.due_legal == "2026-03-09T23:59:59+08:00"


def test_the_upstream_platform_may_move_its_limit(street: Street) -> None:
    number = street.register(external_number="W3", external_due_at="2026-03-20 18:00").number
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    street.act("dispatcher", number, "extend_upstream", text="需鉴定")
    street.act(
        "dispatcher", number, "extend_upstream", text="上级同意", granted=True,
        new_due_at="2026-03-27 18:00",
    )  # fmt: skip
    assert street.case(number).handle_due_at.isoformat() == "2026-03-27T10:00:00+00:00"


def test_a_case_granted_back_upstream_is_referred(street: Street) -> None:
    number = street.register(external_number="W4").number
    street.act("dispatcher", number, "return_upstream", text="不在辖区")
    outcome = street.act("dispatcher", number, "return_upstream", text="上级同意", granted=True)
    assert outcome.state is State.REFERRED


def test_a_case_without_upstream_number_cannot_go_back_there(street: Street) -> None:
    number = street.register().number
    with pytest.raises(GuardRefused) as refused:
        street.act("dispatcher", number, "return_upstream", text="不在辖区")
    assert refused.value.code == "not_upstream"


def test_an_administrator_sees_no_case_and_registers_none(street: Street) -> None:
    with pytest.raises(NotPermitted):
        street.register("admin")


def test_everybody_of_a_grouped_matter_gets_the_reply_and_a_vote(street: Street) -> None:
    first = street.worked("handling")
    second = street.register(petitioner={"name": "李四", "phone": "13900000001"})
    street.act("operator", second.number, "group", into=first)
    street.add_evidence(first)
    text = "已修好,联系人张三13812345678。"
    street.act("handler", first, "submit", result="resolved", text=text)
    street.act("head", first, "approve")
    case = street.case(second.number)
    reply = street.session.query(Reply).filter_by(case_id=case.id).one()
    assert "13812345678" not in reply.text
    assert case.replied_at == street.now
    voice = Context(RESIDENT, street.now, door="portal", ip="10.0.0.2")
    vote = Evaluate(query_code=second.facts["query_code"], satisfaction="dissatisfied")
    assert evaluate_case(voice, second.number, vote).state is State.GROUPED
    assert street.case(second.number).satisfaction == "dissatisfied"


def test_a_case_grouped_into_an_answered_one_is_told_at_once(street: Street) -> None:
    first = street.worked("closed")
    second = street.register().number
    street.act("operator", second, "group", into=first)
    case = street.case(second)
    assert street.session.query(Reply).filter_by(case_id=case.id).count() == 1


def test_the_reply_reaches_those_whose_case_was_grouped_into_a_grouped_one(street: Street) -> None:
    first, second, third = (street.register().number for _ in range(3))
    street.act("operator", third, "group", into=second)
    street.act("operator", second, "group", into=first)
    street.act("dispatcher", first, "dispatch", unit="东风社区")
    street.act("handler", first, "sign_for")
    street.act("handler", first, "contact", outcome="reached")
    street.add_evidence(first)
    street.act("handler", first, "submit", result="resolved", text="已修好")
    street.act("head", first, "approve")
    assert street.case(second).replied_at == street.case(third).replied_at == street.now


def test_an_answer_on_the_spot_reaches_those_who_were_grouped(street: Street) -> None:
    first, second = (street.register(kind="consult").number for _ in range(2))
    street.act("operator", second, "group", into=first)
    street.act("operator", first, "answer", text="到期前三十日内办理", basis="《条例》第十条")
    assert street.case(second).replied_at == street.now


def test_what_is_settled_on_hold_reaches_those_who_were_grouped(street: Street) -> None:
    first = street.worked("handling")
    second = street.register().number
    street.act("operator", second, "group", into=first)
    street.act("head", first, "request_hold", text="待立项", plan="九月完工")
    street.act("deputy", first, "decide_hold", granted=True, note="同意")
    street.act("deputy", first, "release", settled=True, note="已完工", text="已全部完工")
    assert street.case(second).replied_at == street.now


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("decline", {"reason": "statutory_channel", "text": "请向区法院起诉。"}),
        ("refer", {"to": "district", "text": "请联系区水务局。"}),
    ],
)
def test_who_was_grouped_hears_where_the_matter_belongs(
    street: Street, action: str, body: dict[str, str]
) -> None:
    first, second, third = (street.register() for _ in range(3))
    street.act("operator", third.number, "group", into=second.number)
    street.act("operator", second.number, "group", into=first.number)
    street.act("dispatcher", first.number, action, **body)
    for child in (second, third):
        code = child.facts["query_code"]
        told = read_public(street.ctx("operator"), child.number, code).events[0]
        assert (told.action, told.text) == (Action.DIRECT_ON, body["text"])
        assert street.case(child.number).state is State.GROUPED


def test_nothing_is_grouped_into_a_case_that_will_never_be_answered(street: Street) -> None:
    gone, new = street.register().number, street.register().number
    street.act("operator", gone, "withdraw", text="诉求人撤回")
    with pytest.raises(InvalidInput) as refused:
        street.act("operator", new, "group", into=gone)
    assert "into" in refused.value.problems


def test_nobody_takes_back_a_matter_that_others_stand_behind(street: Street) -> None:
    first, second = street.register().number, street.register().number
    street.act("operator", second, "group", into=first)
    with pytest.raises(GuardRefused) as refused:
        street.act("operator", first, "withdraw", text="诉求人撤回")
    assert refused.value.code == "others_grouped_in"
    assert street.case(first).state is State.TO_DISPATCH
