"""登记检查 and 登记隐患: rows under the next number of their year, and pictures beside them.

Source: docs/rules/patrol.md 1, 2.
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput
from casetracker.domain.hazards import HAZARD_PREFIX, INSPECTION_PREFIX, first_deadline
from casetracker.domain.patrol_vocabulary import HazardSource, HazardState, HazardStep
from casetracker.domain.permissions import Right
from casetracker.persistence.patrol import Hazard, Inspection
from casetracker.services.access_log import note_access
from casetracker.services.commands.patrol import (
    AddHazard,
    FoundHazard,
    RegisterHazard,
    RegisterInspection,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Made
from casetracker.services.patrol.hazard_work import add_entry, look_again
from casetracker.services.patrol.origin import inspection_to_keep, next_number
from casetracker.services.patrol.reader import Patrol
from casetracker.services.use_case import use_case


@use_case
def register_inspection(ctx: Context, session: Session, command: RegisterInspection) -> Made:
    """One place looked at once, with the hazard that was found where one was.

    Raises InvalidInput, NotPermitted.
    """
    patrol = Patrol.of(ctx, session, Right.PATROL_KEEP)
    _check_outcome(command)
    day = patrol.day_of(command.inspected_on, "inspected_on")
    row = Inspection(
        number=next_number(session, INSPECTION_PREFIX, day),
        inspected_on=day,
        place=command.place,
        address=command.address,
        place_kind=command.place_kind,
        area_unit_id=patrol.area_named(command.area),
        unit_id=patrol.own_unit().id,
        inspectors=command.inspectors,
        checked=frozenset(command.checked),
        note=command.note,
        entered_by=ctx.actor.account_id,
        entered_at=ctx.now,
    )
    session.add(row)
    session.flush()
    note_access(ctx, session, Access.PATROL_KEPT, f"登记检查 {row.number}")
    if command.outcome == "hazard":
        _found_there(patrol, row, command.hazard)
    return Made(row.number)


@use_case
def add_hazard(ctx: Context, session: Session, number: str, command: AddHazard) -> Made:
    """再登记一处 that the inspection found. Raises NotFound, NotPermitted."""
    patrol = Patrol.of(ctx, session, Right.PATROL_KEEP)
    return Made(_found_there(patrol, inspection_to_keep(patrol, number), command))


@use_case
def register_hazard(ctx: Context, session: Session, command: RegisterHazard) -> Made:
    """登记隐患 that came from elsewhere. Raises InvalidInput, NotPermitted."""
    patrol = Patrol.of(ctx, session, Right.PATROL_KEEP)
    given = {name: getattr(command, name) for name in ("kind", "level", "description", "source")}
    place = {
        "place": command.place,
        "address": command.address,
        "area_unit_id": patrol.area_named(command.area),
    }
    return Made(_find(patrol, patrol.day_of(command.found_on, "found_on"), **given, **place))


def _check_outcome(command: RegisterInspection) -> None:
    """Nothing was found, or what was found is said; never half of both."""
    found = command.hazard
    if command.outcome == "hazard":
        gaps = {name: "required" for name in ("kind", "description") if not getattr(found, name)}
        if gaps:
            raise InvalidInput({f"hazard.{name}": code for name, code in gaps.items()})
    elif found.description:
        raise InvalidInput({"outcome": "hazard_described"})


def _found_there(patrol: Patrol, row: Inspection, found: FoundHazard | AddHazard) -> str:
    row.found_hazards = True
    return _find(
        patrol,
        row.inspected_on,
        source=HazardSource.INSPECTION,
        inspection_id=row.id,
        kind=found.kind,
        level=found.level,
        description=found.description,
        place=row.place,
        address=row.address,
        area_unit_id=row.area_unit_id,
    )


def _find(patrol: Patrol, day: date, **facts: Any) -> str:
    """The hazard with its first entry and first deadline; its number."""
    ctx, session = patrol.ctx, patrol.session
    row = Hazard(
        number=next_number(session, HAZARD_PREFIX, day),
        found_on=day,
        unit_id=patrol.own_unit().id,
        state=HazardState.FOUND,
        version=1,
        found_by=ctx.actor.account_id,
        entered_at=ctx.now,
        next_reminder_at=look_again(HazardState.FOUND, ctx.now),
        due_on=first_deadline(facts["level"], day, days=patrol.ref.settings["hazard_days"]),
        **facts,
    )
    session.add(row)
    session.flush()
    add_entry(patrol, row, HazardStep.FIND, row.description, day=day, due_on=row.due_on)
    return row.number
