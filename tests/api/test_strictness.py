"""What is no good JSON, too much of it, or sent the wrong way: a problem, never a fault."""

import json

import pytest

from casetracker.web.strict_json import BadJson, read_json
from tests.api.conftest import plain_case, problem


def body(**more) -> bytes:
    return json.dumps(plain_case(**more)).encode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "http_415"),
        (b"{", "malformed_json"),
        (b"nonsense", "malformed_json"),
        (b"\xff\xfe{}", "malformed_json"),
        ("\ufeff{}".encode(), "malformed_json"),
        ('{"a": 1}'.encode("utf-16"), "malformed_json"),
        (b'{"persons": NaN}', "not_finite"),
        (b'{"persons": -Infinity}', "not_finite"),
        (b'{"persons": 1e999}', "not_finite"),
        (b'{"persons": ' + b"9" * 5000 + b"}", "malformed_json"),
        (b'{"kind": "help", "kind": "complaint"}', "duplicate_field"),
        (b'{"location": {"lat": 1, "lat": 2}}', "duplicate_field"),
        (b'{"content": "\\ud800"}', "unsaveable_characters"),
        (b'{"\\udfff": 1}', "unsaveable_characters"),
        (b"[" * 33 + b"]" * 33, "json_too_deep"),
        (b"[" * 100_000, "json_too_deep"),
        (b'{"a":' * 100_000, "json_too_deep"),
        (b"[]", "invalid_input"),
        (b"null", "invalid_input"),
        (b'"text"', "invalid_input"),
        (b"[" * 32 + b"]" * 32, "invalid_input"),
    ],
)
def test_json_that_could_be_misread_is_refused(program, raw, code):
    status = 415 if code == "http_415" else 400
    content_type = "text/plain" if code == "http_415" else "application/json"
    problem(program("operator").send("/cases", raw, content_type), status, code)


def test_the_place_of_a_mistake_is_told(program):
    told = problem(program("operator").send("/cases", b'{\n "a": ?}'), 400, "malformed_json")
    assert "第 2 行第 7 列" in told["detail"]


def test_a_repeated_field_is_told_by_name():
    with pytest.raises(BadJson) as refused:
        read_json(b'{"x": {"kind": 1, "kind": 1}}')
    assert refused.value.facts["name"] == "kind"


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\ufffeb", "a\ufdd0b", "e" + "\u0301" * 40, "\U0001fffe"]
)
def test_text_that_no_database_holds_is_refused_by_field(program, text):
    told = problem(
        program("operator").post("/cases", plain_case(content=text)), 400, "invalid_input"
    )
    assert [e["field"] for e in told["errors"]] == ["content"]
    assert "无法保存" in told["errors"][0]["message"]


def test_odd_but_honest_text_is_kept_as_it_is(program):
    text = "𠀀家门口👨‍👩‍👧的路灯“不亮” ‑ ﬁ"
    response = program("operator").post("/cases", plain_case(content=text))
    assert response.status_code == 201
    kept = program("operator").get(f"/cases/{response.json['number']}").json["content"]
    assert kept == text


def test_a_text_of_a_megabyte_is_too_large_as_body_and_too_long_as_field(program):
    operator = program("operator")
    problem(operator.send("/cases", body(content="路" * 400_000)), 413, "http_413")
    told = problem(operator.post("/cases", plain_case(content="路" * 20_001)), 400, "invalid_input")
    assert [e["field"] for e in told["errors"]] == ["content"]
    assert operator.post("/cases", plain_case(content="路" * 20_000)).status_code == 201


def test_a_body_without_its_length_is_measured_all_the_same(program):
    endless = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    response = program("operator").call(
        "POST", "/cases", content_type="application/json", environ_overrides=endless
    )
    problem(response, 413, "http_413")


class Endless:
    """A body that never ends."""

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= 2**20 + 1, "the whole of an endless body was asked for"
        return b" " * min(size, 65536)

    readline = read


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_only_json_is_read_as_json(program, content_type):
    response = program("operator").send("/cases", body(), content_type)
    problem(response, 415, "http_415")


def test_a_character_set_beside_the_type_is_fine(program):
    response = program("operator").send("/cases", body(), "application/json; charset=utf-8")
    assert response.status_code == 201


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("persons", "2"), ("persons", True), ("persons", 1.5), ("important", "yes"),
        ("important", 1), ("petitioner", []), ("petitioner", None), ("location", "东风"),
        ("location", {"lat": 91}), ("location", {"lon": "114"}), ("risk_tags", "group"),
        ("risk_tags", ["group"] * 8), ("received_at", 1772415000), ("received_at", "昨天"),
        ("received_at", "2026-02-30 10:00"), ("received_at", "0001-01-01T00:00:00Z"),
        ("content", 5), ("track", None), ("kind", ["help"]),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_by_field(program, field, value):
    told = problem(
        program("operator").post("/cases", plain_case(**{field: value})), 400, "invalid_input"
    )
    assert all(e["field"].startswith(field) for e in told["errors"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("138 1234 5678", True), ("+86 138-1234-5678", True), ("１３８１２３４５６７８", True),
        ("027-83210000", True), ("13812345678\n", True), ("1381234567", False),
        ("138123456789", False), ("call me", False), ("", True),
    ],
)  # fmt: skip
def test_telephone_numbers_are_put_right_or_refused(program, given, kept):
    response = program("operator").post("/cases", plain_case(petitioner={"phone": given}))
    if kept:
        assert response.status_code == 201
    else:
        told = problem(response, 400, "invalid_input")
        assert [e["field"] for e in told["errors"]] == ["petitioner.phone"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_named_as_not_allowed(program, method):
    response = program("operator").call(method, "/cases")
    problem(response, 405, "http_405")
    assert set(response.headers["Allow"].replace(" ", "").split(",")) >= {"GET", "POST"}


def test_our_own_fault_is_a_problem_without_its_insides(program, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("a secret inside")

    monkeypatch.setattr("casetracker.services.office.catalogues.reference", broken)
    response = program("operator").get("/units")
    told = problem(response, 500, "unexpected")
    assert "secret" not in json.dumps(told)
    assert told["request_id"]
