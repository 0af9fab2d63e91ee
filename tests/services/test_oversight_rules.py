"""The watch of the rules: found once, settled by an order, lapsing by itself, issued by rule."""

import pytest
from sqlalchemy import select

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, NotPermitted
from casetracker.domain.oversight_vocabulary import RuleMode, SuggestionStatus
from casetracker.domain.vocabulary import SuperviseLevel, SuperviseTrigger
from casetracker.persistence.oversight import OversightSuggestion
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.commands.oversight import DismissSuggestion, SetOversightRule
from casetracker.services.context import SYSTEM, Context
from casetracker.services.oversight.rule_book import find_rule, set_rule
from casetracker.services.oversight.suggestions import dismiss_suggestion, suggestions
from casetracker.services.oversight.watching import watch

T, S = SuperviseTrigger, SuggestionStatus


def system(street):
    return Context(SYSTEM, street.now, door="worker")


def watched(street):
    return watch(system(street))


def waiting(street):
    return [(one.number, one.trigger) for one in suggestions(street.ctx("supervisor")).rows]


def set_to(street, code, **facts):
    command = SetOversightRule.model_validate(
        {"is_on": True, "effective_from": local_date(street.now), **facts}
    )
    set_rule(street.ctx("admin"), code, command)


def orders(street):
    street.session.expire_all()
    return list(street.session.scalars(select(SupervisionOrder).order_by(SupervisionOrder.id)))


def test_a_quiet_case_is_brought_up_at_half_time_and_lapses_with_the_first_record(street):
    number = street.worked("signed")
    watched(street)
    assert waiting(street) == []
    street.wait(days=3)
    watched(street)
    [one] = suggestions(street.ctx("supervisor")).rows
    assert one.reason == "办理时限已过半（3/5 个工作日），没有办理记录"
    assert (one.number, one.level, one.unit) == (number, SuperviseLevel.PHONE, "东风社区")
    street.act("handler", number, "contact", outcome="reached")
    watched(street)
    assert waiting(street) == []
    assert suggestions(street.ctx("supervisor"), S.LAPSED).total == 1


def test_looking_again_finds_nothing_twice_and_costs_nothing(street, count_queries):
    street.worked("signed")
    street.wait(days=3)
    assert watched(street).cases == 1
    with count_queries() as again:
        assert watched(street).cases == 0
    assert len(again) <= 6
    assert suggestions(street.ctx("supervisor")).total == 1


def test_an_outage_steps_over_nothing(street):
    street.worked("signed")
    street.wait(days=30)
    watched(street)
    assert [trigger for _, trigger in waiting(street)] == [T.OVERDUE]


def test_an_order_settles_what_was_found_for_the_same_reason(street):
    number = street.worked("signed")
    street.wait(days=30)
    watched(street)
    [one] = suggestions(street.ctx("supervisor")).rows
    done = street.act(
        "supervisor", number, "supervise", trigger=one.trigger, level=one.level,
        requirement=one.requirement, unit=one.unit_code,
    )  # fmt: skip
    [decided] = suggestions(street.ctx("supervisor"), S.ISSUED).rows
    assert (decided.order, decided.decided_by) == (done.facts["order"], "supervisor先生")
    watched(street)
    assert waiting(street) == []


def test_what_was_put_aside_with_a_reason_is_not_brought_up_again(street):
    street.worked("signed")
    street.wait(days=30)
    watched(street)
    [one] = suggestions(street.ctx("supervisor")).rows
    command = DismissSuggestion(reason="已电话核实，明日办结")
    with pytest.raises(NotPermitted):
        dismiss_suggestion(street.ctx("head"), one.id, command)
    dismiss_suggestion(street.ctx("supervisor"), one.id, command)
    with pytest.raises(GuardRefused, match="suggestion_decided"):
        dismiss_suggestion(street.ctx("supervisor"), one.id, command)
    street.wait(days=5)
    watched(street)
    assert waiting(street) == []
    assert suggestions(street.ctx("supervisor"), S.DISMISSED).rows[0].because == command.reason


