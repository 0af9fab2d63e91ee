"""Figures from kept sums: the sums, and what changed or came due since, counted by the same rules.

Three or four statements, because that keeps each simple; on PostgreSQL each has a snapshot of its
own. The later ones name the stamp that the first one saw: sums change with their stamp, so that
all of them look at the same sums, or none is found and the reading begins anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window, whole_month
from casetracker.persistence.figures import FigureSet, FigureSum
from casetracker.persistence.months import EXACT_FROM
from casetracker.stats.counting import Question
from casetracker.stats.remembering import Remembered
from casetracker.stats.rollup.documents import Document, Place, added, filed
from casetracker.stats.rollup.plan import DIMENSIONS, WHOLE, Plan, plan_of
from casetracker.stats.rollup.sources import moments
from casetracker.stats.rollup.statements import since, still
from casetracker.stats.summing import Cells

TRIES = 3
REMEMBERED = 24
"""Tables of sums that a process remembers until their stamp is another: a few megabytes."""

Asked = Mapping[tuple[str, str], int]
"""The place in the question of each month and dimension that it asks for."""


@dataclass(frozen=True, slots=True)
class Base:
    """Sums as of a moment under their stamp, as documents and as the cells of a question."""

    sums: Mapping[Place, Document]
    cells: Cells


_remembered: Remembered[Base] = Remembered(REMEMBERED)


def is_kept(question: Question, window: Window) -> bool:
    """Sums are kept of whole months, for those who see every case but the confidential lane."""
    scope, month = question.scope, whole_month(question.profile, window)
    has_rows = question.by is None or question.by in DIMENSIONS
    return scope.sees_the_street and has_rows and month is not None and month >= EXACT_FROM


def kept_cells(session: Session, question: Question) -> Cells | None:
    """The sums behind every figure of the question, all of whose windows are kept, as of its
    moment. None if there are no sums yet.
    """
    plan, asked = plan_of(question.profile), _asked(question)
    standing = select(FigureSet.as_of, FigureSet.stamp).where(
        FigureSet.definition_hash == plan.name, FigureSet.reach.is_(None)
    )
    for _ in range(TRIES):
        found = session.execute(standing).one_or_none()
        if found is None:
            return None
        base = _base(session, plan, question, asked, found.stamp)
        changes = _since(session, plan, question, found.as_of, found.stamp)
        if base is not None and changes is not None:
            return _with(base, changes, plan, question, asked)
    return None


def _asked(question: Question) -> Asked:
    dimensions = [question.by or WHOLE] * len(question.windows) + [WHOLE] * len(question.compared)
    months = [
        whole_month(question.profile, window) for window in (*question.windows, *question.compared)
    ]
    return {
        (month, one): place
        for place, (month, one) in enumerate(zip(months, dimensions, strict=True))
        if month is not None
    }


_DOCUMENTS = (
    select(FigureSet.stamp, FigureSum.month, FigureSum.dimension, FigureSum.key, FigureSum.counts)
    .outerjoin(
        FigureSum,
        and_(
            FigureSum.definition_hash == FigureSet.definition_hash,
            or_(
                and_(
                    FigureSum.dimension == bindparam("by", type_=String),
                    FigureSum.month.in_(bindparam("in_rows", type_=String, expanding=True)),
                ),
                and_(
                    FigureSum.dimension == WHOLE,
                    FigureSum.month.in_(bindparam("as_whole", type_=String, expanding=True)),
                ),
            ),
        ),
    )
    .where(FigureSet.definition_hash == bindparam("name"), FigureSet.stamp == bindparam("stamp"))
)


def _base(
    session: Session, plan: Plan, question: Question, asked: Asked, stamp: str
) -> Base | None:
    """The sums of the months asked for, under that stamp; None if they are others by now."""
    codes = None if question.codes is None else frozenset(question.codes)
    key = (plan, stamp, codes, tuple(asked.items()))
    known = _remembered.recall(key)
    if known is not None:
        return known
    by = next((one for _, one in asked if one != WHOLE), WHOLE)
    given = {
        "name": plan.name,
        "stamp": stamp,
        "by": by,
        "in_rows": [month for month, one in asked if one == by],
        "as_whole": [month for month, one in asked if one == WHOLE],
    }
    rows = session.execute(_DOCUMENTS, given).all()
    if not rows:
        return None
    sums = {(month, one, row): counts for _, month, one, row, counts in rows if month is not None}
    base = Base(sums, _cells(plan, question, asked, sums))
    _remembered.keep(key, base)
    return base


def _since(
    session: Session, plan: Plan, question: Question, as_of: datetime, stamp: str
) -> dict[Place, Document] | None:
    """What has to be added to the sums under that stamp; None if they are others by now."""
    given = {**moments(as_of, question.as_of), "stamp": stamp}
    if session.scalar(still(plan), given):
        return {}
    dimensions = tuple(dict.fromkeys([question.by or WHOLE, WHOLE]))
    rows = session.execute(since(plan, dimensions), given).all()
    if not rows:
        return None
    return filed(plan, (row[1:] for row in rows if row[-1] is not None))


def _with(
    base: Base, changes: Mapping[Place, Document], plan: Plan, question: Question, asked: Asked
) -> Cells:
    """The cells of the sums with those of all changed rows in their places."""
    changed = {place: found for place, found in changes.items() if place[:2] in asked}
    if not changed:
        return base.cells
    rows = {(asked[month, one], _row(one, key)) for month, one, key in changed}
    kept = {cell: sums for cell, sums in base.cells.sums.items() if cell[:2] not in rows}
    known = {place: base.sums[place] for place in changed if place in base.sums}
    anew = _cells(plan, question, asked, added(known, changed))
    return Cells(question.profile.exclusions, {**kept, **anew.sums})


def _cells(plan: Plan, question: Question, asked: Asked, found: Mapping[Place, Document]) -> Cells:
    codes = {metric.code for metric in question.metrics}
    parts = {
        instant: [part for part in of if part.code in codes] for instant, of in plan.parts.items()
    }
    cells = Cells(question.profile.exclusions)
    for (month, dimension, key), document in found.items():
        at, row = asked[month, dimension], _row(dimension, key)
        for instant, reasons in document.items():
            for reason, counted in reasons.items():
                cells.add(parts[instant], at, row, reason or None, counted)
    return cells


def _row(dimension: str, key: str) -> str | int | None:
    """What the question calls the row of a key."""
    if not key:
        return None
    return int(key) if DIMENSIONS[dimension].endswith("_id") else key
