"""约谈: who is named and why, what stands behind it, and talks with their promises."""

from datetime import timedelta

import pytest

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.domain.oversight_vocabulary import TalkReason
from casetracker.services.commands.oversight import (
    FollowUpTalk,
    RecordTalk,
    SetOversightRule,
)
from casetracker.services.oversight.rule_book import set_rule
from casetracker.services.oversight.talk_candidates import cases_behind, talk_candidates
from casetracker.services.oversight.talks import follow_up_talk, record_talk, talk_lines

R = TalkReason


def named(street, who="supervisor"):
    """Counts by unit and reason; each is the length of the list behind it."""
    found = {}
    for one in talk_candidates(street.ctx(who)):
        for reason in one.reasons:
            found[one.unit, reason.reason] = reason.count
            if reason.count is not None:
                behind = cases_behind(street.ctx(who), reason.reason, one.unit_code)
                assert len(behind) == reason.count
    return found


def allow(street, code, **numbers):
    command = SetOversightRule(is_on=True, effective_from=local_date(street.now), **numbers)
    set_rule(street.ctx("admin"), code, command)


def ordered(street, number, **body):
    given = {"trigger": "overdue", "requirement": "请反馈", **body}
    return street.act("supervisor", number, "supervise", **given)


def test_units_are_named_from_the_count_of_the_rule_on(street):
    first, second = street.worked("signed"), street.worked("signed")
    street.act("head", first, "whistle", units=["新河社区"], request="请到场")
    for number in (first, second):
        ordered(street, number)
    street.act("head", first, "supervise_report", text="在办")
    street.act("supervisor", first, "supervise_report", text="不实", accepted=False)
    street.wait(days=20)
    assert named(street) == {("东风社区", R.ORDERS_LATE): 2}
    allow(street, "much_overdue", first=2)
    allow(street, "orders_sent_back", first=1)
    allow(street, "whistle_unheard", first=1)
    assert named(street) == {
        ("东风社区", R.ORDERS_LATE): 2,
        ("东风社区", R.MUCH_OVERDUE): 2,
        ("东风社区", R.ORDERS_SENT_BACK): 1,
        ("新河社区", R.WHISTLE_UNHEARD): 1,
    }
    assert named(street, "other_head") == {("新河社区", R.WHISTLE_UNHEARD): 1}
    street.wait(days=91)
    assert ("东风社区", R.ORDERS_LATE) not in named(street)


def test_a_second_round_that_is_late_again_is_counted(street):
    allow(street, "second_overdue", first=1)
    number = street.worked("to_follow_up")
    street.act(
        "caller", number, "follow_up", validity="valid", contacted=True, resolved=False,
        satisfaction="dissatisfied", because="not_solved",
    )  # fmt: skip
    street.act("supervisor", number, "redo", note="到场核实")
    assert named(street) == {}
    street.wait(days=10)
    assert named(street) == {("东风社区", R.SECOND_OVERDUE): 1}


def talk(street, who="supervisor", **facts):
    today = local_date(street.now)
    command = RecordTalk.model_validate(
        {
            "unit": "东风社区", "held_on": today, "host": "李主任", "attendees": "王书记",
            "matter": "督办逾期", "promise": "三日内办结",
            "promise_due_on": today + timedelta(days=3), **facts,
        }
    )  # fmt: skip
    return int(record_talk(street.ctx(who), command).key)


def test_a_promise_is_late_until_somebody_looked_after_it(street):
    row_id = talk(street)
    street.wait(days=4)
    [line] = talk_lines(street.ctx("head"))
    assert (line.is_late, line.may_keep, line.promise) == (True, False, "三日内办结")
    done = FollowUpTalk(followed_up_on=local_date(street.now), follow_up="已全部办结")
    with pytest.raises(NotPermitted):
        follow_up_talk(street.ctx("head"), row_id, done)
    follow_up_talk(street.ctx("deputy"), row_id, done)
    with pytest.raises(GuardRefused, match="talk_followed_up"):
        follow_up_talk(street.ctx("supervisor"), row_id, done)
    assert talk_lines(street.ctx("supervisor"), only_open=True) == ()


def test_talks_are_read_and_kept_within_reach(street):
    row_id = talk(street)
    assert talk_lines(street.ctx("other_head")) == ()
    with pytest.raises(InvalidInput) as refusal:
        talk(street, "deputy", unit="民呼我应指挥中心")
    assert refusal.value.problems == {"unit": "unit_out_of_reach"}
    with pytest.raises(InvalidInput):
        talk(street, held_on="2099-01-01")
    with pytest.raises(NotFound):
        follow_up_talk(
            street.ctx("supervisor"), row_id + 1,
            FollowUpTalk(followed_up_on=local_date(street.now), follow_up="好"),
        )  # fmt: skip
