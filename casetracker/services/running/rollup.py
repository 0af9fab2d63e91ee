"""Keeps the sums behind the figures: in short transactions, one at a time in the whole house.

Figures are right without it, and slower the longer it rests. It may be cut off anywhere.
Source: docs/decisions/0016.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.persistence.database import take_turn_if_free
from casetracker.persistence.figures import FigureSet
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.use_case import query, use_case
from casetracker.stats.rollup import rolling
from casetracker.stats.rollup.plan import Plan, plan_of
from casetracker.stats.rollup.sources import CHANGED

TURN = "rollup"
CHANGED_AT_ONCE = 500
MADE_AT_ONCE = 20_000
MOST_STEPS = 40
"""Of a kind in one call: the next tick goes on."""
STANDS_STILL = timedelta(minutes=1)
"""How old sums may become while nothing changes."""


def roll(ctx: Context) -> None:
    """Roll in what changed, let the time pass, and go on with sums that are not made yet."""
    if not has_work(ctx):
        return
    for _ in range(MOST_STEPS):
        if _take_in(ctx) < CHANGED_AT_ONCE:
            break
    _let_time_pass(ctx)
    for _ in range(MOST_STEPS):
        if not _make(ctx):
            break


@query
def has_work(ctx: Context, session: Session) -> bool:
    """Three looks that write nothing: this is asked every few seconds."""
    if session.scalar(select(CHANGED.case_id).limit(1)) is not None:
        return True
    sets = session.execute(select(FigureSet.definition_hash, FigureSet.as_of, FigureSet.reach))
    there = {name: as_of for name, as_of, reach in sets if reach is None}
    is_old = any(abs(ctx.now - as_of) >= STANDS_STILL for as_of in there.values())
    return is_old or there.keys() != {plan.name for plan in _plans(session)}


@use_case
def _take_in(ctx: Context, session: Session) -> int:
    sets = _in_turn(ctx, session)
    return rolling.take_in(session, sets, CHANGED_AT_ONCE) if sets else 0


@use_case
def _let_time_pass(ctx: Context, session: Session) -> None:
    sets = _in_turn(ctx, session)
    old = [(one, plan) for one, plan in sets if abs(ctx.now - one.as_of) >= STANDS_STILL]
    rolling.let_time_pass(session, old, ctx.now)


@use_case
def _make(ctx: Context, session: Session) -> bool:
    """One step for the first set that is not whole; False when all are."""
    for one, plan in _in_turn(ctx, session):
        if one.reach is not None:
            rolling.make(session, one, plan, MADE_AT_ONCE)
            return True
    return False


def _in_turn(ctx: Context, session: Session) -> list[rolling.Kept]:
    """The sets with their plans; none while another process is at work."""
    if not take_turn_if_free(session, TURN):
        return []
    return rolling.open_sets(session, _plans(session), ctx.now)


def _plans(session: Session) -> list[Plan]:
    """Those of every version in force, and of those that will be, made before their month comes."""
    return [plan_of(profile) for profile in reference(session).profiles.versions]
