"""What may be chosen in forms: units that handle cases, people of a unit, categories in groups."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from casetracker.domain.days import local_date
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.desks.colleagues import handlers_of
from casetracker.services.receiving.intake_help import AREAS
from casetracker.web.context import current_context, now

SCORES = {"5": "5 分 · 很好", "4": "4 分 · 好", "3": "3 分 · 一般", "2": "2 分 · 差",
          "1": "1 分 · 很差"}  # fmt: skip
"""What the scores of a whistle mean, the best first."""


def unit_options(ref: Reference) -> list[tuple[str, str]]:
    """Active units that handle cases, by code."""
    return [
        (unit.code, unit.name)
        for unit in ref.units.values()
        if unit.is_active and unit.handles_cases
    ]


def all_unit_options(ref: Reference) -> list[tuple[str, str]]:
    """Active units, also those that only have people."""
    return [(unit.code, unit.name) for unit in ref.units.values() if unit.is_active]


def area_options(ref: Reference) -> list[tuple[str, str]]:
    """Where a matter may lie: communities, brigades and grids."""
    return [
        (unit.code, unit.name)
        for unit in ref.units.values()
        if unit.is_active and unit.kind in AREAS
    ]


def category_options(
    ref: Reference, day: date | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """First levels as groups, each with itself and all below; with a day only those in use then."""
    shown = [row for row in ref.categories.values() if day is None or row.is_in_use(day)]
    below: dict[int, list[tuple[str, str]]] = {}
    for row in shown:
        if row.parent_id is not None:
            below.setdefault(ref.above(row.id)[-1], []).append((row.code, row.name))
    return [
        (top.name, [(top.code, f"{top.name}（全部）"), *below.get(top.id, ())])
        for top in shown
        if top.parent_id is None
    ]


def parts_of(file: CaseFile) -> list[tuple[str, str]]:
    """Units that take part in the case: the lead first, then those that assist."""
    ref = reference(db.session())
    found = [(file.head.unit_code, file.head.unit)] if file.head.unit_code else []
    for part in file.parts:
        unit = ref.units[part.unit_id]
        if part.ended_at is None and (unit.code, unit.name) not in found:
            found.append((unit.code, unit.name))
    return [(code or "", name or "") for code, name in found]


def choices_for(file: CaseFile) -> dict[str, Callable[[], list[Any]]]:
    """Options for the fields of actions on this case, made when the form has the field."""
    ref = reference(db.session())
    units = partial(unit_options, ref)
    every_unit = partial(all_unit_options, ref)
    today = local_date(now())
    return {
        "unit": units,
        "units": units,
        "assisting": units,
        "proposed_unit": units,
        "accused_unit": every_unit,
        "organ_unit": every_unit,
        "score": lambda: list(SCORES.items()),
        "handler": lambda: handlers_of(current_context("ops"), file.head.unit_code),
        "category": lambda: category_options(ref, today),
    }
