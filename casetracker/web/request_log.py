"""One line of JSON for every request: what, how long, by whom; never names, texts or queries.

The address is logged as its pattern, so that nothing a resident typed gets into the log.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from casetracker.web.context import current_actor, now, request_id

log = logging.getLogger("casetracker.requests")
QUIET = frozenset({"static"})


def install_request_log(app: Flask) -> None:
    app.before_request(_start)
    app.after_request(_note)
    _send_to_stderr(logging.getLogger("casetracker"))


def _start() -> None:
    g.started = time.perf_counter()


def _note(response: Response) -> Response:
    if request.endpoint in QUIET:
        return response
    took = time.perf_counter() - g.get("started", time.perf_counter())
    log.info(
        "request",
        extra={
            "fields": {
                "at": now().isoformat(),
                "request_id": request_id(),
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "status": response.status_code,
                "ms": round(took * 1000, 1),
                "account_id": _account_id(),
            }
        },
    )
    return response


def _account_id() -> int | None:
    """Whoever is known already; a log line asks the database nothing."""
    if "actor" not in g and "_login_user" not in g:
        return None
    actor = current_actor()
    return actor.account_id if actor else None


class JsonLines(logging.Formatter):
    """A record as one line of JSON; line breaks inside cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if hasattr(record, "request_id"):
            line["request_id"] = record.request_id
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _send_to_stderr(logger: logging.Logger) -> None:
    if logger.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
