"""The figures of patrols for pages, and how many hazards wait for the reader."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.patrol_vocabulary import HazardKind, HazardLevel
from casetracker.labels import label
from casetracker.persistence.patrol import Hazard, Inspection
from casetracker.persistence.queries.reference import Reference
from casetracker.services.commands.patrol import PatrolQuestion
from casetracker.services.context import Context
from casetracker.services.patrol.reader import Patrol
from casetracker.services.use_case import query
from casetracker.stats.hazards import PARTS, Days, Patrolled, Patrols, patrolled


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line; `asked` narrows the registers to exactly what it counts."""

    label: str
    asked: dict[str, str]
    figures: Patrolled


@dataclass(frozen=True, slots=True)
class PatrolFigures:
    """The period as it stands today, by rows that add up to `total`."""

    days: Days
    by: str
    rows: tuple[FigureRow, ...]
    total: FigureRow


@dataclass(frozen=True, slots=True)
class HazardsWaiting:
    """What is open in the reader's reach, and late of it."""

    open: int
    late: int
    next_due: date | None


@query
def patrol_figures(ctx: Context, session: Session, asked: PatrolQuestion) -> PatrolFigures:
    """Counted over what the reader reaches. Raises InvalidInput, NotPermitted."""
    patrol = Patrol.of(ctx, session)
    if asked.until < asked.since:
        raise InvalidInput({"until": "range_reversed"})
    days = (asked.since, asked.until)
    reached = Patrols(days, patrol.reached(Inspection), patrol.reached(Hazard), patrol.today)
    found = _by_community(patrol.ref, asked.by, patrolled(session, reached, asked.by))
    rows = tuple(
        FigureRow(*_named(patrol.ref, asked, key), found[key])
        for key in sorted(found, key=lambda key: _place(patrol.ref, asked.by, key))
    )
    total = Patrolled()
    for row in rows:
        total = total.plus(row.figures)
    return PatrolFigures(days, asked.by, rows, FigureRow("合计", _days(*days), total))


@query
def hazards_waiting(ctx: Context, session: Session) -> HazardsWaiting:
    """Counts as the lists of open and of late hazards have them."""
    patrol = Patrol.of(ctx, session)
    today, reached = patrol.today, patrol.reached(Hazard)
    is_open, is_late = PARTS["open"](today, today), PARTS["late"](today, today)
    opened, late, due = session.execute(
        select(
            func.count(Hazard.id), func.count(Hazard.id).filter(is_late), func.min(Hazard.due_on)
        ).where(is_open, reached)
    ).one()
    return HazardsWaiting(opened, late, due)


def _by_community(ref: Reference, by: str, found: dict[Any, Patrolled]) -> dict[Any, Patrolled]:
    """What lies in a grid counts in its community, as the lists have it."""
    if by != "area":
        return found
    folded: dict[Any, Patrolled] = {}
    for key, figures in found.items():
        place = ref.community_of(key) or key
        folded[place] = folded.get(place, Patrolled()).plus(figures)
    return folded


def _days(since: date, until: date) -> dict[str, str]:
    return {"since": since.isoformat(), "until": until.isoformat()}


def _named(ref: Reference, asked: PatrolQuestion, key: Any) -> tuple[str, dict[str, str]]:
    """What a row is called, and what narrows the registers to it."""
    days = _days(asked.since, asked.until)
    if asked.by == "month":
        last = (key.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        month = _days(max(key, asked.since), min(last, asked.until))
        return f"{key:%Y-%m}", month | {"as_of": asked.until.isoformat()}
    if asked.by in ("area", "unit"):
        unit = ref.units.get(key)
        if unit is None:
            return "未登记所在社区", days | {"no_area": "true"}
        return unit.name, days | {asked.by: unit.code}
    return label(key), days | {asked.by: key.value}


def _place(ref: Reference, by: str, key: Any) -> Any:
    """Rows in the order of units, of the vocabulary, or of time; what has no key last."""
    if by in ("area", "unit"):
        return (key is None, key or 0)
    if by == "month":
        return key
    return [*HazardKind, *HazardLevel].index(key)
