"""What lies on each unit's desk: what a dispatcher looks at before handing out more.

Source: 国办函〔2025〕66号 (grassroots load); docs/rules/hotline.md row 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from casetracker.domain.hotline import AT_THE_UNIT
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """Cases on the desk of a unit that handles cases, children included, and the late ones."""

    unit_id: int
    code: str
    name: str
    open: int
    overdue: int


@query
def unit_loads(ctx: Context, session: Session) -> tuple[UnitLoad, ...]:
    """Every active handling unit with its load as the actor may see it; one grouped statement.

    Counted are cases that wait for the unit (AT_THE_UNIT), so answered ones are not.
    """
    ref = reference(session)
    late = and_(Case.next_due_at < ctx.now, Case.state != State.ON_HOLD)
    rows = session.execute(
        select(
            Case.lead_unit_id,
            func.count().label("open"),
            func.sum(case((late, 1), else_=0)).label("overdue"),
        )
        .where(IS_OPEN, Case.state.in_(sorted(AT_THE_UNIT)), visible(scope_of(ctx.actor, ref)))
        .group_by(Case.lead_unit_id)
    )
    counted = {row.lead_unit_id: (row.open, int(row.overdue)) for row in rows}
    return tuple(
        _load(ref, unit_id, counted)
        for unit_id, unit in ref.units.items()
        if unit.is_active and unit.handles_cases
    )


def _load(ref: Reference, unit_id: int, counted: Mapping[int, tuple[int, int]]) -> UnitLoad:
    unit = ref.units[unit_id]
    whole = [counted.get(one, (0, 0)) for one in ref.with_children(unit_id)]
    return UnitLoad(
        unit_id, unit.code, unit.name, sum(n for n, _ in whole), sum(late for _, late in whole)
    )
