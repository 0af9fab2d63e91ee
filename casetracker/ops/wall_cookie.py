"""The cookie by which a screen shows the wall: sent to that page alone, never to the desk."""

from flask import current_app, request
from werkzeug.wrappers import Response

from casetracker.services.people.screens import LIFE

PATH = "/ops/wall"
LONGEST = 100


def given_secret() -> str:
    secret = request.cookies.get(_name(), "")
    return secret if len(secret) <= LONGEST else ""


def give_secret(response: Response, secret: str) -> None:
    """To this browser, for as long as a screen lives."""
    response.set_cookie(
        _name(),
        secret,
        max_age=LIFE,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
        path=PATH,
    )


def _name() -> str:
    """`__Secure-` by https; `__Host-` would send it to every page."""
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    return "__Secure-casetracker-wall" if secure else "casetracker-wall"
