"""The supervisor's lists: who stands on which, for what reason, counted as listed, in scope."""

import pytest

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.oversight_vocabulary import RepeatBy, WatchList
from casetracker.services.oversight.repeated import repeat_cases, repeat_groups
from casetracker.services.oversight.watch_lists import watch_counts, watch_list

W = WatchList


def listed(street, name, who="supervisor", **asked):
    found = watch_list(street.ctx(who), name, **asked)
    assert watch_counts(street.ctx(who), asked.get("unit"))[name] == found.total
    assert len(found.lines) == found.total
    return [(line.case.number, line.unit, line.reason) for line in found.lines]


def on(street, name, **asked):
    return [number for number, _, _ in listed(street, name, **asked)]


def unhappy(street):
    number = street.worked("to_follow_up")
    street.act(
        "caller", number, "follow_up", validity="valid", contacted=True, resolved=False,
        satisfaction="dissatisfied", because="not_solved",
    )  # fmt: skip
    return number


def test_each_list_holds_its_cases_with_the_reason(street):
    unsigned, worked = street.worked("to_sign"), street.worked("signed")
    street.act("handler", worked, "assist", units=["新河社区"], request="请到场")
    undecided, redone = unhappy(street), unhappy(street)
    street.act("supervisor", redone, "redo", note="到场核实")
    held = street.worked("signed")
    street.act("handler", held, "request_hold", text="需立项", plan="年内")
    street.act("deputy", held, "decide_hold", granted=True, note="同意")
    street.act("supervisor", held, "supervise", trigger="media", requirement="回应")
    street.wait(days=31)
    assert set(on(street, W.OVERDUE)) == {unsigned, worked, undecided, redone}
    [(number, unit, reason)] = listed(street, W.UNSIGNED)
    assert (number, unit) == (unsigned, "东风社区")
    assert reason == "签收时限 3月2日 15:30 到期，已超 23 个工作日"
    assert [line[:2] for line in listed(street, W.ASSIST_LATE)] == [(worked, "新河社区")]
    reasons = {number: reason for number, _, reason in listed(street, W.NOT_REDONE)}
    assert reasons.keys() == {undecided, redone}
    assert reasons[undecided] == "群众不满意，等待处置"
    assert on(street, W.HOLD_LATE) == [held]
    assert on(street, W.ORDERS_LATE) == [held]


def test_what_was_returned_twice_stands_on_its_list(street):
    number = street.worked("to_sign")
    for turn in range(2):
        street.act("handler", number, "request_return", reason="not_our_duty", basis="权责清单")
        street.act("dispatcher", number, "decide_return", granted=True, note="属实")
        assert len(on(street, W.RETURNED_OFTEN)) == turn
        street.act("dispatcher", number, "dispatch", unit="东风社区")
    assert listed(street, W.RETURNED_OFTEN)[0][2] == "已退单 2 次"


def test_what_is_done_leaves_its_list(street):
    number = street.worked("to_sign")
    street.wait(days=1)
    assert on(street, W.UNSIGNED) == [number]
    street.act("handler", number, "sign_for")
    assert on(street, W.UNSIGNED) == []


def test_a_list_is_narrowed_to_a_unit_and_to_what_one_sees(street):
    number = street.worked("signed")
    street.act("handler", number, "assist", units=["新河社区"], request="请到场")
    street.wait(days=20)
    assert on(street, W.OVERDUE, unit="新河社区") == []
    assert on(street, W.ASSIST_LATE, unit="新河社区") == [number]
    assert on(street, W.ASSIST_LATE, unit="东风社区") == []
    assert on(street, W.OVERDUE, who="head") == [number]
    with pytest.raises(InvalidInput):
        watch_list(street.ctx("supervisor"), W.OVERDUE, unit="没有的单位")


def test_the_lists_cost_the_same_however_long_they_are(street, count_queries):
    def statements():
        with count_queries() as made:
            watch_counts(street.ctx("supervisor"))
            for name in WatchList:
                watch_list(street.ctx("supervisor"), name)
        return len(made)

    street.worked("to_sign")
    street.wait(days=9)
    few = statements()
    for _ in range(3):
        street.worked("to_sign")
    street.wait(days=9)
    assert statements() == few


def groups(street, by, who="supervisor"):
    found = {one.number: one.count for one in repeat_groups(street.ctx(who), by)}
    for number, count in found.items():
        rows = repeat_cases(street.ctx(who), by, number)
        assert len(rows.rows) == rows.total == count
    return found


def test_what_comes_up_again_is_found_by_matter_person_and_place(street):
    place = {"address": "东风小区三栋", "unit": "东风社区"}
    first = street.register(location=place, petitioner={"name": "张三", "phone": "13812345678"})
    other = street.register(location=place, petitioner={"name": "李四", "phone": "13912345678"})
    again = street.register(
        location={"address": "别处"}, petitioner={"name": "张三", "phone": "13812345678"}
    )
    street.act("operator", other.number, "group", into=first.number, reason="同一路灯")
    assert groups(street, RepeatBy.MATTER) == {other.number: 2}
    assert groups(street, RepeatBy.PERSON) == {again.number: 2}
    assert groups(street, RepeatBy.PLACE) == {other.number: 2}
    with pytest.raises(NotFound):
        repeat_cases(street.ctx("head"), RepeatBy.PLACE, first.number)
    street.wait(days=91)
    assert groups(street, RepeatBy.PERSON) == {}
