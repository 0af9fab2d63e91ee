"""From an operation to a Flask view: token, right, request, answer."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Response

from casetracker.api.auth import authenticate
from casetracker.api.operations import Answer, Operation
from casetracker.api.requests import call_of
from casetracker.web.guards import MARK, Access, check
from casetracker.web.rate_limits import API, brake

ROOT = "/api/v1"


def blueprint_of(operations: Iterable[Operation]) -> Blueprint:
    """All operations under the root, each marked with the rights that open it."""
    blueprint = Blueprint("api", __name__, url_prefix=ROOT)
    for operation in operations:
        rule = operation.path.replace("{", "<").replace("}", ">")
        view = _served(operation)
        blueprint.add_url_rule(rule, operation.name, view, methods=[operation.method])
    return blueprint


def _served(operation: Operation) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        client = authenticate(operation.scope)
        brake(API, client.actor.principal)
        check(*operation.rights)
        answer = operation.view(call_of(operation, client, path))
        return answer if isinstance(answer, Response) else as_response(answer)

    setattr(view, MARK, Access(frozenset(operation.rights)))
    return view


def as_response(answer: Answer) -> Response:
    return Response(
        as_json(answer.payload), answer.status, answer.headers, content_type="application/json"
    )


def as_json(value: Any) -> bytes:
    """Compact UTF-8; a sign that UTF-8 cannot hold, given back from a bad request, becomes `?`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")
