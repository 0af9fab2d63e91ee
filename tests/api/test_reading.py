"""Cases read by programs: within the person's scope, masked, page by page."""

import base64
import json

import pytest

from tests.api.conftest import plain_case, problem

ALL = {"first", "second", "other", "new"}


@pytest.fixture
def cases(street):
    """Four cases: two with 东风社区, one with 新河社区, one not dispatched."""
    first, second = street.worked("to_sign"), street.worked("to_review")
    other = street.register(content="新河路井盖破损", kind="complaint", category="0201").number
    street.act("dispatcher", other, "dispatch", unit="新河社区")
    return {"first": first, "second": second, "other": other, "new": street.register().number}


def numbers(response) -> list[str]:
    assert response.status_code == 200, response.get_data(as_text=True)
    return [row["number"] for row in response.json["items"]]


def test_a_list_holds_what_its_reader_may_see(program, cases):
    assert set(numbers(program("operator").get("/cases"))) == set(cases.values())
    assert set(numbers(program("head").get("/cases"))) == {cases["first"], cases["second"]}
    assert numbers(program("other_handler").get("/cases")) == [cases["other"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "to_sign"}, {"first", "other"}),
        ({"state": "待审核"}, {"second"}),
        ({"kind": "complaint"}, {"other"}),
        ({"category": "02"}, {"other"}),
        ({"category": "0203"}, set()),
        ({"unit": "东风社区"}, {"first", "second"}),
        ({"unit": "xinhe"}, {"other"}),
        ({"assignee": "handler"}, {"second"}),
        ({"channel": "mayor_line", "track": "hotline"}, ALL),
        ({"channel": "portal"}, set()),
        ({"q": "井盖"}, {"other"}),
        ({"q": "13812345678"}, ALL),
        ({"received_from": "2026-03-02", "received_to": "2026-03-02"}, ALL),
        ({"received_from": "2026-03-03"}, set()),
        ({"received_to": "2026-03-02T09:30:00+08:00"}, set()),
        ({"standing": "overdue"}, set()),
    ],
)  # fmt: skip
def test_lists_are_narrowed_by_every_filter(program, cases, query, found):
    assert set(numbers(program("operator").get("/cases", **query))) == {cases[n] for n in found}


def test_overdue_cases_are_found_once_their_time_has_passed(program, cases, street):
    street.wait(days=30)
    assert set(numbers(program("operator").get("/cases", standing="overdue"))) == set(
        cases.values()
    )


def test_pages_follow_each_other_without_loss_or_repeat(program, street):
    made = [street.register().number for _ in range(7)]
    operator, seen, cursor = program("operator"), [], None
    for _ in range(5):
        page = operator.get(
            "/cases", limit=2, sort="number", **({"cursor": cursor} if cursor else {})
        )
        seen += numbers(page)
        cursor = page.json["next_cursor"]
        if cursor is None:
            break
    assert seen == made


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"), ({"limit": "201"}, "limit"), ({"limit": "10" * 9}, "limit"),
        ({"limit": "-1"}, "limit"), ({"limit": "５"}, "limit"), ({"limit": "1e3"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"), ({"cursor": "W10"}, "cursor"),
        ({"sort": "petitioner"}, "sort"), ({"sort": "-id"}, "sort"), ({"state": "x"}, "state"),
        ({"unit": "没有这个单位"}, "unit"), ({"category": "没有"}, "category"),
        ({"assignee": "nobody"}, "assignee"), ({"standing": "met"}, "standing"),
        ({"received_from": "2026-02-30"}, "received_from"),
        ({"received_to": "9999-12-31"}, "received_to"), ({"fields": "content"}, "fields"),
        ({"include": "petitioner"}, "include"), ({"page": "2"}, "page"),
        ({"q": "a\x00b"}, "q"), ({"state": ["to_sign", "closed"]}, "state"),
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_by_field(program, query, field):
    told = problem(program("operator").get("/cases", **query), 400, "invalid_input")
    assert [e["field"] for e in told["errors"]] == [field]


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("received", "0001-01-01T00:00:00+14:00"), ("due", "9999-12-31T23:59:59-14:00"),
        ("received", "2026-03-02T10:00:00"), ("number", "RX\x00"), ("number", "RX\ud800"),
        ("number", 2**70), ("newest", 2**70), ("newest", True),
    ],
)  # fmt: skip
def test_a_cursor_that_somebody_made_up_is_refused(program, sort, key):
    told = base64.urlsafe_b64encode(json.dumps([sort, key, 1, 0]).encode()).decode().rstrip("=")
    answer = program("operator").get("/cases", sort=sort, cursor=told)
    assert problem(answer, 400, "invalid_input")["errors"][0]["field"] == "cursor"


