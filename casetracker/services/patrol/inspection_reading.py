"""The register of inspections as it is read: lists, one inspection with its hazards, on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import NotFound
from casetracker.domain.hazards import OPEN
from casetracker.domain.patrol_vocabulary import HazardKind, PlaceKind
from casetracker.domain.permissions import Right
from casetracker.persistence.patrol import Hazard, Inspection
from casetracker.services.commands.patrol import InspectionSearch
from casetracker.services.context import Context
from casetracker.services.patrol.hazard_reading import HazardLine, hazard_lines
from casetracker.services.patrol.photos import PhotoLine, photos_of
from casetracker.services.patrol.reader import Patrol
from casetracker.services.patrol.searching import inspections_asked
from casetracker.services.use_case import query

PAGE = 50
MOST_PRINTED = 2000


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One inspection; of its hazards how many there are and how many are still open."""

    number: str
    day: date
    place: str
    place_kind: PlaceKind
    address: str | None
    area: str | None
    unit: str
    inspectors: str
    checked: tuple[HazardKind, ...]
    note: str | None
    found_hazards: bool
    hazards: int
    open_hazards: int
    entered_by: str | None
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class InspectionPage:
    """A page of the register with how many there are of what was asked (家次, 处)."""

    lines: tuple[InspectionLine, ...]
    total: int
    hazards: int
    number: int


@dataclass(frozen=True, slots=True)
class InspectionFile:
    """All about one inspection."""

    line: InspectionLine
    hazards: tuple[HazardLine, ...]
    photos: tuple[PhotoLine, ...]
    may_keep: bool


@query
def list_inspections(
    ctx: Context, session: Session, asked: InspectionSearch, *, page: int | None = 1
) -> InspectionPage:
    """The register, newest first; `page` None gives all in the order of the days, for paper."""
    patrol = Patrol.of(ctx, session)
    where = inspections_asked(patrol, asked)
    total = session.scalar(select(func.count(Inspection.id)).where(*where)) or 0
    found = select(func.count(Hazard.id)).join(Inspection, Inspection.id == Hazard.inspection_id)
    hazards = session.scalar(found.where(*where)) or 0
    wanted = select(Inspection).where(*where)
    if page is None:
        in_order = wanted.order_by(Inspection.inspected_on, Inspection.id).limit(MOST_PRINTED)
        rows = session.scalars(in_order).all()
        return InspectionPage(_lines(patrol, rows), total, hazards, 1)
    number = min(max(page, 1), max(1, -(-total // PAGE)))
    newest = wanted.order_by(Inspection.inspected_on.desc(), Inspection.id.desc())
    rows = session.scalars(newest.limit(PAGE).offset((number - 1) * PAGE)).all()
    return InspectionPage(_lines(patrol, rows), total, hazards, number)


@query
def open_inspection(ctx: Context, session: Session, number: str) -> InspectionFile:
    """Raises NotFound, also beyond one's reach."""
    patrol = Patrol.of(ctx, session)
    row = session.scalar(
        select(Inspection).where(Inspection.number == number, patrol.reached(Inspection))
    )
    if row is None:
        raise NotFound(number=number)
    of_it = select(Hazard).where(Hazard.inspection_id == row.id).order_by(Hazard.id)
    own = patrol.scope.units | patrol.scope.own_units
    return InspectionFile(
        _lines(patrol, [row])[0],
        hazard_lines(patrol, session.scalars(of_it).all()),
        photos_of(patrol, inspection_id=row.id),
        ctx.actor.may(Right.PATROL_KEEP) and row.unit_id in own,
    )


def _lines(patrol: Patrol, rows: Sequence[Inspection]) -> tuple[InspectionLine, ...]:
    counts = _counts(patrol.session, [row.id for row in rows])
    names = patrol.names(row.entered_by for row in rows)
    return tuple(_line(patrol, row, counts.get(row.id, (0, 0)), names) for row in rows)


def _counts(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    if not ids:
        return {}
    rows = session.execute(
        select(
            Hazard.inspection_id,
            func.count(Hazard.id),
            func.count(Hazard.id).filter(Hazard.state.in_(OPEN)),
        )
        .where(Hazard.inspection_id.in_(ids))
        .group_by(Hazard.inspection_id)
    )
    return {inspection_id or 0: (found, left) for inspection_id, found, left in rows}


def _line(
    patrol: Patrol, row: Inspection, counts: tuple[int, int], names: dict[int, str]
) -> InspectionLine:
    return InspectionLine(
        number=row.number,
        day=row.inspected_on,
        place=row.place,
        place_kind=row.place_kind,
        address=row.address,
        area=patrol.ref.unit_name(row.area_unit_id),
        unit=patrol.ref.unit_name(row.unit_id) or "",
        inspectors=row.inspectors,
        checked=tuple(kind for kind in HazardKind if kind in row.checked),
        note=row.note,
        found_hazards=row.found_hazards,
        hazards=counts[0],
        open_hazards=counts[1],
        entered_by=names.get(row.entered_by or 0),
        entered_at=row.entered_at,
    )
