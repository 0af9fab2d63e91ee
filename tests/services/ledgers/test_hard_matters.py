"""包案、积案、敏感时期: what a leader takes on, what stands on the list, what is watched today."""

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.services.commands.ledgers import (
    AddMilestone,
    AskStrike,
    BeginUndertaking,
    DecideStrike,
    FinishUndertaking,
    ListOldCase,
    ReportProgress,
    SavePeriod,
)
from casetracker.services.ledgers.daily_watch import daily_watch
from casetracker.services.ledgers.of_a_case import ledger_lines_of
from casetracker.services.ledgers.old_cases import (
    ask_strike,
    change_old_case,
    decide_strike,
    find_old_case,
    old_case_lines,
)
from casetracker.services.ledgers.sensitive_periods import (
    add_period,
    change_period,
    find_period,
    period_lines,
)
from casetracker.services.ledgers.undertaking_reading import open_undertaking, undertaking_lines
from casetracker.services.ledgers.undertakings import (
    add_milestone,
    change_undertaking,
    finish_milestone,
    finish_undertaking,
    report_progress,
)
from tests.factories.ledgers import old_case, undertaking, visit
from tests.factories.petitions import petition
from tests.factories.street import Street


def test_an_undertaking_has_several_petitions(street: Street) -> None:
    first, second = petition(street).number, petition(street).number
    row_id = undertaking(street, numbers=f"{first}、{second} {first}")
    cases = open_undertaking(street.ctx("leader"), row_id).line.cases
    assert [case.number for case in cases] == [first, second]
    assert ledger_lines_of(street.ctx("clerk"), first).undertakings[0].id == row_id


def test_a_leader_undertakes_for_themselves_alone(street: Street) -> None:
    row_id = undertaking(street, "deputy")
    report = ReportProgress(what="现场察看。", progress=20)
    report_progress(street.ctx("deputy"), row_id, report)
    with pytest.raises(InvalidInput) as refusal:
        undertaking(street, "deputy", leader="leader")
    assert refusal.value.problems == {"leader": "not_your_own"}
    with pytest.raises(NotPermitted):
        report_progress(street.ctx("leader"), row_id, report)


def test_steps_ahead_become_progress_when_they_are_done(street: Street) -> None:
    row_id = undertaking(street)
    milestone = AddMilestone.model_validate({"what": "业主表决。", "day": "2026-03-10"})
    add_milestone(street.ctx("clerk"), row_id, milestone)
    (step,) = open_undertaking(street.ctx("clerk"), row_id).ahead
    street.wait(days=2)
    finish_milestone(street.ctx("clerk"), row_id, step.id)
    finish_milestone(street.ctx("clerk"), row_id, step.id)
    file = open_undertaking(street.ctx("clerk"), row_id)
    assert (file.ahead, [one.what for one in file.done]) == ((), ["业主表决。"])
    assert f"{file.line.moved_on}" == "2026-03-04"
    with pytest.raises(NotFound):
        finish_milestone(street.ctx("clerk"), undertaking(street), step.id)


def test_an_undertaking_without_movement_comes_onto_the_daily_list(street: Street) -> None:
    row_id = undertaking(street)
    street.wait(days=14)
    assert daily_watch(street.ctx("clerk")).undertakings == ()
    street.wait(days=1)
    assert [line.id for line in daily_watch(street.ctx("clerk")).undertakings] == [row_id]
    report_progress(street.ctx("clerk"), row_id, ReportProgress(what="开工。", progress=50))
    assert daily_watch(street.ctx("clerk")).undertakings == ()


def test_what_is_finished_changes_no_more(street: Street) -> None:
    row_id = undertaking(street)
    done = FinishUndertaking.model_validate(
        {"result": "settled", "words": "已维修，签订息访协议。"}
    )
    finish_undertaking(street.ctx("deputy"), row_id, done)
    assert undertaking_lines(street.ctx("clerk")) == ()
    assert undertaking_lines(street.ctx("clerk"), finished=True)[0].result == "settled"
    with pytest.raises(GuardRefused, match="undertaking_over"):
        report_progress(street.ctx("clerk"), row_id, ReportProgress(what="又。", progress=1))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"expected_on": "2026-03-01"}, {"expected_on": "expected_before_start"}),
        ({"began_on": "2026-03-03"}, {"began_on": "in_the_future"}),
        ({"numbers": "XF2026-999999"}, {"numbers": "unknown_case"}),
        ({"leader": "head"}, {"leader": "not_a_leader"}),
    ],
)
def test_an_undertaking_that_cannot_be_is_refused_at_its_field(street, body, problem) -> None:
    with pytest.raises(InvalidInput) as refusal:
        undertaking(street, **body)
    assert refusal.value.problems == problem


def test_a_plan_may_change(street: Street) -> None:
    row_id = undertaking(street)
    other = {
        "title": "屋面维修", "leader": "leader", "post": "书记", "unit": "民呼我应指挥中心",
        "plan": "另行申请资金。", "began_on": "2026-03-01", "expected_on": "2026-12-31",
    }  # fmt: skip
    change_undertaking(street.ctx("clerk"), row_id, BeginUndertaking.model_validate(other))
    line = open_undertaking(street.ctx("clerk"), row_id).line
    assert (line.leader, line.unit, line.plan) == (
        "leader先生",
        "民呼我应指挥中心",
        "另行申请资金。",
    )
    with pytest.raises(NotFound):
        open_undertaking(street.ctx("deputy"), row_id)


