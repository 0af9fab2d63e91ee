"""Hazards as programs read them: page by page behind a key, in an order that stays.

Source: docs/api.md.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.patrol import Hazard
from casetracker.persistence.queries.keyset import BROKEN, packed, unpacked, whole
from casetracker.services.commands.patrol import HazardPageSearch
from casetracker.services.context import Context
from casetracker.services.patrol.hazard_reading import HazardLine, hazard_lines
from casetracker.services.patrol.reader import Patrol
from casetracker.services.patrol.searching import hazards_asked
from casetracker.services.use_case import query

KEY = (Hazard.found_on, Hazard.id)


@dataclass(frozen=True, slots=True)
class HazardsBehind:
    """One page, and the cursor of the next; None on the last."""

    lines: tuple[HazardLine, ...]
    next_cursor: str | None


@query
def hazards_behind(ctx: Context, session: Session, asked: HazardPageSearch) -> HazardsBehind:
    """What was found last first. Raises InvalidInput, NotPermitted; two statements at most."""
    patrol = Patrol.of(ctx, session)
    where = hazards_asked(patrol, asked)
    if asked.cursor:
        where.append(_behind(asked.cursor))
    order = (column.desc() for column in KEY)
    wanted = select(Hazard).where(*where).order_by(*order).limit(asked.limit + 1)
    rows = session.scalars(wanted).all()
    here = rows[: asked.limit]
    last = here[-1] if len(rows) > len(here) else None
    cursor = packed([last.found_on.isoformat(), last.id]) if last else None
    return HazardsBehind(hazard_lines(patrol, here), cursor)


def _behind(cursor: str) -> ColumnElement[bool]:
    """Raises InvalidInput for a cursor that nobody was given."""
    try:
        day, row_id = _place(*unpacked(cursor))
    except BROKEN:
        raise InvalidInput({"cursor": "bad_cursor"}) from None
    return tuple_(*KEY) < tuple_(literal(day, Hazard.found_on.type), literal(row_id))


def _place(day: Any, row_id: Any) -> tuple[date, int]:
    return date.fromisoformat(day), whole(row_id)
