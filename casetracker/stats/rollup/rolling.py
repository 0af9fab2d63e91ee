"""Keeps the sums: takes in what changed, lets time pass, and makes them where there are none.

Sums know every case as it was when it was last rolled in: by its row if it did not change since,
else as `changed_cases` has it. Only the steps here change what they know, one at a time; writers
of cases never do. So each step may be cut off and the next one goes on (docs/decisions/0016).
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, delete, insert, select, update
from sqlalchemy.orm import Session

from casetracker.persistence.case import Case
from casetracker.persistence.database import locked_if_free
from casetracker.persistence.figures import ChangedCase, FigureSet, FigureSum
from casetracker.stats.rollup.documents import Document, Place, filed, merged
from casetracker.stats.rollup.plan import Plan
from casetracker.stats.rollup.sources import CHANGED, EVERY_CASE, moments
from casetracker.stats.rollup.statements import changes, made_of, passing

Kept = tuple[FigureSet, Plan]
"""A set with the plan that it is kept by."""


def open_sets(session: Session, plans: Iterable[Plan], now: datetime) -> list[Kept]:
    """The set of each plan, a new one where there is none; sets of no plan any more are dropped."""
    by_name = {plan.name: plan for plan in plans}
    there = {one.definition_hash: one for one in session.scalars(select(FigureSet))}
    for name in there.keys() - by_name.keys():
        session.execute(delete(FigureSum).where(FigureSum.definition_hash == name))
        session.delete(there[name])
    for name in by_name.keys() - there.keys():
        there[name] = FigureSet(definition_hash=name, as_of=now, stamp=_stamp(), reach=0)
        session.add(there[name])
    session.flush()
    return [(there[name], plan) for name, plan in by_name.items()]


def take_in(session: Session, sets: Sequence[Kept], most: int) -> int:
    """Roll in cases that changed; how many. Those that somebody is writing are left for later.

    A writer who comes while they are held waits: their next change is one after this roll.
    """
    chosen = select(CHANGED.case_id).order_by(CHANGED.case_id).limit(most)
    ids = session.scalars(locked_if_free(session, chosen, ChangedCase)).all()
    if not ids:
        return 0
    for one, plan in sets:
        mine = [case_id for case_id in ids if case_id <= _reach(one)]
        _add(session, one, plan, changes(plan), then=one.as_of, ids=mine)
    session.execute(delete(ChangedCase).where(CHANGED.case_id.in_(ids)))
    return len(ids)


def let_time_pass(session: Session, sets: Sequence[Kept], now: datetime) -> None:
    """The sums as of now: of cases as the sums know them, with a date that was reached since."""
    for one, plan in sets:
        given = moments(one.as_of, now)
        one.as_of = now
        _add(session, one, plan, passing(plan), **given, reach=_reach(one))


def make(session: Session, one: FigureSet, plan: Plan, most: int) -> bool:
    """Sum up the next cases of a set that is being made; False once it holds all of them.

    Cases that come later are changed cases, whatever their number.
    """
    assert one.reach is not None, "a set that is made"
    following = select(Case.id).where(Case.id > one.reach).order_by(Case.id).limit(most)
    last = session.scalars(following).all()[-1:]
    if not last:
        one.reach, one.stamp = None, _stamp()
        return False
    reach, one.reach = one.reach, last[0]
    _add(session, one, plan, made_of(plan), then=one.as_of, reach=reach, last=last[0])
    return True


def _reach(one: FigureSet) -> int:
    return EVERY_CASE if one.reach is None else one.reach


def _stamp() -> str:
    return uuid.uuid4().hex


def _add(
    session: Session, one: FigureSet, plan: Plan, counting: CompoundSelect[Any], **given: Any
) -> None:
    """Add what is counted to the sums of a set."""
    found = filed(plan, session.execute(counting, given))
    one.stamp = _stamp()
    session.flush()
    there = _kept(session, one.definition_hash, found)
    rows = {place: merged(there.get(place, {}), document) for place, document in found.items()}
    changed = [place for place in rows if rows[place] and place in there]
    new = [place for place in rows if rows[place] and place not in there]
    if changed:
        session.execute(update(FigureSum), [_row(one, place, rows[place]) for place in changed])
    if new:
        session.execute(insert(FigureSum), [_row(one, place, rows[place]) for place in new])
    for month, dimension, key in (place for place in rows if not rows[place] and place in there):
        gone = (FigureSum.month == month, FigureSum.dimension == dimension, FigureSum.key == key)
        mine = FigureSum.definition_hash == one.definition_hash
        session.execute(delete(FigureSum).where(mine, *gone))


def _kept(session: Session, name: str, found: Iterable[Place]) -> dict[Place, Document]:
    """The sums that are there of the months in question."""
    rows = session.execute(
        select(FigureSum.month, FigureSum.dimension, FigureSum.key, FigureSum.counts).where(
            FigureSum.definition_hash == name,
            FigureSum.month.in_({month for month, _, _ in found}),
        )
    )
    return {(month, dimension, key): counts for month, dimension, key, counts in rows}


def _row(one: FigureSet, place: Place, counts: Document) -> dict[str, object]:
    month, dimension, key = place
    return {
        "definition_hash": one.definition_hash,
        "month": month,
        "dimension": dimension,
        "key": key,
        "counts": counts,
    }
