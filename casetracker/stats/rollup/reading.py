"""Figures from kept sums: the sums, and what changed or came due since, counted by the same rules.

Two statements, because that keeps both simple; on PostgreSQL each has a snapshot of its own. The
second one says under which stamp it looked: sums change with their stamp, so equal stamps mean
that both saw the same sums.
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
from casetracker.stats.rollup.documents import Document, Place, added, filed
from casetracker.stats.rollup.plan import DIMENSIONS, WHOLE, Plan, plan_of
from casetracker.stats.rollup.sources import moments
from casetracker.stats.rollup.statements import since
from casetracker.stats.summing import Cells

TRIES = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The sums of a plan as of a moment, under their stamp."""

    as_of: datetime
    stamp: str
    sums: Mapping[Place, Document]


def is_kept(question: Question, window: Window) -> bool:
    """Sums are kept of whole months, for those who see every case but the confidential lane."""
    scope, month = question.scope, whole_month(question.profile, window)
    sees_the_street = scope.sees_all and not scope.sees_lane
    has_rows = question.by is None or question.by in DIMENSIONS
    return sees_the_street and has_rows and month is not None and month >= EXACT_FROM


def kept_cells(session: Session, question: Question) -> Cells | None:
    """The sums behind every figure of the question, all of whose windows are kept, as of its
    moment. None if there are no sums yet.
    """
    plan, asked = plan_of(question.profile), _asked(question)
    for _ in range(TRIES):
        standing = _standing(session, plan, asked)
        if standing is None:
            return None
        since = _since(session, plan, standing, question)
        if since is not None:
            return _cells(plan, asked, question, added(standing.sums, since))
    return None


def _asked(question: Question) -> dict[tuple[str, str], int]:
    """The place in the question of each month and dimension that it asks for."""
    dimensions = [question.by or WHOLE] * len(question.windows) + [WHOLE] * len(question.compared)
    months = [
        whole_month(question.profile, window) for window in (*question.windows, *question.compared)
    ]
    return {
        (month, one): place
        for place, (month, one) in enumerate(zip(months, dimensions, strict=True))
        if month is not None
    }


_BY, _IN_ROWS, _AS_WHOLE = (
    bindparam("by", type_=String),
    bindparam("in_rows", type_=String, expanding=True),
    bindparam("as_whole", type_=String, expanding=True),
)
_STANDING = (
    select(
        FigureSet.as_of, FigureSet.stamp,
        FigureSum.month, FigureSum.dimension, FigureSum.key, FigureSum.counts,
    )
    .outerjoin(
        FigureSum,
        and_(
            FigureSum.definition_hash == FigureSet.definition_hash,
            or_(
                and_(FigureSum.dimension == _BY, FigureSum.month.in_(_IN_ROWS)),
                and_(FigureSum.dimension == WHOLE, FigureSum.month.in_(_AS_WHOLE)),
            ),
        ),
    )
    .where(FigureSet.definition_hash == bindparam("name"), FigureSet.reach.is_(None))
)  # fmt: skip


def _standing(
    session: Session, plan: Plan, asked: Mapping[tuple[str, str], int]
) -> Standing | None:
    """The sums of the months asked for; None if they are not made yet."""
    by = next((one for _, one in asked if one != WHOLE), WHOLE)
    given = {
        "name": plan.name,
        "by": by,
        "in_rows": [month for month, one in asked if one == by],
        "as_whole": [month for month, one in asked if one == WHOLE],
    }
    rows = session.execute(_STANDING, given).all()
    if not rows:
        return None
    as_of, stamp, *_ = rows[0]
    sums = {(month, one, key): found for _, _, month, one, key, found in rows if month is not None}
    return Standing(as_of, stamp, sums)


def _since(
    session: Session, plan: Plan, standing: Standing, question: Question
) -> dict[Place, Document] | None:
    """What has to be added to the sums; None if they are others by now."""
    dimensions = tuple(dict.fromkeys([question.by or WHOLE, WHOLE]))
    given = {**moments(standing.as_of, question.as_of), "stamp": standing.stamp}
    rows = session.execute(since(plan, dimensions), given).all()
    if not rows:
        return None
    return filed(plan, (row[1:] for row in rows if row[-1] is not None))


def _cells(
    plan: Plan,
    asked: Mapping[tuple[str, str], int],
    question: Question,
    found: Mapping[Place, Document],
) -> Cells:
    codes = {metric.code for metric in question.metrics}
    parts = {
        instant: [part for part in of if part.code in codes] for instant, of in plan.parts.items()
    }
    cells = Cells(question.profile.exclusions)
    for (month, dimension, key), document in found.items():
        at = asked.get((month, dimension))
        if at is None:
            continue
        row = _row(dimension, key)
        for instant, reasons in document.items():
            for reason, counted in reasons.items():
                cells.add(parts[instant], at, row, reason or None, counted)
    return cells


def _row(dimension: str, key: str) -> str | int | None:
    """What the question calls the row of a key."""
    if not key:
        return None
    return int(key) if DIMENSIONS[dimension].endswith("_id") else key
