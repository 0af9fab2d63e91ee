"""Facts of cases to be counted, each with the moment to count it at and the sign to add it with.

Moments and cases are parameters, so that a statement is made once for each plan (`statements`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    exists,
    literal,
    or_,
    select,
    union_all,
)

from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.persistence.case import Case
from casetracker.persistence.columns import BigId, UtcDateTime
from casetracker.persistence.figures import ChangedCase
from casetracker.persistence.petition import Petition
from casetracker.stats.conditions import column_of
from casetracker.stats.placing import found_in_any, ids_in_any
from casetracker.stats.rollup.plan import Plan

CHANGED = ChangedCase.__table__.c
CHANGED_IDS = select(CHANGED.case_id)
THEN, NOW, EARLIER, AFTER_LATER = (
    bindparam(name, type_=UtcDateTime()) for name in ("then", "now", "earlier", "after_later")
)
BETWEEN = [(EARLIER, AFTER_LATER)]
REACH = bindparam("reach", type_=BigId)
EVERY_CASE = 2**62
TICK = timedelta(microseconds=1)

Rows = Select[Any]


def moments(then: datetime, now: datetime) -> Mapping[str, datetime]:
    """The parameters of a statement about what lies between two moments, both included."""
    earlier, later = min(then, now), max(then, now)
    return {"then": then, "now": now, "earlier": earlier, "after_later": later + TICK}


def as_they_are(plan: Plan, *conditions: ColumnElement[bool]) -> Rows:
    """Cases by their rows."""
    rows = select(*(column_of(name).label(name) for name in plan.facts)).where(*conditions)
    if not OF_PETITIONS & set(plan.facts):
        return rows
    return rows.select_from(Case).outerjoin(Petition, Petition.case_id == Case.id)


def as_they_were(plan: Plan, *conditions: ColumnElement[bool]) -> Rows:
    """Changed cases as the sums know them."""
    return select(*(CHANGED[name] for name in plan.facts)).where(CHANGED.was_known, *conditions)


def counted_at(rows: Rows, moment: Any, sign: int = 1) -> Rows:
    """To be counted at that moment, and added or (-1) taken away."""
    return rows.add_columns(moment.label("moment"), literal(sign).label("sign"))


def moved(rows: Rows) -> list[Rows]:
    """The same cases: counted then no more, and now."""
    return [counted_at(rows, THEN, -1), counted_at(rows, NOW)]


def come_due(plan: Plan, *conditions: ColumnElement[bool]) -> list[Rows]:
    """Cases that did not change and have a date that counts between the two moments."""
    if not plan.compared:
        return []
    between = found_in_any(plan.compared, BETWEEN)
    return moved(as_they_are(plan, between, Case.id.not_in(CHANGED_IDS), *conditions))


def has_moved(plan: Plan) -> ColumnElement[bool]:
    """Whether any case changed, or has a date that counts between the two moments."""
    changed = exists(CHANGED_IDS)
    return or_(changed, exists(ids_in_any(plan.compared, BETWEEN))) if plan.compared else changed


def together(parts: Iterable[Rows]) -> Subquery:
    """All of them as one table of facts."""
    return union_all(*parts).subquery("facts")
