"""The dispatch catalogue (派单目录) as the office keeps it: rules added and ended, never rewritten.

Source: 国办函〔2025〕66号(五).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Kind, UnitKind
from casetracker.persistence.organisation import RoutingRow
from casetracker.persistence.queries.reference import Reference, UnitFacts, reference
from casetracker.services import lookup
from casetracker.services.commands.administration import AddRoute
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One rule; None in `category`, `area` or `kind` fits anything."""

    id: int
    category: str | None
    area: str | None
    kind: Kind | None
    unit: str
    unit_takes_cases: bool
    on_community_list: bool
    effective_from: date
    effective_to: date | None
    source: str
    in_force: bool


@query
def route_lines(
    ctx: Context, session: Session, *, unit: str = "", category: str = ""
) -> list[RouteLine]:
    """Rules by category and area, narrowed to a unit and a category with all below it."""
    require_right(ctx, Right.RULES_MANAGE)
    ref, today = reference(session), local_date(ctx.now)
    wanted, named = ref.unit_named(unit), ref.category_named(category)
    rows = [
        row
        for row in session.scalars(select(RoutingRow).order_by(RoutingRow.id))
        if (not unit or (wanted and row.unit_id == wanted.id))
        and (not category or (named and named.id in ref.above(row.category_id)))
    ]
    lines = [_line(ref, row, today) for row in rows]
    return sorted(lines, key=lambda line: (line.category or "", line.area or "", line.id))


def _line(ref: Reference, row: RoutingRow, today: date) -> RouteLine:
    unit = ref.units[row.unit_id]
    return RouteLine(
        id=row.id,
        category=ref.category_name(row.category_id),
        area=ref.unit_name(row.area_unit_id),
        kind=row.kind,
        unit=unit.name,
        unit_takes_cases=unit.is_active and unit.handles_cases,
        on_community_list=row.on_community_list,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        source=row.source,
        in_force=row.effective_to is None or today < row.effective_to,
    )


@use_case
def add_route(ctx: Context, session: Session, command: AddRoute) -> None:
    """增加派单规则, in force from today."""
    require_right(ctx, Right.RULES_MANAGE)
    if not (command.category or command.area or command.kind):
        raise InvalidInput({"category": "empty_rule"})
    ref, today = reference(session), local_date(ctx.now)
    unit = _unit(ref, command)
    category = command.category and lookup.category_in_use(ref, "category", command.category, today)
    area = command.area and lookup.any_unit(ref, "area", command.area)
    row = RoutingRow(
        category_id=category.id if category else None,
        area_unit_id=area.id if area else None,
        kind=command.kind,
        unit_id=unit.id,
        on_community_list=command.on_community_list,
        effective_from=today,
        effective_to=None,
        source=command.source,
    )
    session.add(row)
    session.flush()
    record_change(
        ctx,
        session,
        Access.ROUTING_CHANGED,
        f"派单规则 {row.id}",
        {},
        _facts(_line(ref, row, today)),
    )


@use_case
def end_route(ctx: Context, session: Session, route_id: int) -> None:
    """停用派单规则 from today, also one that was to end later. Raises NotFound."""
    require_right(ctx, Right.RULES_MANAGE)
    row = session.get(RoutingRow, route_id)
    if row is None:
        raise NotFound(route_id=route_id)
    ref, today = reference(session), local_date(ctx.now)
    before = _facts(_line(ref, row, today))
    row.effective_to = min(row.effective_to or today, today)
    after = _facts(_line(ref, row, today))
    record_change(ctx, session, Access.ROUTING_CHANGED, f"派单规则 {route_id}", before, after)


def _unit(ref: Reference, command: AddRoute) -> UnitFacts:
    """A community leads only what stands on the communities' list (domain.routing)."""
    unit = lookup.handling_unit(ref, "unit", command.unit)
    if unit.kind is UnitKind.COMMUNITY and not command.on_community_list:
        raise InvalidInput({"on_community_list": "community_outside_list"})
    return unit


def _facts(line: RouteLine) -> Facts:
    return {
        "问题分类": line.category,
        "所在社区": line.area,
        "诉求类型": line.kind,
        "承办单位": line.unit,
        "属社区事项清单": line.on_community_list,
        "停用日期": line.effective_to,
        "依据": line.source,
    }
