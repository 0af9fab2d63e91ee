"""The organisation as the office keeps it: shown as a tree, added to, changed, closed."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Role, UnitKind
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.organisation import Unit
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services import lookup
from casetracker.services.commands.administration import ChangeUnit, CreateUnit
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.office.trees import downwards
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit as its page shows it; `depth` says how far down the tree it stands."""

    code: str
    name: str
    kind: UnitKind
    depth: int
    parent: str | None
    handles_cases: bool
    is_active: bool
    phone: str | None
    leader: str | None
    leader_username: str | None
    open_cases: int


@query
def unit_lines(ctx: Context, session: Session) -> list[UnitLine]:
    """Every unit below its parent, closed ones included."""
    require_right(ctx, Right.UNITS_MANAGE)
    rows = list(session.scalars(select(Unit).order_by(Unit.id)))
    codes = {row.id: row.code for row in rows}
    led = {row.deputy_leader_id for row in rows}
    leaders = {one.id: one for one in session.scalars(select(Account).where(Account.id.in_(led)))}
    counts = _open_cases(session)
    return [
        UnitLine(
            code=row.code,
            name=row.name,
            kind=row.kind,
            depth=depth,
            parent=codes.get(row.parent_id or 0),
            handles_cases=row.handles_cases,
            is_active=row.is_active,
            phone=row.phone,
            leader=leaders[row.deputy_leader_id].name if row.deputy_leader_id else None,
            leader_username=leaders[row.deputy_leader_id].username
            if row.deputy_leader_id
            else None,
            open_cases=counts.get(row.id, 0),
        )
        for depth, row in downwards(rows)
    ]


@query
def find_unit(ctx: Context, session: Session, code: str) -> UnitLine:
    """Raises NotFound."""
    found = next((line for line in unit_lines(ctx) if line.code == code), None)
    if found is None:
        raise NotFound(code=code)
    return found


@query
def deputy_leaders(ctx: Context, session: Session) -> list[tuple[str, str]]:
    """Username and name of those who may be 分管领导 of a unit."""
    require_right(ctx, Right.UNITS_MANAGE)
    rows = session.scalars(select(Account).where(Account.is_active).order_by(Account.username))
    return [(row.username, row.name) for row in rows if Role.DEPUTY_LEADER in row.roles]


@use_case
def create_unit(ctx: Context, session: Session, command: CreateUnit) -> None:
    """新增单位 under a parent; code and name are unique. Cases can go to it at once."""
    require_right(ctx, Right.UNITS_MANAGE)
    ref = reference(session)
    taken = {name: "taken" for name in ("code", "name") if ref.unit_named(getattr(command, name))}
    lookup.refuse(taken)
    row = Unit(code=command.code, kind=command.kind, is_active=True)
    _fill(session, ref, row, command)
    session.add(row)
    facts = {"类别": row.kind, **_facts(row, ref)}
    record_change(ctx, session, Access.UNIT_CHANGED, f"单位 {row.code}", {}, facts)


@use_case
def change_unit(ctx: Context, session: Session, code: str, command: ChangeUnit) -> None:
    """修改单位. One that leads open cases stays open; nobody stands below itself."""
    require_right(ctx, Right.UNITS_MANAGE)
    ref = reference(session)
    row = session.scalar(select(Unit).where(Unit.code == code))
    if row is None:
        raise NotFound(code=code)
    before = _facts(row, ref)
    _refuse_change(session, ref, row, command)
    row.is_active = command.is_active
    _fill(session, ref, row, command)
    after = _facts(row, ref)
    record_change(ctx, session, Access.UNIT_CHANGED, f"单位 {code}", before, after)


def _fill(session: Session, ref: Reference, row: Unit, command: CreateUnit | ChangeUnit) -> None:
    row.name, row.phone, row.handles_cases = command.name, command.phone, command.handles_cases
    if command.parent:
        row.parent_id = lookup.any_unit(ref, "parent", command.parent).id
    row.deputy_leader_id = _deputy_leader(session, command.deputy_leader)


def _facts(row: Unit, ref: Reference) -> Facts:
    return {
        "名称": row.name,
        "上级单位": ref.unit_name(row.parent_id),
        "承办工单": row.handles_cases,
        "启用": row.is_active,
        "电话": row.phone,
        "分管领导": row.deputy_leader_id and f"账号 {row.deputy_leader_id}",
    }


def _refuse_change(session: Session, ref: Reference, row: Unit, command: ChangeUnit) -> None:
    other = ref.unit_named(command.name)
    if other is not None and other.id != row.id:
        raise InvalidInput({"name": "taken"})
    parent = command.parent and lookup.any_unit(ref, "parent", command.parent)
    if parent and row.id in parent.line:
        raise InvalidInput({"parent": "own_child"})
    if not command.is_active and _has_active_children(ref, row.id):
        raise InvalidInput({"is_active": "has_active_children"})
    if not (command.is_active and command.handles_cases):
        count = _open_cases(session).get(row.id, 0)
        field = "handles_cases" if command.is_active else "is_active"
        if count:
            raise InvalidInput({field: "leads_open_cases"}, count=count)


def _has_active_children(ref: Reference, unit_id: int) -> bool:
    return any(unit.is_active and unit.parent_id == unit_id for unit in ref.units.values())


def _open_cases(session: Session) -> dict[int, int]:
    """How many open cases each unit leads."""
    counted = select(Case.lead_unit_id, func.count(Case.id)).where(Case.is_open)
    rows = session.execute(counted.group_by(Case.lead_unit_id)).all()
    return {unit_id: count for unit_id, count in rows if unit_id is not None}


def _deputy_leader(session: Session, username: str | None) -> int | None:
    if username is None:
        return None
    account = lookup.active_account(session, "deputy_leader", username)
    if Role.DEPUTY_LEADER not in account.roles:
        raise InvalidInput({"deputy_leader": "not_a_deputy_leader"})
    return account.id
