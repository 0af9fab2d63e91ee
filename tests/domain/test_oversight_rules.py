"""The triggers of supervision: what each finds, from when, and that nothing is brought up twice."""

from datetime import UTC, datetime, timedelta

import pytest

from casetracker.domain.days import OFFICE
from casetracker.domain.oversight.ladder import level_by_rule, next_level
from casetracker.domain.oversight.looking import look
from casetracker.domain.oversight.rule import RuleInForce, rule_in_force
from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.domain.oversight.watched import Happened, Moment, RunningLimit, Watched
from casetracker.domain.oversight_vocabulary import RuleMode
from casetracker.domain.vocabulary import Channel, State, SuperviseLevel, SuperviseTrigger
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.labels.oversight_reasons import reason_words
from tests.calendars import published_year

T, L = SuperviseTrigger, SuperviseLevel
CALENDAR = WorkingCalendar({2026: published_year(2026)})
MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
FRIDAY_EVENING = datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
EVERY_RULE = {
    trigger: rule_in_force(row, MONDAY.date()) for trigger, row in TRIGGERS.items() if row.is_on
}


def case(**facts):
    return Watched(**{"case_id": 1, "state": State.HANDLING, "channel": Channel.CALL, **facts})


def five_days(code="handle", unit=7):
    """A limit from Monday to the Monday after: five working days."""
    return RunningLimit(11, code, unit, MONDAY, FRIDAY_EVENING)


def seen(watched, at, rules=EVERY_RULE):
    return look(watched, rules, Moment(at, CALENDAR, OFFICE))


def found(watched, at, rules=EVERY_RULE):
    return [one.trigger for one in seen(watched, at, rules).found]


def opening(day):
    return datetime(2026, 3, day, 1, 0, tzinfo=UTC)


def test_half_the_limit_without_a_record_is_found_on_the_third_of_five_days() -> None:
    quiet = case(limits=(five_days(),))
    assert found(quiet, opening(5) - timedelta(seconds=1)) == []
    [one] = seen(quiet, opening(5)).found
    assert one.trigger is T.HALF_TIME_NO_RECORD
    assert reason_words(one.trigger, one.ripe.facts) == (
        "办理时限已过半（3/5 个工作日），没有办理记录"
    )
    assert found(case(limits=(five_days(),), last_record_at=opening(3)), opening(5)) == []


def test_a_look_says_when_it_is_worth_looking_again() -> None:
    quiet = case(limits=(five_days(),))
    assert seen(quiet, MONDAY).next_at == opening(5)
    assert seen(quiet, opening(5)).next_at == FRIDAY_EVENING
    assert seen(case(), MONDAY).next_at is None


def test_what_is_late_is_found_after_the_working_days_that_the_rule_grants() -> None:
    late = case(limits=(five_days(),), last_record_at=opening(3))
    assert found(late, opening(12) - timedelta(seconds=1)) == []
    assert found(late, opening(12)) == [T.OVERDUE]
    at_once = {T.OVERDUE: RuleInForce("overdue", True, RuleMode.SUGGEST, {"days": 0})}
    assert found(late, FRIDAY_EVENING, at_once) == [T.OVERDUE]


@pytest.mark.parametrize(
    ("code", "trigger", "day"),
    [
        ("sign", T.UNSIGNED, 10),
        ("assist", T.ASSIST_LATE, 12),
        ("notice15", T.NOT_TOLD, 10),
        ("assign_due", T.NOT_REPORTED, 10),
        ("execute", T.NOT_EXECUTED, 10),
    ],
)
def test_each_limit_has_its_own_trigger_and_presses_whoever_owes_it(code, trigger, day) -> None:
    [one] = seen(case(limits=(five_days(code, unit=9),)), opening(day)).found
    assert (one.trigger, one.ripe.unit_id, one.ripe.episode) == (trigger, 9, "clock:11")


def test_a_reply_sent_back_is_waited_for_five_days() -> None:
    back = case(sent_back=Happened(4, MONDAY))
    assert found(back, MONDAY + timedelta(days=5)) == []
    assert found(back, MONDAY + timedelta(days=6)) == [T.NOT_RESUBMITTED]
    again = case(state=State.TO_REVIEW, sent_back=Happened(4, MONDAY))
    assert found(again, MONDAY + timedelta(days=6)) == []


def test_an_instruction_that_moved_nobody_is_found() -> None:
    note = case(instructed=Happened(3, MONDAY), last_record_at=MONDAY - timedelta(days=1))
    assert found(note, opening(5)) == [T.LEADER_NOTE]
    assert found(case(instructed=Happened(3, MONDAY), last_record_at=opening(3)), opening(5)) == []


@pytest.mark.parametrize(
    ("facts", "trigger"),
    [
        ({"channel": Channel.MEDIA}, T.MEDIA),
        ({"persons": 5}, T.COLLECTIVE_OR_THREAT),
        ({"risk_tags": frozenset({"threat"})}, T.COLLECTIVE_OR_THREAT),
        ({"is_repeat": True}, T.RAISED_AGAIN),
        ({"urge_count": 2}, T.RAISED_AGAIN),
        ({"return_count": 2}, T.SHIRKING),
        ({"disputed": 5}, T.FRAUD),
        ({"answered": Happened(8, MONDAY), "twins": 2}, T.FRAUD),
    ],
)
def test_what_a_case_is_may_call_for_supervision_at_once(facts, trigger) -> None:
    [one] = seen(case(**facts), MONDAY).found
    assert one.trigger is trigger
    assert reason_words(one.trigger, one.ripe.facts)


def test_a_further_urging_is_an_occasion_of_its_own() -> None:
    episodes = {seen(case(urge_count=n), MONDAY).found[0].ripe.episode for n in (2, 2, 3)}
    assert len(episodes) == 2


def test_what_an_open_order_presses_already_is_not_brought_up() -> None:
    assert found(case(persons=9, under_order=frozenset({T.COLLECTIVE_OR_THREAT})), MONDAY) == []


class Dated:
    def __init__(self, day, **facts):
        self.code, self.effective_from = "overdue", day
        self.is_on, self.mode, self.numbers = True, RuleMode.SUGGEST, {}
        vars(self).update(facts)


def test_a_rule_holds_from_its_day_and_keeps_the_numbers_that_nobody_set() -> None:
    row, day = TRIGGERS[T.OVERDUE], MONDAY.date()
    rows = [Dated(day, is_on=False), Dated(day + timedelta(days=7), mode=RuleMode.ISSUE)]
    assert rule_in_force(row, day - timedelta(days=1), rows).is_on
    assert not rule_in_force(row, day, rows).is_on
    later = rule_in_force(row, day + timedelta(days=8), rows)
    assert (later.mode, later.numbers) == (RuleMode.ISSUE, {"days": 3})


def test_orders_rise_by_one_rung_and_the_system_stops_where_people_must_decide() -> None:
    assert next_level(L.PHONE, []) is L.PHONE
    assert next_level(L.ORDER, [L.PHONE]) is L.ORDER
    assert next_level(L.PHONE, [L.NOTICE, L.PHONE]) is L.ORDER
    assert next_level(L.PHONE, [L.CIRCULAR]) is L.CIRCULAR
    assert level_by_rule(L.PHONE, [L.ORDER]) is L.ORDER


def test_every_trigger_of_the_vocabulary_has_its_rule_with_a_source() -> None:
    assert set(TRIGGERS) == set(SuperviseTrigger)
    assert all(row.source and row.requirement and row.meaning for row in TRIGGERS.values())
