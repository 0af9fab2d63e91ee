"""`/metrics` on an address of its own, before anything else: that address serves nothing but it.

The figures come from the database, so that every process of the product gives the same ones.
"""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from casetracker.services.running.health import Gauges, gauges
from casetracker.web.context import stranger_context


class MetricsDoor:
    """WSGI: requests that came in by `METRICS_BIND` stop here, all others go on."""

    def __init__(self, app: Flask, bind: str) -> None:
        self.flask = app
        self.inner = app.wsgi_app
        self.port = bind.rpartition(":")[2]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("SERVER_PORT") != self.port:
            return self.inner(environ, start_response)
        if environ.get("PATH_INFO") != "/metrics" or environ.get("REQUEST_METHOD") != "GET":
            return _answer(start_response, "404 Not Found", b"")
        try:
            with self.flask.test_request_context():
                body = exposition(gauges(stranger_context("metrics")))
        except SQLAlchemyError:
            body = exposition(None)
        return _answer(start_response, "200 OK", body)


def install_metrics(app: Flask, bind: str) -> None:
    """The outermost layer, so that no proxy header can pretend another port."""
    if bind:
        app.wsgi_app = MetricsDoor(app, bind)  # type: ignore[method-assign]


def exposition(seen: Gauges | None) -> bytes:
    """The text of Prometheus; without figures only that the database is down."""
    registry = CollectorRegistry()
    _gauge(registry, "casetracker_up", "1 while the database answers", float(seen is not None))
    if seen is not None:
        prefix = "casetracker_outbox"
        _gauge(registry, f"{prefix}_waiting", "messages due and not delivered", seen.waiting)
        age = "age of the oldest message due"
        _gauge(registry, f"{prefix}_oldest_seconds", age, seen.oldest_waiting_s)
        _gauge(registry, f"{prefix}_unknown", "messages that may have gone", seen.unknown)
        _gauge(registry, f"{prefix}_dead", "messages given up after failures", seen.dead)
        beats = Gauge(
            "casetracker_heartbeat_age_seconds", "since a job last ran", ["job"], registry=registry
        )
        for job, seconds in seen.heartbeat_ages_s.items():
            beats.labels(job).set(seconds)
    return generate_latest(registry)


def _gauge(registry: CollectorRegistry, name: str, meaning: str, value: float) -> None:
    Gauge(name, meaning, registry=registry).set(value)


def _answer(start_response: Any, status: str, body: bytes) -> Iterable[bytes]:
    length = str(len(body))
    start_response(status, [("Content-Type", CONTENT_TYPE_LATEST), ("Content-Length", length)])
    return [body]
