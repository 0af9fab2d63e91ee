"""From what is asked of the two registers to conditions; figures and their lists share them."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.patrol import Hazard, Inspection
from casetracker.services import lookup
from casetracker.services.commands.patrol import HazardSearch, InspectionSearch, PatrolSearch
from casetracker.services.patrol.reader import Patrol
from casetracker.stats.hazards import PARTS

Conditions = list[ColumnElement[bool]]


def inspections_asked(patrol: Patrol, asked: InspectionSearch) -> Conditions:
    """Raises InvalidInput for days in the wrong order and unknown units."""
    where = _shared(patrol, asked, Inspection, Inspection.inspected_on)
    if asked.place_kind:
        where.append(Inspection.place_kind == asked.place_kind)
    if asked.outcome:
        where.append(Inspection.found_hazards.is_(asked.outcome == "hazard"))
    return where


def hazards_asked(patrol: Patrol, asked: HazardSearch) -> Conditions:
    """Raises InvalidInput for days in the wrong order and unknown units."""
    where = _shared(patrol, asked, Hazard, Hazard.found_on)
    for column, value in (
        (Hazard.kind, asked.kind),
        (Hazard.level, asked.level),
        (Hazard.state, asked.state),
    ):
        if value is not None:
            where.append(column == value)
    if asked.part:
        until = asked.as_of or asked.until or patrol.today
        where.append(PARTS[asked.part](until, patrol.today))
    return where


def _shared(patrol: Patrol, asked: PatrolSearch, table: Any, day: Any) -> Conditions:
    where = [patrol.reached(table), *_between(day, asked.since, asked.until)]
    if asked.area:
        area = lookup.any_unit(patrol.ref, "area", asked.area)
        where.append(table.area_unit_id.in_(patrol.ref.with_children(area.id)))
    if asked.no_area:
        where.append(table.area_unit_id.is_(None))
    if asked.unit:
        where.append(table.unit_id == lookup.any_unit(patrol.ref, "unit", asked.unit).id)
    if asked.q:
        where.append(table.place.contains(asked.q, autoescape=True))
    return where


def _between(day: Any, since: date | None, until: date | None) -> Conditions:
    if since and until and until < since:
        raise InvalidInput({"until": "range_reversed"})
    return [*([day >= since] if since else []), *([day <= until] if until else [])]
