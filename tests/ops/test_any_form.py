"""Addresses and forms of desk and portal, given what nobody types: never a 5xx."""

import random
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.services.steps.actions import ACTIONS
from tests.factories.street import Street
from tests.pages import visit

ODD_WORDS = (
    "\x00", "\u202e", "\ufffe", "", " ", "-1", "0", "1e9", "1.5", str(2**31), str(2**63), "9" * 40,
    "１２", "٣", "0001-01-01", "9999-12-31T23:59", "2026-02-30", "2026-13", "9999-12", "0001-01",
    "24:00", "长" * 500, "%", "_", "'", '"<b>', "../..", "null", "=1+1", "W10", "WyJyZWNlaXZlZCIs",
)  # fmt: skip
LIKELY_WORDS = ("1", "x", "东风社区", "2026-03-01", "2026-03", "help", "valid", "13812345678")
USUAL = {
    "action": "log", "kind": "extension", "form": "register", "code": "0203",
    "name": "office_hours", "key": "x", "number": "RX2026-000001",
}  # fmt: skip
TRIED = 3
"""Requests to each address; drawn by its name, so always the same ones."""
ENDS_THE_SESSION = {"ops.sign_in.enter", "ops.sign_in.leave", "ops.me.set_password"}


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # the stricter of the two


@pytest.fixture
def chief(street: Street, sign_in_as) -> FlaskClient:
    """Somebody who may open everything, and a case to open it on."""
    street.worked("handling")
    account = street.session.query(Account).filter_by(username="supervisor").one()
    account.roles = frozenset(set(Role) - {Role.RESIDENT, Role.SYSTEM})
    street.session.commit()
    return sign_in_as("supervisor")


def rules(app: Flask, method: str) -> list[Rule]:
    return [
        rule for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("ops.", "portal.")) and method in (rule.methods or ())
        and rule.endpoint not in ENDS_THE_SESSION
    ]  # fmt: skip


def path_of(rule: Rule, values: dict[str, Any]) -> str:
    path = rule.rule
    for name in rule.arguments:
        path = re.sub(f"<(int:)?{name}>", str(values.get(name, 1)), path)
    return path


def names_in_forms(app: Flask, browser: FlaskClient) -> list[str]:
    """What any page asks for."""
    names = set()
    for rule in rules(app, "GET"):
        page = browser.get(path_of(rule, USUAL)).get_data(as_text=True)
        names |= set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page))
    return sorted(names - {"csrf_token"})


def drawn(draw: random.Random, names: list[str]) -> dict[str, str]:
    return {
        name: draw.choice(ODD_WORDS if draw.random() < 0.4 else LIKELY_WORDS)
        for name in names
        if draw.random() < 0.7
    }


def test_no_number_in_an_address_is_our_fault(app: Flask, chief: FlaskClient) -> None:
    for rule in rules(app, "GET"):
        for name in rule.arguments:
            for word in ODD_WORDS:
                path = path_of(rule, {**USUAL, name: word.replace("/", "") or "x"})
                assert chief.get(path).status_code < 500, path


def test_no_field_of_a_page_or_a_form_is_our_fault(app: Flask, chief: FlaskClient) -> None:
    names = names_in_forms(app, chief)
    fields = visit(chief, "/ops/me").root.all("input")
    token = next(one.get("value") for one in fields if one.get("name") == "csrf_token")
    for rule in rules(app, "GET"):
        draw = random.Random(rule.endpoint)
        for _ in range(TRIED):
            asked = drawn(draw, names)
            assert chief.get(path_of(rule, USUAL), query_string=asked).status_code < 500, asked
    for rule in rules(app, "POST"):
        draw = random.Random(rule.endpoint)
        for _ in range(TRIED):
            sent = drawn(draw, names)
            path = path_of(rule, {**USUAL, "action": draw.choice(sorted(ACTIONS))})
            answer = chief.post(path, data={**sent, "csrf_token": token})
            assert answer.status_code < 500, (path, sent)
