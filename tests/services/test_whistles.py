"""吹哨报到: the response clock, who enters it, mutual scores, figures that lead to their calls."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from casetracker.domain.errors import DomainError, GuardRefused, InvalidInput, NotPermitted
from casetracker.domain.oversight_vocabulary import WhistlePart
from casetracker.persistence.clock import Clock
from casetracker.services.commands.oversight import WhistleSearch
from casetracker.services.oversight.whistles import whistle_register

P = WhistlePart


def whistled(street, units=("新河社区",), **body):
    number = street.worked("handling")
    street.act("head", number, "whistle", units=list(units), request="请到场会商", **body)
    return number


def register(street, who="supervisor", **asked):
    return whistle_register(street.ctx(who), WhistleSearch.model_validate(asked))


def clocks(street, number):
    query = select(Clock).where(
        Clock.case_id == street.case(number).id, Clock.limit_code == "assist"
    )
    return [row.status for row in street.session.scalars(query)]


def test_arriving_meets_the_limit_at_the_moment_of_arrival(street):
    number = whistled(street, due_at=(street.now + timedelta(hours=4)).isoformat())
    arrived = street.now + timedelta(hours=3)
    street.wait(hours=6)
    with pytest.raises(InvalidInput):
        street.act("other_head", number, "arrive", came="王科长", arrived_at="2026-03-01 09:00")
    street.act("other_head", number, "arrive", came="王科长", arrived_at=arrived.isoformat())
    assert clocks(street, number) == ["met"]
    [line] = register(street).lines
    assert (line.responded_at, line.came, line.is_late) == (arrived, "王科长", False)
    with pytest.raises(GuardRefused, match="arrived_already"):
        street.act("other_head", number, "arrive", came="王科长")


def test_who_leads_the_case_enters_it_for_a_department_and_names_which(street):
    number = whistled(street, units=("新河社区", "公共管理办公室"))
    with pytest.raises(InvalidInput) as refusal:
        street.act("handler", number, "arrive", came="王科长")
    assert refusal.value.problems == {"unit": "which_unit"}
    street.act("handler", number, "arrive", came="王科长", unit="新河社区")
    with pytest.raises(NotPermitted):
        street.act("other_head", number, "arrive", came="李科长", unit="公共管理办公室")
    with pytest.raises(InvalidInput):
        street.act("dispatcher", number, "arrive", came="李科长", unit="民呼我应指挥中心")


def test_both_sides_score_once_and_both_are_read(street):
    number = whistled(street)
    street.act("other_head", number, "arrive", came="王科长")
    street.act("head", number, "settle_whistle", result="三日内疏通")
    street.act("head", number, "score_unit", score=5, words="及时")
    street.act("other_head", number, "score_street", score="3", words="事由不清")
    with pytest.raises(GuardRefused, match="scored_already"):
        street.act("head", number, "score_unit", score="1")
    with pytest.raises(GuardRefused, match="no_whistle"):
        street.act("head", number, "score_street", score="1")
    with pytest.raises(NotPermitted):
        street.act("other_head", number, "score_unit", score="1")
    for who in ("head", "other_head"):
        [line] = register(street, who).lines
        assert (line.unit_score, line.street_score, line.result) == (5, 3, "三日内疏通")


def test_a_case_without_a_whistle_offers_none_of_it(street):
    number = street.worked("handling")
    for who, action, body in [
        ("head", "arrive", {"came": "王"}),
        ("head", "settle_whistle", {"result": "好"}),
        ("head", "score_unit", {"score": "5"}),
    ]:
        with pytest.raises(DomainError, match="no_whistle"):
            street.act(who, number, action, **body)


def test_every_figure_of_a_department_is_the_length_of_its_list(street):
    soon = {"due_at": (street.now + timedelta(hours=1)).isoformat()}
    came, late, silent = (whistled(street, **soon) for _ in range(3))
    answered = whistled(street, units=("新河社区", "公共管理办公室"))
    street.act("other_head", came, "arrive", came="王科长")
    street.act("head", came, "score_unit", score="4")
    street.wait(hours=2)
    street.act("other_head", late, "arrive", came="王科长")
    street.act("other_head", answered, "assist_report", text="已书面答复")
    found = register(street)
    first = found.units[0]
    assert (first.unit, first.rate, first.unit_mean) == ("新河社区", 0.5, 4.0)
    assert {part: first.counts[part] for part in P} == {
        P.CALLED: 4, P.DUE: 4, P.ON_TIME: 2, P.UNIT_SCORED: 1, P.STREET_SCORED: 0,
    }  # fmt: skip
    assert found.whole.counts[P.CALLED] == 5
    for part in P:
        listed = register(street, unit="xinhe", part=part, month="2026-03")
        assert len(listed.lines) == listed.total == first.counts[part]
    assert register(street, month="2026-02").total == 0
    assert silent not in [line.number for line in register(street, part=P.ON_TIME).lines]
