"""Logging a matter by the API."""

from datetime import timedelta

import pytest

from tests.api.conftest import plain_case, problem


def test_a_registered_case_comes_back_with_number_code_dates_and_place(program):
    response = program("operator").post("/cases", plain_case(category="0203"))
    assert response.status_code == 201
    told = response.json
    assert told["number"] == "RX2026-000001"
    assert told["state"] == "to_dispatch"
    assert told["version"] == 1
    assert len(told["query_code"]) == 8
    assert told["possible_repeats"] == []
    assert set(told["suggestions"]) == {"category", "unit"}
    assert [line["limit"] for line in told["due"]] == ["dispatch"]
    line = told["due"][0]
    assert line["due_legal"] == "2026-03-02T11:30:00+08:00"  # two office hours after 09:30
    assert line["provisional"] is False
    assert line["status"] == "running"
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Location"] == "/api/v1/cases/RX2026-000001"
    assert program("operator").get("/cases/RX2026-000001").status_code == 200


def test_chinese_names_do_as_well_as_codes(program):
    response = program("operator").post(
        "/cases", plain_case(track="热线工单", channel="12345", kind="投诉", category="路灯")
    )
    assert response.status_code == 201
    case = program("operator").get(f"/cases/{response.json['number']}").json
    assert (case["channel"], case["kind"]) == ("hotline_12345", "complaint")
    assert case["category_code"] == "0203"


def test_the_same_upstream_number_gives_the_case_that_is_there(program):
    operator = program("operator")
    first = operator.post("/cases", plain_case(external_number="WH-1"))
    again = operator.post("/cases", plain_case(external_number="WH-1", content="换一种说法"))
    assert (first.status_code, again.status_code) == (201, 200)
    for name in ("number", "state", "version", "due"):
        assert again.json[name] == first.json[name], name
    assert "query_code" not in again.json
    assert again.headers["Location"] == first.headers["Location"]
    assert len(operator.get("/cases").json["items"]) == 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2026-03-20", "2026-03-20T23:59:59+08:00"),
        ("2026-03-20 00:00", "2026-03-20T00:00:00+08:00"),
        ("2026-03-20T17:30:00+08:00", "2026-03-20T17:30:00+08:00"),
    ],
)
def test_an_upstream_limit_that_is_a_day_lasts_to_its_end(program, told, kept):
    operator = program("operator")
    logged = operator.post("/cases", plain_case(external_number="WH-8", external_due_at=told))
    case = operator.get(f"/cases/{logged.json['number']}").json
    assert case["external_due_at"] == kept


def test_a_likely_repeat_is_offered(program):
    operator = program("operator")
    first = operator.post("/cases", plain_case(category="0203")).json["number"]
    second = operator.post("/cases", plain_case(category="0203")).json
    assert [row["number"] for row in second["possible_repeats"]] == [first]
    assert second["possible_repeats"][0]["reasons"]


def test_every_wrong_field_is_named_with_what_is_wrong(program):
    body = plain_case(kind="nonsense", persons=0, petitioner={"phone": "123"}, surprise=1)
    told = problem(program("operator").post("/cases", body), 400, "invalid_input")
    assert {e["field"] for e in told["errors"]} == {
        "kind", "persons", "petitioner.phone", "surprise"
    }  # fmt: skip
    assert all(any("一" <= sign <= "鿿" for sign in e["message"]) for e in told["errors"])


def test_what_a_case_needs_is_demanded(program):
    told = problem(program("operator").post("/cases", {}), 400, "invalid_input")
    assert {e["field"] for e in told["errors"]} == {"track", "channel", "kind", "content"}


def test_a_text_of_blanks_is_no_content(program):
    for blank in ("", "   ", "\u200b", "\n\t"):
        told = problem(
            program("operator").post("/cases", plain_case(content=blank)), 400, "invalid_input"
        )
        assert [e["field"] for e in told["errors"]] == ["content"]


def test_names_that_nobody_has_are_refused_by_field(program):
    body = plain_case(category="没有这一类", location={"unit": "东风社区"})
    told = problem(program("operator").post("/cases", body), 400, "invalid_input")
    assert [e["field"] for e in told["errors"]] == ["category"]


def test_a_case_cannot_come_from_the_future(program, street):
    tomorrow = (street.now + timedelta(days=1)).isoformat()
    told = problem(
        program("operator").post("/cases", plain_case(received_at=tomorrow)), 400, "invalid_input"
    )
    assert [e["field"] for e in told["errors"]] == ["received_at"]


def test_fields_that_the_office_works_out_cannot_be_given(program):
    forbidden = {
        "status": "closed", "state": "closed", "version": 9, "id": 1, "number": "RX2026-999999",
        "role": "leader", "lead_unit_id": 2, "created_at": "2020-01-01T00:00:00+08:00",
        "is_confidential": True, "due_at": "2030-01-01T00:00:00+08:00", "excluded": "legacy",
        "handle_due_at": "2030-01-01T00:00:00+08:00", "registered_by": 1,
    }  # fmt: skip
    operator = program("operator")
    for name, value in forbidden.items():
        told = problem(operator.post("/cases", plain_case(**{name: value})), 400, "invalid_input")
        assert [e["field"] for e in told["errors"]] == [name]
    assert operator.get("/cases").json["items"] == []


def test_a_community_learns_nothing_of_foreign_cases_by_registering(program, street):
    foreign = street.worked("to_sign", external_number="WH-5")
    other = program("other_handler")
    told = problem(other.post("/cases", plain_case(repeat_of=foreign)), 400, "invalid_input")
    unknown = problem(
        other.post("/cases", plain_case(repeat_of="RX2026-999999")), 400, "invalid_input"
    )
    assert told["errors"] == unknown["errors"]
    response = other.post("/cases", plain_case(external_number="WH-5"))
    told = problem(response, 400, "invalid_input")
    assert [e["field"] for e in told["errors"]] == ["external_number"]
    assert foreign not in response.get_data(as_text=True)
    assert other.post("/cases", plain_case(category="0203")).json["possible_repeats"] == []


@pytest.mark.parametrize(
    ("more", "most"),
    [
        ({"petitioner": {"name": "李四"}}, 9),
        ({"category": "0203", "external_number": "WH-9"}, 12),  # repeats by phone and by category
    ],
)
def test_registering_asks_a_small_number_of_statements(program, count_queries, more, most):
    """Token and rights, reference stamp, look-ups, and one insert for each table."""
    operator = program("operator")
    operator.post("/cases", plain_case())
    with count_queries() as statements:
        response = operator.post("/cases", plain_case(**more))
    assert response.status_code == 201
    assert len(statements) <= most, statements
