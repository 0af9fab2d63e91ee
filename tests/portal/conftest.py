"""The street as residents meet it: a browser without an account, at a fixed time."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from casetracker import create_app
from casetracker.persistence.database import db
from tests.databases import settings_for
from tests.factories.street import MONDAY_MORNING, Street, new_street

TOKEN = re.compile(r'name="(csrf_token|form_token)" value="([^"]+)"')


class Visitor:
    """Somebody in front of the portal; sends the tokens of the page they are looking at."""

    def __init__(self, client: Any, ip: str = "203.0.113.7") -> None:
        self.client = client
        self.base = {"REMOTE_ADDR": ip}
        self.page = ""
        self.tokens: dict[str, str] = {}

    def get(self, path: str) -> TestResponse:
        return self._seen(self.client.get(path, environ_base=self.base))

    def post(self, path: str, **fields: Any) -> TestResponse:
        """POST with the tokens of the page; `__` in a name stands for a dot."""
        data = {name.replace("__", "."): value for name, value in fields.items()}
        return self._seen(
            self.client.post(path, data={**self.tokens, **data}, environ_base=self.base)
        )

    def follow(self, response: TestResponse) -> TestResponse:
        assert response.status_code == 303, response.text
        return self.get(response.headers["Location"])

    def hand_in(self, **fields: Any) -> TestResponse:
        """Open the form and send all of it at once."""
        self.get("/submit")
        plain = {"content": "东风小区三栋门口的路灯不亮。", "kind": "help"}
        return self.post("/submit", do="send", **{**plain, **fields})

    def receipt(self, **fields: Any) -> tuple[str, str]:
        """Number and query code of a matter just handed in."""
        self.follow(self.hand_in(**fields))
        number, code = re.findall(r'class="receipt__code">([^<]+)<', self.page)
        return number, code

    def look(self, number: str, code: str) -> TestResponse:
        self.get("/track")
        return self.post("/track", number=number, code=code)

    @property
    def title(self) -> str:
        """The heading of the page."""
        return re.findall(r"<h1>(.+)</h1>", self.page)[0]

    def open_up(self, number: str, code: str) -> str:
        """The page of a matter, opened with number and code."""
        self.follow(self.look(number, code))
        return self.page

    def _seen(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.status_code != 303:
            self.page = response.text
            self.tokens = {name: unescape(value) for name, value in TOKEN.findall(self.page)}
        return response


@pytest.fixture
def own_app(fresh_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The product on a database of its own, for what really commits."""
    app = create_app(settings_for(fresh_database_url, tmp_path))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def street(session: Session) -> Street:
    return new_street(session)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wait(street: Street, clock: Any) -> Callable[..., None]:
    """Let time pass for the street and for the browsers alike."""

    def waiting(**time: float) -> None:
        street.wait(**time)
        clock.shift(timedelta(**time))

    return waiting


@pytest.fixture
def visitor(new_client: Any, street: Street, clock: Any) -> Visitor:
    return Visitor(new_client())


@pytest.fixture
def another(new_client: Any, street: Street, clock: Any) -> Callable[..., Visitor]:
    """More people, each with a browser and, if wished, an address of their own."""
    return lambda ip="203.0.113.99": Visitor(new_client(), ip)


@pytest.fixture
def codes(monkeypatch):
    """Every petition of a test has the same query code, so that the factories need not pass it."""
    from casetracker.services import query_codes

    monkeypatch.setattr(query_codes, "new_query_code", lambda _: "ABCDEFG2")
    return "ABCDEFG2"
