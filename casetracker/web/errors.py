"""Every error of a request, rendered once: a page for people, a door's own form for programs.

Doors that speak another form register it by address: `render_errors(app, "/api/", function)`.
Our own faults are logged once with the request id; users' are not.
"""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, Unauthorized

from casetracker.domain.errors import DomainError
from casetracker.web.context import request_id, signed_in
from casetracker.web.kept_words import kept_form
from casetracker.web.problems import Problem, problem_of

log = logging.getLogger("casetracker.errors")
Renderer = Callable[[Problem, Exception], Response]
PAGES = {400: 400, 401: 401, 403: 403, 404: 404, 405: 405, 409: 409, 413: 413, 422: 409, 429: 429}
"""Status → the page that explains it; others of the 4xx share the one of 400."""
DESK = "/ops"


def install_errors(app: Flask) -> None:
    """Handlers for refusals, HTTP errors and whatever nobody expected."""
    app.extensions["error_renderers"] = {}
    for kind in (DomainError, ValidationError, HTTPException, Exception):
        app.register_error_handler(kind, handle)


def render_errors(app: Flask, prefix: str, render: Renderer) -> None:
    """From now on addresses below `prefix` answer errors with `render(problem, error)`."""
    app.extensions["error_renderers"][prefix] = render


def handle(error: Exception) -> Response:
    """The answer to any error; never raises for a known one."""
    if isinstance(error, HTTPException) and error.response is not None:
        return make_response(error.response)
    problem = problem_of(error)
    if problem.status >= 500:
        log.error("request failed", exc_info=error, extra={"request_id": request_id()})
    response = _renderer()(problem, error)
    if problem.retry_after_s is not None:
        response.headers["Retry-After"] = str(problem.retry_after_s)
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name in ("Allow", "WWW-Authenticate"):
                response.headers.setdefault(name, value)
    return response


def error_page(problem: Problem, error: Exception) -> Response:
    """The page of a problem; a stranger who asked for a page of the desk is led to the sign-in."""
    if isinstance(error, Unauthorized) and _may_be_led_away():
        return make_response(redirect(url_for("ops.sign_in.show", next=_wanted())))
    status = 401 if _ended_session(error) else problem.status
    g.shows_error = True  # nothing may be asked of a database that may be away
    page = PAGES.get(status, 400) if status < 500 else (503 if status == 503 else 500)
    words = render_template(
        f"errors/{page}.html",
        detail=_detail(problem, error),
        facts=[one.sentence for one in problem.fields],
        allowed=[],
        request_id=request_id(),
        home_url=f"{DESK}/" if _at_desk() else "/",
        back_url=_back_url(),
        kept=kept_form(page),
    )
    return make_response(words, status)


def _renderer() -> Renderer:
    renderers: dict[str, Renderer] = current_app.extensions["error_renderers"]
    fitting = [prefix for prefix in renderers if request.path.startswith(prefix)]
    return renderers[max(fitting, key=len)] if fitting else error_page


def _detail(problem: Problem, error: Exception) -> str:
    if isinstance(error, CSRFError) and not _ended_session(error):
        return "页面停留过久，或者您已重新登录。" if _at_desk() else "页面停留得太久了。"
    if problem.code.startswith("http_") or problem.status == 500:
        return ""
    return problem.detail


def _ended_session(error: Exception) -> bool:
    """A form of the desk whose token is stale because nobody is signed in any more."""
    at_sign_in = request.endpoint is not None and request.endpoint.startswith("ops.sign_in.")
    return isinstance(error, CSRFError) and _at_desk() and not at_sign_in and signed_in() is None


def _at_desk() -> bool:
    return request.path == DESK or request.path.startswith(f"{DESK}/")


def _may_be_led_away() -> bool:
    wants_page = request.method in ("GET", "HEAD") and "HX-Request" not in request.headers
    return wants_page and _at_desk()


def _wanted() -> str:
    return request.full_path.removesuffix("?")


def _back_url() -> str | None:
    """The page the request came from, if it is one of ours."""
    came = urlsplit(request.headers.get("Referer", ""))
    if not came.path or came.netloc != request.environ.get("HTTP_HOST"):
        return None
    if request.method == "GET" and came.path == request.path:
        return None
    return came.path + (f"?{came.query}" if came.query else "")
