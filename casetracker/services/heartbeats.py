"""Signs of life of periodic jobs, and the key that lets a job run once in a period."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.persistence.inserting import add_once
from casetracker.persistence.outbox import Heartbeat, JobRun
from casetracker.services.context import Context
from casetracker.services.use_case import query, use_case


@use_case
def beat(ctx: Context, session: Session, name: str) -> None:
    """Note that the job or process lives now."""
    session.merge(Heartbeat(name=name, at=ctx.now))


@query
def ages(ctx: Context, session: Session) -> dict[str, timedelta]:
    """How long ago each job showed that it lives; a name that never did is absent."""
    rows = session.execute(select(Heartbeat.name, Heartbeat.at))
    return {row.name: ctx.now - row.at for row in rows}


@use_case
def first_in_period(ctx: Context, session: Session, job: str, period: str) -> bool:
    """True for exactly one caller of the period, however many schedulers there are."""
    return add_once(session, JobRun, {"job": job, "period": period, "at": ctx.now})
