"""One key, one effect; two people at once, one winner."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from tests.api.conftest import ROOT, plain_case, problem, token_for
from tests.databases import settings_for
from tests.factories.street import Street, new_street

AT_ONCE = 8


def test_the_same_key_gives_the_same_answer_and_has_one_effect(program):
    operator = program("operator")
    first = operator.post("/cases", plain_case(), Idempotency_Key="k-1")
    again = operator.post("/cases", plain_case(), Idempotency_Key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json, "the query code included"
    assert again.headers["Location"] == first.headers["Location"]
    assert len(operator.get("/cases").json["items"]) == 1


def test_the_order_of_fields_is_not_another_content(program):
    operator = program("operator")
    body = plain_case()
    turned = dict(reversed(body.items()))
    first = operator.post("/cases", body, Idempotency_Key="k-2")
    assert operator.post("/cases", turned, Idempotency_Key="k-2").json == first.json


def test_another_content_under_the_same_key_is_refused(program):
    operator = program("operator")
    operator.post("/cases", plain_case(), Idempotency_Key="k-3")
    told = problem(
        operator.post("/cases", plain_case(content="另一件事"), Idempotency_Key="k-3"),
        422,
        "idempotency_mismatch",
    )
    assert told["title"] == "重复提交标识与内容不一致"


def test_another_address_under_the_same_key_is_refused(program, street):
    first, second = street.register().number, street.register().number
    operator = program("operator")
    assert operator.act(first, "urge", {}, Idempotency_Key="k-4").status_code == 200
    problem(operator.act(second, "urge", {}, Idempotency_Key="k-4"), 422, "idempotency_mismatch")
    assert street.case(second).urge_count == 0


def test_an_action_is_taken_once_per_key(program, street):
    number = street.register().number
    operator = program("operator")
    answers = [operator.act(number, "urge", {}, Idempotency_Key="k-5").json for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert street.case(number).urge_count == 1


def test_keys_belong_to_their_person(program):
    first = program("operator").post("/cases", plain_case(), Idempotency_Key="k-6")
    other = program("dispatcher").post("/cases", plain_case(), Idempotency_Key="k-6")
    assert first.json["number"] != other.json["number"]


def test_a_refused_request_does_not_use_its_key_up(program):
    operator = program("operator")
    problem(operator.post("/cases", {}, Idempotency_Key="k-7"), 400, "invalid_input")
    assert operator.post("/cases", plain_case(), Idempotency_Key="k-7").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "é"])
def test_a_key_that_is_none_is_refused(program, key):
    response = program("operator").post("/cases", plain_case(), Idempotency_Key=key)
    problem(response, 400, "bad_idempotency_key")


@pytest.fixture
def live(fresh_database_url: str, tmp_path) -> Any:
    """The product on a database that really commits, with a street in it."""
    from casetracker import create_app
    from casetracker.persistence.database import db

    app = create_app(settings_for(fresh_database_url, tmp_path))
    with app.app_context():
        street = new_street(db.session())
        yield app, street
        db.session.remove()
        db.engine.dispose()


def at_once(requests: list[Callable[[], Any]]) -> list[Any]:
    """What each gives when all start together."""
    barrier = threading.Barrier(len(requests))
    answers: list[Any] = [None] * len(requests)

    def run(place: int) -> None:
        barrier.wait()
        answers[place] = requests[place]()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def sender(app, token: str, path: str, body: dict[str, Any], **headers: str) -> Callable[[], Any]:
    def send() -> Any:
        given = {"Authorization": f"Bearer {token}", **headers}
        return app.test_client().post(ROOT + path, json=body, headers=given)

    return send


def test_the_same_key_from_eight_threads_makes_one_case(live):
    from casetracker.persistence.case import Case
    from casetracker.persistence.database import db

    app, street = live
    token = token_for(street, "operator")
    one = sender(app, token, "/cases", plain_case(), **{"Idempotency-Key": "race-1"})
    with time_machine.travel(street.now, tick=False):
        answers = at_once([one] * AT_ONCE)
    assert {a.status_code for a in answers} == {201}, [a.json for a in answers]
    assert len({a.data for a in answers}) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count(Case.id))) == 1


def test_of_two_people_with_the_same_upstream_number_one_makes_the_case(live):
    app, street = live
    body = plain_case(external_number="WH-77")
    tokens = [token_for(street, who) for who in ("operator", "second_operator")]
    with time_machine.travel(street.now, tick=False):
        answers = at_once([sender(app, t, "/cases", body) for t in tokens * 4])
    assert sorted(a.status_code for a in answers) == [200] * 7 + [201]
    assert len({a.json["number"] for a in answers}) == 1


def test_of_eight_who_dispatch_at_once_one_does_and_seven_are_told(live):
    app, street = live
    number = street.register().number
    token = token_for(street, "dispatcher")
    units = ("东风社区", "新河社区") * (AT_ONCE // 2)
    path = f"/cases/{number}/actions/dispatch"
    with time_machine.travel(street.now, tick=False):
        answers = at_once(
            [sender(app, token, path, {"unit": u}, **{"If-Match": '"1"'}) for u in units]
        )
    assert sorted(a.status_code for a in answers) == [200] + [409] * 7, [a.json for a in answers]
    losers = [a.json for a in answers if a.status_code == 409]
    assert {told["code"] for told in losers} == {"stale_version"}
    assert all("dispatcher先生" in told["detail"] for told in losers)
    assert _versions(street, number) == [1, 2]


def _versions(street: Street, number: str) -> list[int]:
    from casetracker.persistence.timeline import TimelineEntry

    street.session.rollback()
    case = street.case(number)
    query = select(TimelineEntry.seq).where(TimelineEntry.case_id == case.id)
    return sorted(street.session.scalars(query))