def test_a_rule_that_issues_writes_one_order_in_office_hours(street):
    set_to(street, "overdue", mode=RuleMode.ISSUE, first=0)
    number = street.worked("signed")
    street.wait(days=13, hours=14)  # half past eleven at night
    assert watched(street).issued == 0
    street.wait(hours=10)
    assert watched(street).issued == 1
    assert watched(street).issued == 0
    [order] = orders(street)
    assert (order.trigger, order.level, order.issued_by) == (T.OVERDUE, SuperviseLevel.NOTICE, None)
    assert "至今未答复。该事项已超期" in order.requirement
    street.act("head", number, "supervise_report", text="正在办理")
    street.act("supervisor", number, "supervise_report", text="同意", accepted=True)
    watched(street)
    assert len(orders(street)) == 1


def test_switching_a_rule_has_open_cases_looked_at_from_its_day(street):
    street.worked("signed")
    set_to(street, "half_time_no_record", is_on=False)
    street.wait(days=3)
    watched(street)
    assert waiting(street) == []
    tomorrow = local_date(street.now).replace(day=6)
    set_to(street, "half_time_no_record", effective_from=tomorrow)
    watched(street)
    assert waiting(street) == []
    street.wait(days=1)
    watched(street)
    assert [trigger for _, trigger in waiting(street)] == [T.HALF_TIME_NO_RECORD]
    assert len(find_rule(street.ctx("admin"), "half_time_no_record").dated) == 2


def test_an_assisting_unit_that_is_late_is_pressed_itself(street):
    number = street.worked("signed")
    street.act("handler", number, "assist", units=["新河社区"], request="请到场")
    street.act("handler", number, "log", text="已到场")
    set_to(street, "assist_late", mode=RuleMode.ISSUE, first=0)
    set_to(street, "overdue", is_on=False)
    street.wait(days=14)
    assert watched(street).issued == 1
    [order] = orders(street)
    assert order.unit_id == street.units["xinhe"].id
    street.act("other_head", number, "supervise_report", text="已到场处置")


def test_a_sealed_case_is_looked_at_by_nobody(street):
    number = street.worked("signed")
    street.wait(days=3)
    watched(street)
    street.act("dispatcher", number, "transfer_confidential", reason="检举控告")
    watched(street)
    assert street.session.scalars(select(OversightSuggestion)).all() == []
    assert street.case(number).watch_at is None


def test_more_open_cases_cost_no_more_statements(street, count_queries):
    def statements():
        street.wait(minutes=1)
        with count_queries() as made:
            watched(street)
        return len(made)

    street.worked("signed")
    few = statements()
    for _ in range(4):
        street.worked("signed")
    assert statements() == few


def test_the_same_words_for_several_residents_call_for_a_look(street):
    for place in range(3):
        person = {"name": "张三", "phone": f"1381234567{place}"}
        number = street.worked("handling", petitioner=person)
        street.add_evidence(number)
        street.act("handler", number, "submit", result="resolved", text="已修好,请放心。")
        street.act("head", number, "approve", via="phone")
        watched(street)
    assert waiting(street) == [(number, T.FRAUD)]
    assert "3 件以同一措辞答复" in suggestions(street.ctx("supervisor")).rows[0].reason


def test_who_is_called_to_assist_late_has_until_the_next_working_day(street):
    number = street.worked("signed")
    street.wait(days=11)  # a Friday, and the main limit is over
    street.act("handler", number, "assist", units=["新河社区"], request="请到场")
    watched(street)
    assert T.ASSIST_LATE not in [trigger for _, trigger in waiting(street)]
    street.wait(days=3)
    set_to(street, "assist_late", first=0)
    watched(street)
    assert T.ASSIST_LATE not in [trigger for _, trigger in waiting(street)]
    street.wait(days=1)
    watched(street)
    assert T.ASSIST_LATE in [trigger for _, trigger in waiting(street)]
