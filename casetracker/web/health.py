"""`/healthz` says that the process answers, `/readyz` that the product can work.

Strangers learn one word; who runs the product, signed in, also learns which check fails.
"""

import threading
import time
from dataclasses import dataclass, field

from flask import Blueprint, current_app, jsonify
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from casetracker.config import Settings
from casetracker.domain.permissions import Right
from casetracker.services.running.health import Check, all_ok, readiness
from casetracker.web.context import current_actor, stranger_context
from casetracker.web.guards import public

pages = Blueprint("health", __name__)
KEPT_S = 2.0
"""The checks write to the database: however often somebody asks, they are made that seldom."""


@dataclass(slots=True)
class _Latest:
    """The last verdict of this process."""

    checks: tuple[Check, ...] = ()
    at: float = -KEPT_S
    guard: threading.Lock = field(default_factory=threading.Lock)


@pages.record_once
def _begin(state: BlueprintSetupState) -> None:
    state.app.extensions["latest_health"] = _Latest()


@pages.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """No database, no disk: a process that hangs there must not be restarted for it."""
    return jsonify(status="ok")


@pages.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    checks = _checks()
    good = all_ok(checks)
    body: dict[str, object] = {"status": "ok" if good else "not ready"}
    if checks[0].ok and _is_told_details():
        body["checks"] = [
            {"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks
        ]
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response, 200 if good else 503


def _checks() -> tuple[Check, ...]:
    latest: _Latest = current_app.extensions["latest_health"]
    with latest.guard:
        if time.monotonic() - latest.at >= KEPT_S:
            settings: Settings = current_app.extensions["settings"]
            latest.checks = readiness(stranger_context("web"), settings.data_dir)
            latest.at = time.monotonic()
        return latest.checks


def _is_told_details() -> bool:
    actor = current_actor()
    return actor is not None and actor.may(Right.DELIVERY_MANAGE)