def test_a_day_beyond_the_calendar_is_no_date(program):
    for day in ("0001-01-01", "9999-12-31"):
        answer = program("operator").get("/cases", received_from=day, received_to=day)
        told = problem(answer, 400, "invalid_input")
        assert {e["field"] for e in told["errors"]} == {"received_from", "received_to"}


def test_a_case_is_shown_whole_with_its_resident_masked(program, cases):
    response = program("handler").get(f"/cases/{cases['second']}")
    case = response.json
    assert response.headers["ETag"] == f'"{case["version"]}"'
    assert case["state"] == "to_review"
    assert case["petitioner"]["name"] == "张*"
    assert case["petitioner"]["phone"] == "138****5678"
    assert "13812345678" not in response.get_data(as_text=True)
    assert case["unit_code"] == "dongfeng"
    assert {line["limit"] for line in case["due"]} >= {"dispatch", "sign", "contact", "handle"}
    assert case["replies"][0]["approved"] is None
    assert case["attachments"][0]["filename"] == "现场.jpg"
    assert "log" in case["allowed"]
    assert "approve" not in case["allowed"]
    assert "approve" in program("head").get(f"/cases/{cases['second']}").json["allowed"]


def test_events_tell_who_did_what(program, cases):
    events = program("head").get(f"/cases/{cases['first']}/events").json["items"]
    assert [(e["action"], e["actor"]) for e in events[:2]] == [
        ("register", "operator先生"),
        ("dispatch", "dispatcher先生"),
    ]
    assert events[0]["at"] == "2026-03-02T09:30:00+08:00"


def test_deadlines_explain_themselves_step_by_step(program, cases):
    clocks = program("operator").get(f"/cases/{cases['first']}/deadlines").json["items"]
    handle = next(clock for clock in clocks if clock["limit"] == "handle")
    assert handle["rule"] == "handle:help"
    assert handle["due_legal"] == "2026-03-09T23:59:59+08:00"  # five working days from Monday
    assert len(handle["steps"]) > 3
    assert all(step["text"] for step in handle["steps"])


@pytest.mark.parametrize("part", ["", "/events", "/deadlines"])
def test_what_is_out_of_scope_looks_like_what_does_not_exist(program, cases, part):
    stranger = program("other_head")
    foreign = problem(stranger.get(f"/cases/{cases['first']}{part}"), 404, "not_found")
    missing = problem(stranger.get(f"/cases/RX2026-999999{part}"), 404, "not_found")
    for told in (foreign, missing):
        del told["request_id"], told["number"]
    assert foreign == missing


@pytest.mark.parametrize(
    "number", ["9" * 30, "１２", "RX2026-000001'--", "%00", "..", "%F0%9F%98%80", "1e999", "-1"]
)
def test_odd_numbers_are_just_not_found(program, number):
    response = program("operator").get(f"/cases/{number}")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


def test_search_hides_what_the_reader_may_not_see(program, street):
    street.register(content="紫薇院独有字样的诉求")
    assert numbers(program("other_handler").get("/cases", q="紫薇院")) == []
    assert len(numbers(program("operator").get("/cases", q="紫薇院"))) == 1


def test_lists_and_cases_ask_as_much_of_the_database_whatever_their_size(
    program, street, count_queries
):
    operator = program("operator")
    few = street.register().number
    asked = []
    for _ in range(2):
        with count_queries() as page:
            operator.get("/cases", limit=200)
        with count_queries() as case:
            assert operator.get(f"/cases/{few}").status_code == 200
        asked.append((len(page), len(case)))
        for _ in range(12):
            street.register()
    assert asked[0] == asked[1]


def test_a_reader_without_cases_of_any_kind_is_refused(program):
    for who in ("admin", "security", "auditor"):
        problem(program(who).get("/cases"), 403, "no_right")
        problem(program(who).post("/cases", plain_case()), 403, "no_right")


def test_a_discipline_officer_sees_nothing_but_the_lane_and_registers_nothing(program, street):
    street.register()
    assert program("discipline").get("/cases").json["items"] == []
    problem(program("discipline").post("/cases", plain_case()), 403, "no_right")


def test_the_choices_of_a_filter_are_listed_without_english(program):
    told = problem(program("operator").get("/cases", standing="late"), 400, "invalid_input")
    assert told["errors"] == [
        {"field": "standing", "message": "没有这个选项，可用：overdue、due_soon"}
    ]
