"""The OpenAPI document is whole, and the API does what it says."""

import contextvars
import json
from collections.abc import Iterable
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis import checks as says

from casetracker.api import OPERATIONS
from casetracker.services.people.api_clients import ApiScope
from tests.api.conftest import ROOT, token_for
from tests.factories.petitions import worked

EXAMPLES = 24
SHORT = 200
CHECKS = [
    says.not_a_server_error,
    says.status_code_conformance,
    says.content_type_conformance,
    says.response_headers_conformance,
    says.response_schema_conformance,
]
"""Bodies beyond the schema may still be taken: codes are read by their Chinese names too."""


@pytest.fixture
def document(client) -> dict[str, Any]:
    response = client.get(f"{ROOT}/openapi.json")
    assert response.content_type == "application/json"
    return response.json


def _each(document: dict[str, Any]) -> Iterable[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_is_described_and_every_description_has_a_route(app, document):
    described = {(path, method.upper()) for path, method, _ in _each(document)}
    served = {
        (rule.rule.removeprefix(ROOT).replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(f"{ROOT}/") and rule.endpoint not in ("api.openapi", "api.docs")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == served


def test_every_operation_says_in_chinese_what_it_does_and_how_it_may_fail(document):
    assert document["openapi"] == "3.1.0"
    for path, method, operation in _each(document):
        where = f"{method} {path}"
        assert any("一" <= sign <= "鿿" for sign in operation["summary"]), where
        statuses = set(operation["responses"])
        assert statuses >= {"400", "401", "403", "429", "500", "503"}, where
        if method == "post":
            assert statuses >= {"413", "415", "422"}, where
        if "{" in path:
            assert "404" in statuses, where
        if "/actions/" in path:
            assert "409" in statuses, where
            assert operation["requestBody"]["content"]["application/json"]["example"] is not None


def test_every_example_is_a_good_body():
    for operation in OPERATIONS:
        if operation.body is not None:
            for example in (operation.example, *operation.more_examples.values()):
                raw = json.dumps(example)
                assert operation.body.model_validate_json(raw, strict=True)


def test_every_scope_is_explained(document):
    told = document["components"]["securitySchemes"]["token"]
    assert told["scheme"] == "bearer"
    assert all(scope in told["description"] for scope in ApiScope)


def test_every_reference_leads_somewhere(document):
    def references(part: Any) -> Iterable[str]:
        if isinstance(part, dict):
            for name, value in part.items():
                if name == "$ref":
                    yield value
                else:
                    yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    for reference in set(references(document)):
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def test_the_document_browser_needs_nothing_from_elsewhere(client):
    response = client.get(f"{ROOT}/docs")
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "vendor/swagger-ui" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page
    assert "unsafe" not in response.headers["Content-Security-Policy"]


class Alone:
    """The product where every request has an app context of its own, as in production."""

    app: Flask

    def __call__(self, environ, start_response):
        return contextvars.Context().run(self._answer, environ, start_response)

    def _answer(self, environ, start_response) -> list[bytes]:
        answered = self.app.wsgi_app(environ, start_response)
        try:
            return list(answered)
        finally:
            answered.close()


ALONE = Alone()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_whatever_is_sent_the_answer_is_one_that_the_document_promises(
    app, street, store, document
):
    """On the stricter engine; what texts and numbers do to the other one, test_strictness tells."""
    ALONE.app = app
    states = ("to_dispatch", "to_sign", "signed", "to_review", "to_follow_up", "closed")
    stages = ("registered", "classified", "handling", "to_check", "to_serve", "served", "reviewed")
    numbers = [street.worked(state) for state in states] + ["RX2026-999999"]
    numbers += [worked(street, stage) for stage in stages]
    people = ("dispatcher", "leader", "supervisor", "handler", "clerk", "adviser", "discipline")
    tokens = [token_for(street, who) for who in people]
    promised = schemathesis.openapi.from_dict(_with_short_texts(document))
    promised.app = ALONE
    for found in promised.get_all_operations():
        _try_out(found.ok(), numbers, tokens)


def _with_short_texts(part: Any) -> Any:
    """The document with no text longer than SHORT; test_strictness sends the longest ones.

    Length and pattern of a text become one expression, and one that repeats 20 000 times takes
    seconds to compile and 100 MB to keep, for every field that has it.
    """
    if isinstance(part, list):
        return [_with_short_texts(one) for one in part]
    if not isinstance(part, dict):
        return part
    longest = part.get("maxLength")
    shorter = {"maxLength": min(longest, SHORT)} if isinstance(longest, int) else {}
    return {**{name: _with_short_texts(one) for name, one in part.items()}, **shorter}


def _try_out(operation: Any, numbers: list[str], tokens: list[str]) -> None:
    cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if _is_fuzzed(operation.definition.raw["operationId"]):
        cases |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @hypothesis.seed(20260302)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, number=st.sampled_from(numbers), token=st.sampled_from(tokens))
    def send(case: Any, number: str, token: str) -> None:
        if case.path_parameters and "number" in case.path_parameters:
            case.path_parameters["number"] = number
        case.headers["Authorization"] = f"Bearer {token}"
        case.call_and_validate(checks=CHECKS)

    send()


def _is_fuzzed(name: str) -> bool:
    """Bodies that break their schema are slow to think up, and actions all read them alike."""
    return not name.startswith("action_") or name in ("action_dispatch", "action_follow_up")
