"""The register of hazards as it is read: lists, one hazard with its history, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import NotFound
from casetracker.domain.hazards import TABLE, TO_RECTIFY, is_late
from casetracker.domain.patrol_vocabulary import (
    HazardKind,
    HazardLevel,
    HazardSource,
    HazardState,
    HazardStep,
    PatrolPhoto,
)
from casetracker.persistence.case import Case
from casetracker.persistence.patrol import FormerHazardNumber, Hazard, HazardEntry, Inspection
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.patrol import HazardSearch
from casetracker.services.context import Context
from casetracker.services.patrol.hazard_work import HazardWork
from casetracker.services.patrol.photos import PhotoLine, photos_of
from casetracker.services.patrol.reader import Patrol
from casetracker.services.patrol.searching import hazards_asked
from casetracker.services.use_case import query

PAGE = 50
MOST_PRINTED = 2000
WAITS_FOR_PHOTO = "hazard_needs_photo"
"""The one condition that the form of the step itself fulfils."""


@dataclass(frozen=True, slots=True)
class HazardLine:
    """One hazard as lists show it."""

    number: str
    found_on: date
    source: HazardSource
    kind: HazardKind
    level: HazardLevel
    place: str
    address: str | None
    area: str | None
    unit: str
    description: str
    due_on: date
    state: HazardState
    is_late: bool
    version: int
    verified_on: date | None
    days_left: int | None

    @property
    def distance(self) -> str | None:
        """How far the deadline is away in calendar days; None for what the place owes no more."""
        if self.days_left is None:
            return None
        if self.days_left == 0:
            return "今天到期"
        return f"还剩 {self.days_left} 天" if self.days_left > 0 else f"超期 {-self.days_left} 天"

    @property
    def short(self) -> str:
        words = " ".join(self.description.split())
        return words if len(words) <= 60 else f"{words[:59]}…"


@dataclass(frozen=True, slots=True)
class HazardPage:
    """A page of the register with how many there are of what was asked."""

    lines: tuple[HazardLine, ...]
    total: int
    number: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One step of the history; `day` is when it happened, `at` when it was entered."""

    at: datetime
    day: date
    actor: str
    unit: str | None
    step: HazardStep
    to_state: HazardState
    due_on: date | None
    words: str | None


@dataclass(frozen=True, slots=True)
class HazardFile:
    """All about one hazard; `steps` are those that the reader may take now.

    `case` is the number of its hotline case while that runs and the reader sees it: afterwards the
    register says nothing of it (docs/rules/patrol.md 6).
    """

    line: HazardLine
    demand: str | None
    plan: str | None
    evidence: str | None
    handed_to: str | None
    inspection: str | None
    case: str | None
    people: tuple[tuple[str, str | None], ...]
    entries: tuple[EntryLine, ...]
    found_photos: tuple[PhotoLine, ...]
    rectified_photos: tuple[PhotoLine, ...]
    steps: tuple[HazardStep, ...]


@query
def list_hazards(
    ctx: Context, session: Session, asked: HazardSearch, *, page: int | None = 1
) -> HazardPage:
    """The register, newest first; `page` None gives all in the order of the days, for paper."""
    patrol = Patrol.of(ctx, session)
    where = hazards_asked(patrol, asked)
    total = session.scalar(select(func.count(Hazard.id)).where(*where)) or 0
    wanted = select(Hazard).where(*where)
    if page is None:
        in_order = wanted.order_by(Hazard.found_on, Hazard.id).limit(MOST_PRINTED)
        return HazardPage(hazard_lines(patrol, session.scalars(in_order).all()), total, 1)
    number = min(max(page, 1), max(1, -(-total // PAGE)))
    order = (Hazard.due_on,) if asked.part in ("open", "late") else (Hazard.found_on.desc(),)
    ordered = wanted.order_by(*order, Hazard.id.desc())
    rows = session.scalars(ordered.limit(PAGE).offset((number - 1) * PAGE)).all()
    return HazardPage(hazard_lines(patrol, rows), total, number)


@query
def open_hazard(ctx: Context, session: Session, number: str) -> HazardFile:
    """By the number that it has or had. Raises NotFound, also beyond one's reach."""
    patrol = Patrol.of(ctx, session)
    had = select(FormerHazardNumber.hazard_id).where(FormerHazardNumber.number == number)
    named = or_(Hazard.number == number, Hazard.id.in_(had))
    row = session.scalar(select(Hazard).where(named, patrol.reached(Hazard)))
    if row is None:
        raise NotFound(number=number)
    names = patrol.names((row.found_by, row.reported_by, row.verified_by))
    inspection = select(Inspection.number).where(Inspection.id == row.inspection_id)
    photos = photos_of(patrol, hazard_id=row.id)
    return HazardFile(
        line=hazard_lines(patrol, [row])[0],
        demand=row.demand,
        plan=row.plan,
        evidence=row.evidence,
        handed_to=row.handed_to,
        inspection=session.scalar(inspection) if row.inspection_id else None,
        case=_running_case(patrol, row),
        people=(
            ("发现人", names.get(row.found_by or 0)),
            ("报告整改", names.get(row.reported_by or 0)),
            ("复查人", names.get(row.verified_by or 0)),
        ),
        entries=_entries(patrol, row),
        found_photos=tuple(one for one in photos if one.shows is PatrolPhoto.FOUND),
        rectified_photos=tuple(one for one in photos if one.shows is PatrolPhoto.RECTIFIED),
        steps=_steps(HazardWork(patrol, row)),
    )


def hazard_lines(patrol: Patrol, rows: Sequence[Hazard]) -> tuple[HazardLine, ...]:
    """Rows as lists show them."""
    return tuple(_line(patrol, row) for row in rows)


def _line(patrol: Patrol, row: Hazard) -> HazardLine:
    return HazardLine(
        number=row.number,
        found_on=row.found_on,
        source=row.source,
        kind=row.kind,
        level=row.level,
        place=row.place,
        address=row.address,
        area=patrol.ref.unit_name(row.area_unit_id),
        unit=patrol.ref.unit_name(row.unit_id) or "",
        description=row.description,
        due_on=row.due_on,
        state=row.state,
        is_late=is_late(row.state, row.due_on, patrol.today),
        version=row.version,
        verified_on=row.verified_on,
        days_left=(row.due_on - patrol.today).days if row.state in TO_RECTIFY else None,
    )


def _entries(patrol: Patrol, row: Hazard) -> tuple[EntryLine, ...]:
    """Newest first."""
    found = patrol.session.scalars(
        select(HazardEntry).where(HazardEntry.hazard_id == row.id).order_by(HazardEntry.seq.desc())
    )
    return tuple(
        EntryLine(
            at=one.at,
            day=one.day,
            actor=one.actor_name,
            unit=patrol.ref.unit_name(one.unit_id),
            step=one.step,
            to_state=one.to_state,
            due_on=one.due_on,
            words=one.words,
        )
        for one in found
    )


def _running_case(patrol: Patrol, row: Hazard) -> str | None:
    if row.case_id is None:
        return None
    wanted = select(Case.number).where(Case.id == row.case_id, Case.is_open)
    return patrol.session.scalar(wanted.where(visible(patrol.scope)))


def _steps(work: HazardWork) -> tuple[HazardStep, ...]:
    """In the order of the table; the check stands once, for passing and failing alike."""
    offered = (row.step for row in TABLE if row.step is not HazardStep.FAIL)
    return tuple(step for step in offered if work.refusal(step) in (None, WAITS_FOR_PHOTO))
