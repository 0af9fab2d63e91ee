"""The confidential lane: an accusation is there for the discipline officers alone."""

import secrets
from itertools import pairwise

import pytest

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.vocabulary import State
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.services.steps.lane.sealing import CONTENT, TITLE
from tests.factories.petitions import classify, petition
from tests.factories.street import Street
from tests.services.petitions.test_the_way import findings

WORDS = "举报东风社区主任收受礼品。"
EVERYBODY_ELSE = (
    "operator", "dispatcher", "supervisor", "caller", "deputy", "leader", "head", "handler",
    "other_head", "admin", "security", "auditor", "clerk", "second_clerk", "adviser",
)  # fmt: skip


def accusation(street: Street) -> str:
    number = petition(street, content=WORDS, kind="report").number
    classify(
        street, number, petition_class="accusation", subroute=None, accused_unit="东风社区",
        accused="某主任", reason="反映违纪。",
    )  # fmt: skip
    return number


def test_an_accusation_leaves_the_open_desk_with_its_words(street: Street) -> None:
    number = accusation(street)
    case = street.case(number)
    assert (case.state, case.is_open, case.is_sealed) == (State.IN_LANE, False, True)
    assert (case.title, case.content) == (TITLE, CONTENT)
    matter = street.session.get(ConfidentialMatter, case.id)
    assert matter is not None
    assert matter.content == WORDS
    assert findings(street) == []


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_for_everybody_else_it_does_not_exist(street: Street, who: str) -> None:
    number = accusation(street)
    with pytest.raises(NotFound):
        street.act(who, number, "log", text="看看")


def test_it_may_be_known_for_one_when_it_comes_in(street: Street) -> None:
    outcome = petition(street, content=WORDS, petition={"petition_class": "accusation"})
    assert outcome.state is State.IN_LANE
    assert outcome.due == ()
    assert street.case(outcome.number).is_sealed
    assert findings(street) == []


def test_a_hotline_case_can_turn_out_to_be_one(street: Street) -> None:
    number = street.worked("handling", content=WORDS)
    street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
    case = street.case(number)
    assert (case.state, case.is_sealed, case.lead_unit_id) == (State.IN_LANE, True, None)
    with pytest.raises(NotFound):
        street.act("handler", number, "log", text="看看")
    assert findings(street) == []


@pytest.mark.parametrize("unit", ["东风社区", "测试街道"])
def test_it_is_never_handed_to_the_accused_or_to_those_above(street: Street, unit: str) -> None:
    number = accusation(street)
    with pytest.raises(InvalidInput) as refused:
        street.act("discipline", number, "transfer_confidential", reason="移送", organ_unit=unit)
    assert refused.value.problems == {"organ_unit": "accused_unit"}
    with pytest.raises(InvalidInput):
        street.act("discipline", number, "transfer_confidential", reason="移送", organ=unit)


def test_the_discipline_officer_works_on_it_hands_it_on_and_ends_it(street: Street) -> None:
    number = accusation(street)
    street.act("discipline", number, "log", text="已初步核实。")
    street.act("discipline", number, "transfer_confidential", reason="移送", organ="区纪委监委")
    assert street.case(number).state is State.TRANSFERRED
    street.act("discipline", number, "conclude", text="区纪委监委已办结。")
    street.act("discipline", number, "archive")
    assert street.case(number).state is State.ARCHIVED
    assert findings(street) == []


def test_any_number_of_petitions_may_be_missing_so_that_a_missing_one_tells_nothing(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    tosses = iter((0, 1, 0, 1, 1, 1, 1, 1, 1, 0))
    monkeypatch.setattr(secrets, "randbits", lambda bits: next(tosses))
    numbers = [int(petition(street).number[-6:]) for _ in range(3)]
    assert [later - earlier for earlier, later in pairwise([0, *numbers])] == [1, 2, 7]
