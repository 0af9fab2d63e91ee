"""How a hazard came to light: its source, its inspection, its day and the number that follows.

Source: docs/rules/patrol.md 1, 2, 3.
"""

from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.hazards import HAZARD_PREFIX
from casetracker.domain.numbering import case_number
from casetracker.domain.patrol_vocabulary import HazardSource, HazardStep
from casetracker.persistence.database import locked
from casetracker.persistence.patrol import FormerHazardNumber, Hazard, HazardEntry, Inspection
from casetracker.services.commands.patrol import CorrectHazard
from casetracker.services.numbers import next_in
from casetracker.services.patrol.hazard_work import HazardWork
from casetracker.services.patrol.reader import Patrol


def next_number(session: Session, prefix: str, day: date) -> str:
    """The next one of the year of that day."""
    return case_number(day.year, next_in(session, f"{prefix}{day.year}"), prefix=prefix)


def inspection_to_keep(patrol: Patrol, number: str) -> Inspection:
    """The row of one's own unit, locked. Raises NotFound."""
    units = patrol.scope.units | patrol.scope.own_units
    wanted = select(Inspection).where(Inspection.number == number, Inspection.unit_id.in_(units))
    row = patrol.session.scalar(locked(patrol.session, wanted))
    if row is None:
        raise NotFound(number=number)
    return row


def origin_of(work: HazardWork, command: CorrectHazard) -> dict[str, Any]:
    """Source, inspection and day as a correction gives them. Raises InvalidInput."""
    inspection = _inspection(work, command)
    day = work.patrol.day_of(command.found_on, "found_on")
    if inspection is not None and day < inspection.inspected_on:
        raise InvalidInput({"found_on": "before_the_inspection"})
    later = _first_later_day(work)
    if later is not None and day > later:
        raise InvalidInput({"found_on": "after_a_later_step"})
    return {
        "source": command.source,
        "inspection_id": inspection.id if inspection else None,
        "found_on": day,
    }


def _inspection(work: HazardWork, command: CorrectHazard) -> Inspection | None:
    if command.source is not HazardSource.INSPECTION:
        if command.inspection is not None:
            raise InvalidInput({"inspection": "hazard_not_inspected"})
        return None
    if command.inspection is None:
        raise InvalidInput({"inspection": "required"})
    try:
        return inspection_to_keep(work.patrol, command.inspection)
    except NotFound:
        raise InvalidInput({"inspection": "unknown_inspection"}) from None


def _first_later_day(work: HazardWork) -> date | None:
    """The first day on which something was done about it."""
    done = select(func.min(HazardEntry.day)).where(
        HazardEntry.hazard_id == work.row.id,
        HazardEntry.step.not_in((HazardStep.FIND, HazardStep.CORRECT)),
    )
    return work.patrol.session.scalar(done)


def number_of_year(work: HazardWork, day: date) -> str:
    """The number that it has or had in the year of that day, else the next one of that year."""
    row, session = work.row, work.patrol.session
    series = f"{HAZARD_PREFIX}{day.year}-"
    if row.number.startswith(series):
        return row.number
    had = select(FormerHazardNumber.number).where(
        FormerHazardNumber.hazard_id == row.id, FormerHazardNumber.number.startswith(series)
    )
    return session.scalar(had) or next_number(session, HAZARD_PREFIX, day)


def keep_former_number(work: HazardWork, former: str) -> None:
    """The number that it gave up leads to it for ever; the one that it took back is its own."""
    session = work.patrol.session
    taken_back = session.get(FormerHazardNumber, work.row.number)
    if taken_back is not None:
        session.delete(taken_back)
    session.add(FormerHazardNumber(number=former, hazard_id=work.row.id))


def settle_inspections(work: HazardWork, before: int | None) -> None:
    """Each says 发现隐患 exactly while hazards stand beside it."""
    session = work.patrol.session
    session.flush()
    for inspection_id in {before, work.row.inspection_id} - {None}:
        wanted = select(Inspection).where(Inspection.id == inspection_id)
        inspection = session.scalars(locked(session, wanted)).one()
        has_hazards = exists().where(Hazard.inspection_id == inspection_id)
        inspection.found_hazards = bool(session.scalar(select(has_hazards)))
