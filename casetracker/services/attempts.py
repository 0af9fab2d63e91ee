"""Limits on tries at something guarded, counted in the database so that they fail closed."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import TooManyAttempts
from casetracker.persistence.account import Attempt
from casetracker.persistence.database import change_rows, take_turns
from casetracker.services.context import Context
from casetracker.services.use_case import use_case

KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tries in so long a time, per target."""

    name: str
    count: int
    within: timedelta


def spend(ctx: Context, allowances: tuple[Allowance, ...], target: str) -> None:
    """Count one try against every allowance; a form that is sent again counts as one.

    Raises TooManyAttempts; then nothing is counted.
    """
    _spend(ctx.part(f"spend:{allowances[0].name}"), allowances, target)


def forgive(ctx: Context, allowances: tuple[Allowance, ...], target: str) -> None:
    """Forget the tries at a target, after it was proven to be one's own."""
    _forgive(ctx.part(f"forgive:{allowances[0].name}"), allowances, target)


def give_back(ctx: Context, allowances: tuple[Allowance, ...], target: str) -> None:
    """Forget the last try at a target that others try, too: only failures shall count there."""
    _give_back(ctx.part(f"give back:{allowances[0].name}"), allowances, target)


@use_case
def _spend(ctx: Context, session: Session, allowances: tuple[Allowance, ...], target: str) -> None:
    take_turns(session, f"{allowances[0].name}:{target}")  # none is counted past the limit
    for allowance in allowances:
        _refuse_if_used_up(ctx, session, allowance, target)
        session.add(Attempt(key=f"{allowance.name}:{target}", at=ctx.now))


@use_case
def _forgive(
    ctx: Context, session: Session, allowances: tuple[Allowance, ...], target: str
) -> None:
    keys = [f"{allowance.name}:{target}" for allowance in allowances]
    session.execute(delete(Attempt).where(Attempt.key.in_(keys)))


@use_case
def _give_back(
    ctx: Context, session: Session, allowances: tuple[Allowance, ...], target: str
) -> None:
    for allowance in allowances:
        last = select(func.max(Attempt.id)).where(Attempt.key == f"{allowance.name}:{target}")
        session.execute(delete(Attempt).where(Attempt.id == last.scalar_subquery()))


def _refuse_if_used_up(ctx: Context, session: Session, allowance: Allowance, target: str) -> None:
    row = session.execute(
        select(func.count(Attempt.id), func.min(Attempt.at)).where(
            Attempt.key == f"{allowance.name}:{target}", Attempt.at > ctx.now - allowance.within
        )
    ).one()
    if row[0] >= allowance.count:
        left = (row[1] + allowance.within - ctx.now).total_seconds()
        raise TooManyAttempts(retry_after_s=max(1, ceil(left)))


@use_case
def sweep(ctx: Context, session: Session) -> int:
    """Drop tries that no allowance looks at any more."""
    return change_rows(session, delete(Attempt).where(Attempt.at < ctx.now - KEPT))
