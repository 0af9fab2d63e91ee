"""Cases that run late and that no supervision order presses yet: what a supervisor looks for.

Source: docs/rules/hotline.md row 23, docs/rules/reminders.md.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
    read_page,
)
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

LATE = (Standing.OVERDUE, Standing.DUE_SOON)
PAGE = 20


@dataclass(frozen=True, slots=True)
class LateCases:
    """One page of those of one standing, and how many there are of each."""

    rows: tuple[CaseRow, ...]
    totals: dict[Standing, int]
    next_cursor: str | None
    previous_cursor: str | None


@query
def late_without_order(
    ctx: Context, session: Session, standing: Standing, cursor: str | None = None
) -> LateCases:
    """Open cases of that standing without an open order, due first.

    Raises InvalidInput for a cursor that is nonsense.
    """
    ref = reference(session)
    scope = and_(visible(scope_of(ctx.actor, ref)), ~under_order())
    asked = {
        one: Question(CaseFilter(is_open=True, standing=one), scope, ref, ctx.now) for one in LATE
    }
    place = read_cursor(cursor, Sort.DUE) if cursor else None
    page = read_page(session, asked[standing], Sort.DUE, place=place, limit=PAGE)
    return LateCases(
        rows=page.rows,
        totals={one: count_rows(session, question) for one, question in asked.items()},
        next_cursor=page.next.cursor() if page.next else None,
        previous_cursor=page.previous.cursor() if page.previous else None,
    )


def under_order() -> ColumnElement[bool]:
    """Whether an order on the case waits to be struck off."""
    return (
        select(SupervisionOrder.id)
        .where(SupervisionOrder.case_id == Case.id, SupervisionOrder.closed_at.is_(None))
        .exists()
    )
