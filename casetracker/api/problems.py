"""Errors as `application/problem+json` (RFC 9457) for everything below `/api`."""

from typing import Any

from flask import Response

from casetracker.api.auth import Unauthenticated, challenge
from casetracker.api.serving import as_json
from casetracker.domain.errors import DomainError
from casetracker.web.context import request_id
from casetracker.web.problems import Problem

CONTENT_TYPE = "application/problem+json"
TYPE = "urn:casetracker:problem:"
"""A problem's `type` is this and its code; there is nothing to fetch behind it."""


def render(problem: Problem, error: Exception) -> Response:
    """The answer to an error; `web.errors` calls it and adds the headers all doors share."""
    response = Response(as_json(document(problem)), problem.status, content_type=f"{CONTENT_TYPE}")
    if isinstance(error, DomainError) and problem.status in (401, 403):
        _challenge(response, error)
    if problem.code == "stale_version":
        response.headers["ETag"] = f'"{problem.extra["version"]}"'
    return response


def document(problem: Problem) -> dict[str, Any]:
    """The members of a problem; what only its code has comes last."""
    told: dict[str, Any] = {
        "type": f"{TYPE}{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "request_id": request_id(),
    }
    if problem.fields:
        told["errors"] = [{"field": f.field, "message": f.message} for f in problem.fields]
    return {**problem.extra, **told}


def _challenge(response: Response, error: DomainError) -> None:
    if isinstance(error, Unauthenticated) or "scope" in error.facts:
        response.headers["WWW-Authenticate"] = challenge(error)
