"""A program of the discipline officers works within the lane; for all others it is not there."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from casetracker.domain.access import Access
from casetracker.persistence.account import AccessRecord
from tests.api.conftest import Program, plain_case, problem
from tests.api.test_attachments import send
from tests.factories.street import Street

WORDS = "举报某主任收受礼品。"
Make = Callable[..., Program]


@pytest.fixture
def number(program: Make) -> str:
    body = plain_case(
        track="petition", channel="letter", content=WORDS,
        petition={"petition_class": "accusation", "against_unit": "东风社区"},
    )  # fmt: skip
    told = program("clerk").post("/cases", body)
    assert told.status_code == 201
    assert (told.json["state"], told.json["due"]) == ("in_lane", [])
    given: str = told.json["number"]
    return given


def test_it_lists_and_reads_what_lies_in_the_lane_and_nothing_else(
    program: Make, street: Street, number: str
) -> None:
    street.register()
    officers = program("discipline")
    (listed,) = officers.get("/cases").json["items"]
    assert (listed["number"], listed["title"]) == (number, "保密件")
    case = officers.get(f"/cases/{number}").json
    assert (case["title"], case["content"]) == ("保密件", WORDS)
    assert {"log", "transfer_confidential", "conclude", "attach"} <= set(case["allowed"])
    actions = [one["action"] for one in officers.get(f"/cases/{number}/events").json["items"]]
    assert actions == ["register", "transfer_confidential"]
    clocks = officers.get(f"/cases/{number}/deadlines").json["items"]
    assert [one["limit"] for one in clocks if one["status"] == "running"] == ["notify15"]


def test_each_of_its_looks_is_written_down(program: Make, street: Street, number: str) -> None:
    officers = program("discipline")
    for address in (f"/cases/{number}", f"/cases/{number}/events", f"/cases/{number}/deadlines"):
        assert officers.get(address).status_code == 200
    query = select(AccessRecord.case_number).where(AccessRecord.what == Access.LANE_SEEN)
    assert street.session.scalars(query).all() == [number] * 3


def test_it_takes_the_steps_of_the_lane(program: Make, number: str, store: object) -> None:
    officers = program("discipline")
    kept = send(officers, number)
    assert kept.status_code == 201
    with officers.get(f"/attachments/{kept.json['attachment']}") as opened:
        assert opened.status_code == 200
    assert officers.act(number, "log", {"text": "已初步核实。"}).status_code == 200
    accused = {"reason": "移送", "organ_unit": "东风社区"}
    problem(officers.act(number, "transfer_confidential", accused), 400, "invalid_input")
    onward = {"reason": "移送", "organ": "区纪委监委"}
    assert officers.act(number, "transfer_confidential", onward).json["state"] == "transferred"
    assert officers.act(number, "conclude", {"text": "已办结。"}).json["state"] == "concluded"
    assert officers.act(number, "archive", {}).json["state"] == "archived"


@pytest.mark.parametrize("who", ["clerk", "operator", "supervisor", "head", "leader", "admin"])
def test_for_any_other_token_it_is_as_unknown_as_a_number_never_given(
    program: Make, number: str, store: object, who: str
) -> None:
    file = send(program("discipline"), number).json["attachment"]
    other = program(who)
    for address in ("/cases/{}", "/cases/{}/events", "/cases/{}/deadlines"):
        answers = [other.get(address.format(one)) for one in (number, "XF2026-999999")]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in (403, 404)
    files = [other.get(f"/attachments/{one}").status_code for one in (file, 999999)]
    assert files[0] == files[1]
    assert WORDS not in other.get("/cases").text
    assert number not in other.get("/cases", q=number).text
