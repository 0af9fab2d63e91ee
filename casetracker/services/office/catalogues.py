"""Units and categories as programs read them, by code."""

from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.use_case import query


@query
def units(ctx: Context, session: Session) -> list[dict[str, Any]]:
    """Every unit with its parent's code, closed ones included."""
    known = reference(session).units
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "parent": known[unit.parent_id].code if unit.parent_id else None,
            "handles_cases": unit.handles_cases,
            "is_active": unit.is_active,
        }
        for unit in known.values()
    ]


@query
def categories(ctx: Context, session: Session) -> list[dict[str, Any]]:
    """Every category with its parent's code and usual unit; `is_active` on the day of asking."""
    ref = reference(session)
    today = local_date(ctx.now)
    return [
        {
            "code": row.code,
            "name": row.name,
            "full_name": row.full_name,
            "level": row.level,
            "parent": ref.categories[row.parent_id].code if row.parent_id else None,
            "default_unit": ref.units[row.default_unit_id].code if row.default_unit_id else None,
            "is_active": row.is_in_use(today),
        }
        for row in ref.categories.values()
    ]
