"""The street with programs that act for its people."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.api_clients import issue_token
from tests.factories.street import Street, new_street

ROOT = "/api/v1"


@dataclass
class Program:
    """A program with a token of one person; its requests happen at the street's time."""

    client: FlaskClient
    street: Street
    token: str | None

    def call(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = dict(more.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        with time_machine.travel(self.street.now, tick=False):
            return self.client.open(ROOT + path, method=method, headers=headers, **more)

    def get(self, path: str, **query: Any) -> TestResponse:
        return self.call("GET", path, query_string=query)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("POST", path, json=body if body is not None else {}, headers=named)

    def send(self, path: str, raw: bytes, content_type: str = "application/json") -> TestResponse:
        return self.call("POST", path, data=raw, content_type=content_type)

    def act(self, number: str, action: str, body: Any = None, **headers: str) -> TestResponse:
        return self.post(f"/cases/{number}/actions/{action}", body, **headers)


@pytest.fixture
def street(session: Session) -> Street:
    return new_street(session)


def token_for(street: Street, who: str, *scopes: str) -> str:
    ctx = Context(SYSTEM, street.now, door="test")
    return issue_token(ctx, who, scopes or ("all",), f"test of {who}")


@pytest.fixture
def program(street: Street, new_client: Callable[[], FlaskClient]) -> Callable[..., Program]:
    """`program("operator")`, or with some scopes only: `program("operator", "cases:read")`."""

    def make(who: str | None, *scopes: str) -> Program:
        token = token_for(street, who, *scopes) if who else None
        return Program(new_client(), street, token)

    return make


def plain_case(**more: Any) -> dict[str, Any]:
    """The body of a plain request for help."""
    return {
        "track": "hotline",
        "channel": "mayor_line",
        "kind": "help",
        "content": "东风小区三栋门口的路灯不亮，晚上出行不安全。",
        "petitioner": {"name": "张三", "phone": "13812345678"},
        **more,
    }


def problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem of a refused request, after checking that it is a whole one."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    told = json.loads(response.data)
    assert told["code"] == code, told
    assert told["status"] == status
    assert told["title"]
    assert told["request_id"] == response.headers["X-Request-ID"]
    return told
