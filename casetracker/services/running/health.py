"""Whether the product can work: database, schema, deliveries, timers, disk; and its gauges.

Each check is a name, a verdict and facts for administrators; strangers are told the sum only.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casetracker.persistence.outbox import OutboxRow, OutboxState
from casetracker.resources import migrations_folder
from casetracker.services import heartbeats
from casetracker.services.context import Context
from casetracker.services.notifying import deadline_watch, delivery
from casetracker.services.notifying.claiming import IS_WAITING
from casetracker.services.notifying.troubled_messages import count_troubled
from casetracker.services.use_case import query

WEB = "web"
OLDEST_WAITING = timedelta(minutes=5)
"""How long a message may be due and not delivered before something is wrong."""
MISSED_BEATS = {
    delivery.HEARTBEAT: timedelta(seconds=60),
    deadline_watch.HEARTBEAT: timedelta(seconds=150),
}
"""Two ticks missed, with some grace."""
LEAST_DISK = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `detail` names measures, never data."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures for monitoring."""

    waiting: int
    oldest_waiting_s: float
    unknown: int
    dead: int
    heartbeat_ages_s: dict[str, float]


def readiness(ctx: Context, data_dir: Path) -> tuple[Check, ...]:
    """All checks. A database that does not answer makes one failed check, not an error."""
    try:
        heartbeats.beat(ctx, WEB)  # a write, because a full or read-only disk still reads
        found = [Check("database", ok=True, detail="writable"), schema(ctx), *_deliveries(ctx)]
    except SQLAlchemyError as error:
        found = [Check("database", ok=False, detail=type(error).__name__)]
    return (*found, disk(data_dir))


def all_ok(checks: Iterable[Check]) -> bool:
    return all(check.ok for check in checks)


@query
def schema(ctx: Context, session: Session) -> Check:
    """Whether the tables are those of this release."""
    wanted = (migrations_folder() / "head.txt").read_text(encoding="utf-8").strip()
    rows = session.scalars(text("SELECT version_num FROM alembic_version")).all()
    return Check("schema", ok=list(rows) == [wanted], detail=f"{', '.join(rows)} / {wanted}")


def disk(data_dir: Path) -> Check:
    """Whether there is room for files and an embedded database."""
    try:
        free = shutil.disk_usage(data_dir).free
    except OSError as error:
        return Check("disk", ok=False, detail=type(error).__name__)
    return Check("disk", ok=free >= LEAST_DISK, detail=f"{free // 1024**2} MB")


@query
def gauges(ctx: Context, session: Session) -> Gauges:
    """Figures by two index scans and one small table."""
    waiting, oldest = session.execute(
        select(func.count(), func.min(OutboxRow.next_at)).where(
            IS_WAITING, OutboxRow.next_at <= ctx.now
        )
    ).one()
    troubled = count_troubled(ctx)
    return Gauges(
        waiting=waiting,
        oldest_waiting_s=(ctx.now - oldest).total_seconds() if oldest else 0.0,
        unknown=troubled[OutboxState.UNKNOWN],
        dead=troubled[OutboxState.DEAD],
        heartbeat_ages_s={k: v.total_seconds() for k, v in heartbeats.ages(ctx).items()},
    )


def _deliveries(ctx: Context) -> list[Check]:
    seen = gauges(ctx)
    on_time = seen.oldest_waiting_s <= OLDEST_WAITING.total_seconds()
    waiting = f"{seen.waiting} / {seen.oldest_waiting_s:.0f} s"
    checks = [Check("delivery", ok=on_time, detail=waiting)]
    for name, patience in MISSED_BEATS.items():
        age = seen.heartbeat_ages_s.get(name)
        alive = age is not None and abs(age) <= patience.total_seconds()
        checks.append(Check(name, ok=alive, detail="never" if age is None else f"{age:.0f} s"))
    return checks
