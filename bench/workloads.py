"""The workloads B1, B2, B5 and B7 on one database, and what each is asked to reach."""

import json
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from bench.generator import bodies
from bench.load import Request, compare
from bench.servers import Server
from casetracker.domain.days import SHANGHAI
from casetracker.domain.permissions import Scope
from casetracker.persistence.account import Account
from casetracker.persistence.clock import Clock
from casetracker.persistence.database import db
from casetracker.services.context import SYSTEM, Context
from casetracker.services.notifying.deadline_watch import scan
from casetracker.stats.monthly import monthly_table

TARGETS = {
    "B1": {"ratio_of_floor": 0.12},
    "B2": {"p50_ms": 40.0},
    "B5": {"p50_ms": 300.0},
    "B7": {"nothing_due_ms": 50.0},
}


def intake(product: Server, floor: Server, token: str, say: Callable[[str], None]) -> dict:
    """B1: log a case through the API with four clients."""
    headers = {"Content-Type": "application/json"}
    ours = Request(
        "POST", "/api/v1/cases", headers | {"Authorization": f"Bearer {token}"}, bodies(), 201
    )
    theirs = Request("POST", "/cases", headers, bodies(), 201)
    return compare((product, ours), (floor, theirs), say=say)


def open_list(product: Server, floor: Server, cookie: str, say: Callable[[str], None]) -> dict:
    """B2: the first page of the open list with its total as HTML, scope filter on."""
    ours = Request("GET", "/ops/cases?open=1", {"Cookie": cookie})
    theirs = Request("GET", "/cases", {})
    return compare((product, ours), (floor, theirs), clients=1, say=say)


def month(app: Flask, now: datetime, times: int = 15) -> dict[str, Any]:
    """B5: the monthly statement with all rates, by unit."""
    last = (now.astimezone(SHANGHAI).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    with app.app_context():
        session = db.session()
        seconds = [
            timed(lambda: monthly_table(session, Scope(sees_all=True), now, month=last))
            for _ in range(times)
        ]
        rows = len(monthly_table(session, Scope(sees_all=True), now, month=last).rows)
    return {"p50_ms": round(1000 * statistics.median(seconds), 2), "rows": rows, "month": last}


def reminders(app: Flask, now: datetime, times: int = 15) -> dict[str, Any]:
    """B7: the scan when nothing is due, then once with a third of the clocks late."""
    ctx = Context(SYSTEM, now, door="bench")
    with app.app_context():
        idle = [timed(lambda: scan(ctx)) for _ in range(times)]
        session = db.session()
        late = session.scalars(select(Clock.id).where(Clock.status == "running").limit(3000)).all()
        session.execute(
            update(Clock).where(Clock.id.in_(late)).values(next_reminder_at=now - timedelta(1))
        )
        session.commit()
        accounts = session.scalars(select(Account.id)).all()
        first = timed(lambda: scan(ctx))
        again = timed(lambda: scan(ctx))
    return {
        "nothing_due_ms": round(1000 * statistics.median(idle), 2),
        "late": len(late),
        "us_each": round(1e6 * first / max(1, len(late)), 1),
        "again_ms": round(1000 * again, 2),
        "accounts": len(accounts),
    }


def timed(action: Callable[[], Any]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def memory_mb(pid: int) -> float:
    """Proportional set size of a process, in megabytes."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return round(int(rollup.split("Pss:")[1].split()[0]) / 1024, 1)


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
