"""The workloads B1, B2, B5 and B7 on one database, and what each is asked to reach."""

import json
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from bench.generator import bodies
from bench.load import Request, compare
from bench.servers import Server
from casetracker.domain.vocabulary import ClockStatus, State
from casetracker.persistence.case import Case
from casetracker.persistence.change_capture import take_away
from casetracker.persistence.clock import Clock, Reminder
from casetracker.persistence.database import db, is_sqlite
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import SYSTEM, Context
from casetracker.services.notifying.deadline_watch import scan

TARGETS = {
    "B1": {"ratio_of_floor": 0.12},
    "B2": {"p50_ms": 40.0},
    "B5": {
        "p50_ms": 15.0, "year_p50_ms": 15.0, "more_memory_mb": 50.0, "different": 0,
        "report_s": 5.0, "ratio_of_intake": 0.9,
    },
    "B7": {"nothing_due_ms": 50.0},
}  # fmt: skip
JSON = {"Content-Type": "application/json"}


def intake(product: Server, floor: Server, token: str, say: Callable[[str], None]) -> dict:
    """B1: log a case through the API with four clients."""
    theirs = Request("POST", "/cases", JSON, bodies(), 201)
    return compare((product, logging(token)), (floor, theirs), say=say)


def logging(token: str) -> Request:
    """Cases to be logged through the API."""
    headers = JSON | {"Authorization": f"Bearer {token}"}
    return Request("POST", "/api/v1/cases", headers, bodies(), 201)


def open_list(product: Server, floor: Server, cookie: str, say: Callable[[str], None]) -> dict:
    """B2: the first page of the open list with its total as HTML, scope filter on."""
    ours = Request("GET", "/ops/cases?open=1", {"Cookie": cookie})
    theirs = Request("GET", "/cases", {})
    return compare((product, ours), (floor, theirs), clients=1, say=say)


def reminders(app: Flask, now: datetime, times: int = 15) -> dict[str, Any]:
    """B7: the scan with every case open and nothing due, then with a third of the clocks late."""
    with app.app_context():
        session = db.session()
        ctx = Context(SYSTEM, _in_office_hours(session, now), door="bench")
        take_away(session.connection())  # no figures are read here any more
        _open_all(session, ctx.now)
        idle = [timed(lambda: scan(ctx)) for _ in range(times)]
        late = _make_late(session, ctx.now)
        first = timed(lambda: scan(ctx))
        again = timed(lambda: scan(ctx))
        told = session.scalar(select(func.count()).select_from(Reminder)) or 0
    return {
        "nothing_due_ms": round(1000 * statistics.median(idle), 2),
        "late": late,
        "told": told,
        "us_each": round(1e6 * first / max(1, late), 1),
        "again_ms": round(1000 * again, 2),
    }


def _in_office_hours(session: Session, now: datetime) -> datetime:
    """The scan tells nobody at night: measured as of the next opening."""
    ref = reference(session)
    return ref.settings.office_hours.next_open(now, ref.calendar) + timedelta(minutes=1)


def _open_all(session: Session, now: datetime) -> None:
    """Every case is handled and its clock runs; the next look at it is tomorrow."""
    if not is_sqlite(session):
        session.execute(text("SET LOCAL statement_timeout = 0"))  # a million rows take longer
    session.execute(
        update(Case).values(
            is_open=True, state=State.HANDLING, replied_at=None, closed_at=None, satisfaction=None
        )
    )
    session.execute(
        update(Clock).values(
            status=ClockStatus.RUNNING, stopped_at=None, next_reminder_at=now + timedelta(days=1)
        )
    )
    session.commit()


def _make_late(session: Session, now: datetime) -> int:
    """A third of the clocks passed their date yesterday."""
    ids = session.scalars(select(Clock.id).where(Clock.id % 3 == 0)).all()
    session.execute(
        update(Clock)
        .where(Clock.id % 3 == 0)
        .values(next_reminder_at=now - timedelta(days=1), due_at=now - timedelta(days=1))
    )
    session.commit()
    return len(ids)


def timed(action: Callable[[], Any]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def verdicts(results: dict[str, Any]) -> dict[str, bool]:
    """Which targets were reached: a ratio at least, a time at most."""
    reached = {}
    for name, wanted in TARGETS.items():
        for key, bound in wanted.items():
            found = _found(results.get(name, {}), key)
            if found is None:
                continue
            reached[f"{name}.{key}"] = found >= bound if key.startswith("ratio") else found <= bound
    return reached


def _found(result: dict[str, Any], key: str) -> float | None:
    return result.get(key, result.get("product", {}).get(key))


def keep(folder: Path, name: str, results: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
