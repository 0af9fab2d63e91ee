"""Fields, queries, paths and headers of every operation, given what nobody expects: no 5xx."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from casetracker.api.catalogue import OPERATIONS
from casetracker.api.operations import Operation
from casetracker.domain.vocabulary import Action
from casetracker.services.steps.petition_actions import PETITION_SPECS
from tests.engines import in_turn
from tests.factories.petitions import worked
from tests.factories.street import Street, new_street

HUGE = 10**30
PETITION_ACTIONS = {*(one.action for one in PETITION_SPECS), Action.EVALUATE}
TRIED = 12
"""Spoilt bodies that each operation is given; drawn by its name, so always the same ones."""
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, HUGE, -HUGE, 1.5, 1e308, "", " ", "x", "\x00",
    "\ufffe", "\u202e", "'; DROP TABLE cases;--", "%_\\", "长" * 30_000, "１２３", "0001-01-01",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "2026-03-02T10:00:00",
    "2026-02-29", "2026-03-02T10:00:00+99:99", "2100-12-31T23:59:59-12:00", [], {}, [None],
    [[]], [1], ["东风社区"] * 11, {"a": {"b": []}}, "=1+1", "2e400", "NaN", "Infinity",
)  # fmt: skip
ODD_WORDS = (
    *(word for word in ODD_VALUES if isinstance(word, str)),
    "-1", "0", str(2**31), str(2**63), str(HUGE), "true", "null", "[]", "1,2", "٣", "1.5",
)  # fmt: skip
ODD_HEADERS = (
    ("Idempotency-Key", "k" * 256), ("Idempotency-Key", "\x7f"), ("If-Match", '"99999999999"'),
    ("If-Match", "*"), ("If-Match", '"-1"'), ("Content-Type", "application/json; charset=gbk"),
    ("Content-Type", ""), ("Accept", "x/y"), ("Authorization", "Bearer é"),
    ("Authorization", "Basic Og=="), ("X-Forwarded-For", "999.1.1.1, ::1"),
    ("X-Request-ID", "\u00ff" * 300), ("Content-Length", "-1"), ("Transfer-Encoding", "chunked"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_brakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many requests in no time would otherwise all be answered with 429."""
    monkeypatch.setattr("casetracker.api.serving.brake", lambda *_: None)
    monkeypatch.setattr("casetracker.api.cases.brake", lambda *_: None)


@pytest.fixture(scope="module")
def worked_on(session_for_all: Session) -> tuple[Street, str, str]:
    """A street with a hotline case and a petition at work, made once; what is sent is undone."""
    street = new_street(session_for_all)
    return street, street.worked("handling"), worked(street, "handling")


@pytest.fixture
def street(worked_on: tuple[Street, str, str], session: Session) -> Street:
    return worked_on[0].again(session)


def operations(*, with_body: bool = False, with_query: bool = False) -> list[Operation]:
    return [
        one for one in OPERATIONS
        if (not with_body or one.body is not None) and (not with_query or one.query is not None)
    ]  # fmt: skip


# The actions share one address but for their name.
NAMED_BY_ADDRESS = [
    one for one in OPERATIONS if not one.name.startswith("action_") or one.name == "action_dispatch"
]


def by_name(one: Operation) -> str:
    return one.name


def path_of(one: Operation, number: str) -> str:
    return (
        one.path.replace("{number}", number).replace("{id}", "1").replace("{", "").replace("}", "")
    )


def spoilt(example: dict[str, Any], names: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The example with one field at a time put wrong, those of nested objects too."""
    for name in {*names, *example, "unknown_field"}:
        for value in ODD_VALUES:
            yield name, {**example, name: value}
        inner = example.get(name)
        if isinstance(inner, dict):
            for key, changed in spoilt(inner, list(inner)):
                yield f"{name}.{key}", {**example, name: changed}


@in_turn("operation", operations(with_body=True), ids=by_name)
def test_no_value_of_a_field_is_our_fault(program, worked_on, operation):
    of_petitions = operation.name.removeprefix("action_") in PETITION_ACTIONS
    number = worked_on[2] if of_petitions else worked_on[1]
    caller = program("clerk" if of_petitions else "operator")
    names = [info.alias or name for name, info in operation.body.model_fields.items()]
    bodies = list(spoilt(dict(operation.example or {}), names))
    draw = random.Random(operation.name)
    for name, body in draw.sample(bodies, min(TRIED, len(bodies))):
        answer = caller.post(path_of(operation, number), body)
        assert answer.status_code < 500, (name, body.get(name.split(".")[0]), answer.data)


@in_turn("operation", operations(with_query=True), ids=by_name)
def test_no_value_of_a_query_is_our_fault(program, worked_on, operation):
    number = worked_on[1]
    caller = program("supervisor")
    names = [info.alias or name for name, info in operation.query.model_fields.items()]
    asked = [(name, word) for name in [*names, "unknown"] for word in ODD_WORDS]
    draw = random.Random(operation.name)
    for name, word in draw.sample(asked, min(TRIED * 5, len(asked))):
        answer = caller.get(path_of(operation, number), **{name: word})
        assert answer.status_code < 500, (name, word, answer.data)


@in_turn("operation", NAMED_BY_ADDRESS, ids=by_name)
def test_no_address_and_no_header_is_our_fault(program, street, operation):
    caller = program("operator")
    for word in ODD_WORDS:
        path = operation.path
        while "{" in path:
            start, end = path.index("{"), path.index("}")
            path = path[:start] + word.replace("/", "") + path[end + 1 :]
        if path != operation.path:
            answer = caller.call(operation.method, path, json=dict(operation.example or {}))
            assert answer.status_code < 500, (path, answer.data)
    raw = json.dumps(dict(operation.example or {})).encode()
    for name, value in ODD_HEADERS:
        path = path_of(operation, "RX2026-000001")
        headers = {"Content-Type": "application/json", name: value}
        answer = caller.call(operation.method, path, data=raw, headers=headers)
        assert answer.status_code < 500, (name, value, answer.data)