def test_two_people_strike_off_an_old_case_with_evidence(street: Street) -> None:
    row_id = old_case(street)
    ask_strike(street.ctx("clerk"), row_id, AskStrike(evidence="已签息访协议。"))
    with pytest.raises(GuardRefused, match="own_strike"):
        decide_strike(street.ctx("clerk"), row_id, DecideStrike(granted=True))
    decide_strike(street.ctx("leader"), row_id, DecideStrike(granted=True))
    line = find_old_case(street.ctx("clerk"), row_id)
    assert (line.asked_by, line.struck_off_by) == ("clerk先生", "leader先生")
    assert f"{line.struck_off_on}" == "2026-03-02"
    assert old_case_lines(street.ctx("clerk")) == ()
    assert [one.id for one in old_case_lines(street.ctx("clerk"), struck_off=True)] == [row_id]
    with pytest.raises(GuardRefused, match="old_case_struck_off"):
        ask_strike(street.ctx("clerk"), row_id, AskStrike(evidence="再次。"))


def test_a_refused_striking_off_says_why_and_leaves_it_on_the_list(street: Street) -> None:
    row_id = old_case(street)
    with pytest.raises(GuardRefused, match="strike_not_asked"):
        decide_strike(street.ctx("leader"), row_id, DecideStrike(granted=True))
    ask_strike(street.ctx("clerk"), row_id, AskStrike(evidence="口头答应。"))
    with pytest.raises(GuardRefused, match="strike_asked"):
        ask_strike(street.ctx("clerk"), row_id, AskStrike(evidence="口头答应。"))
    with pytest.raises(InvalidInput):
        decide_strike(street.ctx("second_clerk"), row_id, DecideStrike(granted=False))
    refused = DecideStrike(granted=False, note="须有书面协议。")
    decide_strike(street.ctx("second_clerk"), row_id, refused)
    line = find_old_case(street.ctx("clerk"), row_id)
    assert (line.waits, line.strike_note) == (False, "须有书面协议。")


def test_a_petition_stands_on_the_list_once(street: Street) -> None:
    number = petition(street).number
    row_id = old_case(street, number=number)
    with pytest.raises(InvalidInput) as refusal:
        old_case(street, number=number)
    assert refusal.value.problems == {"number": "listed_already"}
    same = ListOldCase.model_validate(
        {"number": number, "description": "补充。", "listed_on": "2026-03-01", "unit": "新河社区",
         "source_list": "自查", "owner": "科长"}
    )  # fmt: skip
    change_old_case(street.ctx("clerk"), row_id, same)
    assert find_old_case(street.ctx("clerk"), row_id).owner == "科长"


def test_a_deputy_sees_the_old_cases_of_the_own_units(street: Street) -> None:
    old_case(street, unit="民呼我应指挥中心")
    own = old_case(street, unit="东风社区")
    assert [line.id for line in old_case_lines(street.ctx("deputy"))] == [own]


def test_a_sensitive_time_runs_on_both_its_days(street: Street) -> None:
    days = {
        "name": "两会",
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-03",
        "measures": "值班。",
    }
    row_id = int(add_period(street.ctx("clerk"), SavePeriod.model_validate(days)).key)
    watch = daily_watch(street.ctx("leader"))
    assert watch.period is not None
    assert watch.period.name == "两会"
    street.wait(days=1)
    assert find_period(street.ctx("clerk"), row_id).runs
    street.wait(days=1)
    assert daily_watch(street.ctx("leader")).period is None
    assert period_lines(street.ctx("clerk"))[0].is_over
    with pytest.raises(InvalidInput) as refusal:
        change_period(
            street.ctx("clerk"),
            row_id,
            SavePeriod.model_validate({**days, "ends_on": "2026-03-01"}),
        )
    assert refusal.value.problems == {"ends_on": "ends_before_first_day"}


def test_the_daily_list_holds_risky_and_collective_petitions_and_old_cases(street: Street) -> None:
    petition(street)
    risky = petition(street, risk_tags=["threat"]).number
    group = petition(
        street,
        channel="visit",
        persons=30,
        petition={"representative": True},
    ).number
    row_id = old_case(street)
    watch = daily_watch(street.ctx("clerk"))
    assert [case.number for case in watch.cases] == [risky, group]
    assert [case.is_collective for case in watch.cases] == [False, True]
    assert [line.id for line in watch.old_cases] == [row_id]
    assert watch.total == 3


def test_nobody_else_reads_or_keeps(street: Street) -> None:
    for who in ("handler", "head", "dispatcher", "admin", "auditor", "discipline"):
        for read in (old_case_lines, undertaking_lines, period_lines, daily_watch):
            with pytest.raises(NotPermitted):
                read(street.ctx(who))
        assert not ledger_lines_of(street.ctx(who), "XF2026-000001").has_any
    for who in ("operator", "supervisor"):
        with pytest.raises(NotPermitted):
            old_case(street, who)
        with pytest.raises(NotPermitted):
            undertaking(street, who)


def test_the_page_of_a_petition_tells_of_its_visits(street: Street) -> None:
    number = petition(street).number
    row_id = old_case(street, number=number)
    visit(street)
    found = ledger_lines_of(street.ctx("clerk"), number)
    assert ([line.id for line in found.old_cases], found.visits) == ([row_id], ())
