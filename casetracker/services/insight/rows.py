"""Rows of tables: what stands at a level of the tree of categories or units, and its code."""

from typing import NamedTuple

from casetracker.domain.vocabulary import UnitKind
from casetracker.persistence.queries.reference import CategoryFacts, Reference, UnitFacts

UNSORTED = "未分类"
NO_UNIT = "未派单"
COMMUNITIES = frozenset({UnitKind.COMMUNITY, UnitKind.BRIGADE})
"""Kinds of units that are a tile of the grid; a grid (网格) counts in its community."""


class Named(NamedTuple):
    """A row by its code (None for the row without one) and its Chinese name."""

    key: str | None
    name: str


def category_at(ref: Reference, category_id: int | None, level: int) -> CategoryFacts | None:
    """The category, or the one above it that stands at that level of the tree."""
    above = [ref.categories[each] for each in ref.above(category_id)]
    return next((row for row in above if row.level <= level), None)


def category_row(ref: Reference, category_id: int | None, level: int) -> Named:
    row = category_at(ref, category_id, level)
    return Named(row.code, row.full_name) if row else Named(None, UNSORTED)


def community_of(ref: Reference, unit_id: int | None) -> UnitFacts | None:
    """The community or brigade that an area lies in, else the area itself; None for no area."""
    if unit_id is None:
        return None
    line = [ref.units[each] for each in ref.units[unit_id].line]
    return next((unit for unit in line if unit.kind in COMMUNITIES), line[0])


def areas_of(ref: Reference, unit: UnitFacts) -> frozenset[int]:
    """The areas that are counted into the row of a unit."""
    return frozenset(each for each in ref.units if community_of(ref, each) == unit)


def unit_row(ref: Reference, unit_id: int | None) -> Named:
    unit = ref.units.get(unit_id or 0)
    return Named(unit.code, unit.name) if unit else Named(None, NO_UNIT)
