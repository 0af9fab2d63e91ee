"""Units, categories, calendar and the calculator of limits."""

import pytest

from tests.api.conftest import problem


def test_units_are_listed_with_their_parents_by_code(program):
    units = {u["code"]: u for u in program("admin").get("/units").json["items"]}
    assert units["dongfeng"]["name"] == "东风社区"
    assert units["dongfeng"]["parent"] == "street"
    assert units["street"]["handles_cases"] is False


def test_categories_are_listed_with_their_usual_unit(program):
    rows = {c["code"]: c for c in program("auditor").get("/categories").json["items"]}
    assert rows["0203"]["full_name"] == "市政设施/路灯"
    assert rows["0203"]["default_unit"] == "public_works"
    assert rows["02"]["parent"] is None
    assert rows["0203"]["is_active"] is True


def test_the_calendar_tells_day_by_day_what_is_worked(program):
    asked = {"from": "2026-02-13", "to": "2026-02-24"}
    days = {d["date"]: d for d in program("operator").get("/calendar", **asked).json["items"]}
    assert len(days) == 12
    assert days["2026-02-14"]["is_workday"] is True  # a Saturday worked in exchange
    assert days["2026-02-17"]["is_workday"] is False
    assert days["2026-02-17"]["name"] == "春节"
    assert days["2026-02-17"]["provisional"] is False


def test_a_year_without_a_notice_is_provisional(program):
    day = program("operator").get("/calendar", **{"from": "2030-01-01", "to": "2030-01-01"})
    assert day.json["items"] == [
        {"date": "2030-01-01", "is_workday": True, "name": "", "provisional": True}
    ]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "from"), ({"from": "2026-01-01"}, "to"),
        ({"from": "2026-01-02", "to": "2026-01-01"}, "to"),
        ({"from": "2026-01-01", "to": "2036-01-01"}, "to"),
        ({"from": "20260101", "to": "2026-01-02"}, "from"),
        ({"from": "2026-13-01", "to": "2026-01-02"}, "from"),
    ],
)  # fmt: skip
def test_a_range_that_is_none_is_refused(program, asked, field):
    told = problem(program("operator").get("/calendar", **asked), 400, "invalid_input")
    assert field in {e["field"] for e in told["errors"]}


def test_the_calculator_gives_dates_and_steps(program):
    body = {"limit": "working:5", "from": "2026-03-02T10:00:00+08:00"}
    told = program("operator").post("/deadlines", body).json
    assert told["due_raw"] == told["due_legal"] == "2026-03-09T23:59:59+08:00"
    assert told["provisional"] is False
    assert told["steps"]
    assert all(step["on"] and step["text"] for step in told["steps"])


def test_an_extension_counts_from_the_unrolled_date(program):
    plain = {"limit": "calendar:5", "from": "2026-03-02T10:00:00+08:00"}
    operator = program("operator")
    assert operator.post("/deadlines", plain).json["due_raw"] == "2026-03-07T23:59:59+08:00"
    assert operator.post("/deadlines", plain).json["due_legal"] == "2026-03-09T23:59:59+08:00"
    longer = operator.post("/deadlines", {**plain, "extend": 3}).json
    assert longer["due_raw"] == "2026-03-10T23:59:59+08:00"


def test_the_calculator_answers_as_the_command_line_does(program, street):
    from casetracker.services.office.deadline_calculator import DeadlineQuestion, calculate

    body = {"limit": "handle:complaint", "from": "2026-02-10T16:00:00+08:00", "extend": 2}
    asked = DeadlineQuestion.model_validate(body)
    assert program("operator").post("/deadlines", body).json == calculate(
        street.ctx("operator"), asked
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"limit": "nonsense", "from": "2026-03-02 10:00"}, "unknown_limit"),
        ({"limit": "working:0", "from": "2026-03-02 10:00"}, "unknown_limit"),
        ({"limit": "assign_due", "from": "2026-03-02 10:00"}, "invalid_input"),
        ({"limit": "handle:help", "from": "2026-03-02 10:00", "extend": 11}, "invalid_input"),
        ({"limit": "handle:help", "from": "2026-03-02 10:00", "extend": -1}, "invalid_input"),
        ({"limit": "handle:help"}, "invalid_input"),
        ({"limit": "handle:help", "start": "2026-03-02 10:00"}, "invalid_input"),
    ],
)
def test_a_question_without_an_answer_is_refused(program, body, code):
    told = problem(program("operator").post("/deadlines", body), 400, code)
    assert told["detail"]


def test_reference_data_need_their_scope(program):
    cases_only = program("operator", "cases:read", "cases:write")
    for path in ("/units", "/categories", "/calendar"):
        problem(cases_only.get(path), 403, "insufficient_scope")
    problem(cases_only.post("/deadlines"), 403, "insufficient_scope")
