"""Every address of the desk, opened and sent to by people to whom a case is none of theirs."""

import itertools
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from casetracker.services.steps.actions import ACTIONS
from tests.factories.random_steps import PDF
from tests.factories.street import Street
from tests.pages import visit

STRANGERS = ("other_handler", "other_head", "admin", "auditor")
SECRET = ("独角兽", "麒麟巷", "诸葛", "139****5544")
"""What only the foreign case says: its title and content, its place, its resident."""
QUERIES = (
    "?q=独角兽", "?q=13977665544", "?q=诸葛孔明", "?unit=dongfeng", "?view=all", "?tab=all",
    "?month=2026-03", "?month=2026-03&metric=received&part=denominator", "?state=handling",
    "?assignee=handler", "?phone=13977665544&content=独角兽", "?case=RX2026-000001",
)  # fmt: skip
OPEN_TO_ALL = {"static", "ops.sign_in.enter", "ops.sign_in.leave"}


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "sqlite"  # who sees what is asked of both in the same words


@pytest.fixture
def foreign(street: Street) -> str:
    """A case of 东风社区 with a handler, a file, a request to be decided and a message about it."""
    number = street.worked(
        "handling",
        title="独角兽出没",
        content="独角兽在麒麟巷出没，请尽快处理。",
        petitioner={"name": "诸葛孔明", "phone": "13977665544"},
        location={"address": "麒麟巷一号"},
        category="0203",
    )
    street.act("head", number, "request_extension", days=1, reason="party_cause", text="独角兽")
    street.add_evidence(number)
    return number


def desk_rules(app: Flask, method: str) -> list[Rule]:
    return [
        rule for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("ops.") and method in (rule.methods or ())
        and rule.endpoint not in OPEN_TO_ALL
    ]  # fmt: skip


def addresses(rule: Rule, number: str) -> Iterator[str]:
    known = {
        "number": [number], "action": sorted(ACTIONS), "kind": ["extension"], "form": ["register"],
        "code": ["0203", "dongfeng", "handle:help"], "name": ["office_hours"], "key": ["x"],
    }  # fmt: skip
    names = sorted(rule.arguments)
    for values in itertools.product(*(known.get(name, [1, 2]) for name in names)):
        path = rule.rule
        for name, value in zip(names, values, strict=True):
            for kind in ("int:", ""):
                path = path.replace(f"<{kind}{name}>", str(value))
        yield path


def told(text: str) -> list[str]:
    return [word for word in SECRET if word in text]


@pytest.mark.parametrize("who", STRANGERS)
def test_no_page_shows_a_foreign_case(
    app: Flask, street: Street, sign_in_as, foreign: str, who: str
) -> None:
    browser = sign_in_as(who)
    for rule in desk_rules(app, "GET"):
        for path in addresses(rule, foreign):
            queries = ("", *QUERIES) if not rule.arguments else ("",)
            for query in queries:
                shown = browser.get(path + query).get_data(as_text=True)
                typed = [word for word in SECRET if word in query]
                assert set(told(shown)) <= set(typed), path + query
                if foreign not in path + query:
                    assert foreign not in shown, path + query


@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_that_is_sent_changes_or_tells_of_a_foreign_case(
    app: Flask, street: Street, sign_in_as, foreign: str, who: str
) -> None:
    browser = sign_in_as(who)
    before = street.case(foreign).version
    token = token_of(browser)
    for rule in desk_rules(app, "POST"):
        if "number" not in rule.arguments and rule.endpoint != "ops.intake.suggest":
            continue
        for path in addresses(rule, foreign):
            sent = {**_body(path), "csrf_token": token, "files": (BytesIO(PDF), "a.pdf")}
            answer = browser.post(path, data=sent, follow_redirects=True)
            assert answer.status_code < 500, path
            assert "number" not in rule.arguments or answer.status_code in (403, 404), path
            assert not told(answer.get_data(as_text=True)), path
    assert street.case(foreign).version == before


def token_of(browser: FlaskClient) -> str:
    page = visit(browser, "/ops/me")
    return next(
        field.get("value") for field in page.root.all("input") if field.get("name") == "csrf_token"
    )


def _body(path: str) -> dict[str, object]:
    action = next((name for name in ACTIONS if path.endswith(f"/{name}")), None)
    example = dict(ACTIONS[action].example) if action else {}
    return {
        "granted": "1", "note": "x", "reason": "核对", "text": "x", "unit": "新河社区",
        "phone": "13977665544", "content": "有人看见一只怪兽", "kind": "help", **example,
    }  # fmt: skip
