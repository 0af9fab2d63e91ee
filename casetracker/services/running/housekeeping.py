"""Clearing away what has served its time: keys, tries, old sessions, screens, runs, files nobody
kept; and exclusions whose last day is over.

All of it may be cut off and run again.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.persistence.account import SignInSession
from casetracker.persistence.database import change_rows
from casetracker.persistence.outbox import IdempotencyKey, JobRun
from casetracker.persistence.wall import WallScreen
from casetracker.services.attempts import sweep
from casetracker.services.context import Context
from casetracker.services.exports.clearing import clear_expired
from casetracker.services.heartbeats import beat, first_in_period
from casetracker.services.steps.expiring import expire_exclusions
from casetracker.services.stored_files import sweep_orphans
from casetracker.services.use_case import use_case

JOB = HEARTBEAT = "housekeeping"
BATCH = 1000
SESSIONS_KEPT = timedelta(days=90)
"""Ended sign-ins and screens stay that long; what they did stands in the access log."""
RUNS_KEPT = timedelta(days=90)


def clean(ctx: Context) -> bool:
    """Once a Shanghai day, for whoever asks first; False for the others."""
    if not first_in_period(ctx, JOB, local_date(ctx.now).isoformat()):
        return False
    sweep(ctx)
    for clear in (_clear_keys, _clear_sessions, _clear_screens, _clear_runs):
        while clear(ctx) == BATCH:
            pass
    clear_expired(ctx)
    sweep_orphans(ctx)
    expire_exclusions(ctx)
    beat(ctx, HEARTBEAT)
    return True


@use_case
def _clear_keys(ctx: Context, session: Session) -> int:
    return _drop(session, IdempotencyKey.id, IdempotencyKey.expires_at < ctx.now)


@use_case
def _clear_sessions(ctx: Context, session: Session) -> int:
    old = SignInSession.expires_at < ctx.now - SESSIONS_KEPT
    return _drop(session, SignInSession.id_hash, old)


@use_case
def _clear_screens(ctx: Context, session: Session) -> int:
    """Both ends of a screen stand in the access log."""
    before = ctx.now - SESSIONS_KEPT
    ended = or_(WallScreen.expires_at < before, WallScreen.removed_at < before)
    return _drop(session, WallScreen.id, ended)


@use_case
def _clear_runs(ctx: Context, session: Session) -> int:
    return _drop(session, JobRun.id, JobRun.at < ctx.now - RUNS_KEPT)


def _drop(session: Session, key: Any, condition: Any) -> int:
    """A batch at a time, so that no lock is held for long."""
    chosen = select(key).where(condition).limit(BATCH)
    gone = delete(key.class_).where(key.in_(chosen))
    return change_rows(session, gone.execution_options(synchronize_session=False))
