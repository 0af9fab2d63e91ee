"""What the office keeps by itself: organisation, categories, limits, rules, texts.

Every change is permission-checked, recorded with before and after, and seen by the next use case.
"""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound, NotPermitted
from casetracker.domain.limits import CATALOGUE as LIMITS
from casetracker.domain.office_settings import CATALOGUE as SETTINGS
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Role
from casetracker.persistence.calendar_day import LimitRow, Setting
from casetracker.persistence.case import Case
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.organisation import Category, RoutingRow, Unit
from casetracker.persistence.queries.reference import reference, touch
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.administration import (
    AddRoute,
    ChangeCategory,
    ChangeUnit,
    CreateCategory,
    CreateUnit,
    SaveTemplate,
    SetLimit,
    SetSetting,
)
from casetracker.services.context import Context
from casetracker.services.use_case import query, use_case


@use_case
def create_unit(ctx: Context, session: Session, command: CreateUnit) -> None:
    """新增单位 under a parent; code and name are unique."""
    _require(ctx, Right.UNITS_MANAGE)
    ref = reference(session)
    taken = {name: "taken" for name in ("code", "name") if ref.unit_named(getattr(command, name))}
    lookup.refuse(taken)
    session.add(
        Unit(
            code=command.code,
            name=command.name,
            kind=command.kind,
            parent_id=lookup.any_unit(ref, "parent", command.parent).id,
            handles_cases=command.handles_cases,
            is_active=True,
            phone=command.phone,
        )
    )
    _done(ctx, session, Access.UNIT_CHANGED, f"新增 {command.code} {command.name}")


@use_case
def change_unit(ctx: Context, session: Session, code: str, command: ChangeUnit) -> None:
    """修改单位. One that leads open cases cannot be closed; nobody stands below itself."""
    _require(ctx, Right.UNITS_MANAGE)
    ref = reference(session)
    row = session.scalar(select(Unit).where(Unit.code == code))
    if row is None:
        raise NotFound
    before = f"{row.name}，启用 {row.is_active}，承办 {row.handles_cases}"
    _refuse_unit_change(session, ref, row, command)
    row.name, row.phone = command.name, command.phone
    row.handles_cases, row.is_active = command.handles_cases, command.is_active
    if command.parent:
        row.parent_id = lookup.any_unit(ref, "parent", command.parent).id
    row.deputy_leader_id = _deputy(session, command.deputy_leader)
    after = f"{row.name}，启用 {row.is_active}，承办 {row.handles_cases}"
    _done(ctx, session, Access.UNIT_CHANGED, f"{code}：{before} → {after}")


def _refuse_unit_change(session: Session, ref: Any, row: Unit, command: ChangeUnit) -> None:
    other = ref.unit_named(command.name)
    if other is not None and other.id != row.id:
        raise InvalidInput({"name": "taken"})
    if command.parent and lookup.any_unit(ref, "parent", command.parent).id in ref.with_children(
        row.id
    ):
        raise InvalidInput({"parent": "own_child"})
    if not (command.is_active and command.handles_cases):
        leads = select(func.count(Case.id)).where(Case.lead_unit_id == row.id, Case.is_open)
        if session.scalar(leads):
            field = "handles_cases" if command.is_active else "is_active"
            raise InvalidInput({field: "leads_open_cases"})


def _deputy(session: Session, username: str | None) -> int | None:
    if username is None:
        return None
    account = lookup.active_account(session, "deputy_leader", username)
    if Role.DEPUTY_LEADER not in account.roles:
        raise InvalidInput({"deputy_leader": "not_a_deputy_leader"})
    return account.id


@use_case
def create_category(ctx: Context, session: Session, command: CreateCategory) -> None:
    """新增分类, in use from today."""
    _require(ctx, Right.RULES_MANAGE)
    ref = reference(session)
    if any(row.code == command.code for row in ref.categories.values()):
        raise InvalidInput({"code": "taken"})
    parent = command.parent and lookup.category(ref, "parent", command.parent)
    session.add(
        Category(
            code=command.code,
            name=command.name,
            level=parent.level + 1 if parent else 1,
            parent_id=parent.id if parent else None,
            default_unit_id=_unit_id(ref, "default_unit", command.default_unit),
            keywords=command.keywords or "",
            valid_from=local_date(ctx.now),
        )
    )
    _done(ctx, session, Access.CATEGORY_CHANGED, f"新增 {command.code} {command.name}")


@use_case
def change_category(ctx: Context, session: Session, code: str, command: ChangeCategory) -> None:
    _require(ctx, Right.RULES_MANAGE)
    row = session.scalar(select(Category).where(Category.code == code))
    if row is None:
        raise NotFound
    before = row.name
    row.name, row.keywords, row.valid_to = command.name, command.keywords or "", command.valid_to
    row.default_unit_id = _unit_id(reference(session), "default_unit", command.default_unit)
    _done(ctx, session, Access.CATEGORY_CHANGED, f"{code}：{before} → {row.name}")


@use_case
def set_limit(ctx: Context, session: Session, command: SetLimit) -> None:
    """调整时限 from today or later. What is past, and what runs already, is not touched."""
    _require(ctx, Right.RULES_MANAGE)
    if command.code not in LIMITS:
        raise InvalidInput({"code": "unknown_limit"})
    if command.effective_from < local_date(ctx.now):
        raise InvalidInput({"effective_from": "not_in_the_past"})
    same = select(LimitRow).where(
        LimitRow.code == command.code, LimitRow.effective_from == command.effective_from
    )
    row = session.scalar(same) or LimitRow(code=command.code, effective_from=command.effective_from)
    row.amount, row.unit, row.cap_days = command.amount, command.unit, command.cap_days
    row.source, row.changed_by, row.changed_at = command.source, ctx.actor.account_id, ctx.now
    session.add(row)
    detail = f"{row.code} 自 {row.effective_from} 起 {row.amount} {row.unit}：{row.source}"
    _done(ctx, session, Access.LIMIT_CHANGED, detail)


@use_case
def set_setting(ctx: Context, session: Session, command: SetSetting) -> None:
    """修改参数 of the catalogue, checked by its own parser."""
    _require(ctx, Right.RULES_MANAGE)
    known = SETTINGS.get(command.name)
    if known is None:
        raise NotFound
    try:
        known.parse(command.value)
    except (ValueError, KeyError, TypeError):
        raise InvalidInput({"value": "bad_setting"}) from None
    row = session.get(Setting, command.name) or Setting(name=command.name)
    before = getattr(row, "value", None) or known.default
    row.value, row.changed_by, row.changed_at = command.value, ctx.actor.account_id, ctx.now
    session.add(row)
    _done(ctx, session, Access.SETTING_CHANGED, f"{command.name}：{before} → {command.value}")


@use_case
def add_route(ctx: Context, session: Session, command: AddRoute) -> None:
    """增加派单规则, in force from today."""
    _require(ctx, Right.RULES_MANAGE)
    ref = reference(session)
    category = command.category and lookup.category(ref, "category", command.category)
    row = RoutingRow(
        category_id=category.id if category else None,
        area_unit_id=_unit_id(ref, "area", command.area),
        kind=command.kind,
        unit_id=lookup.handling_unit(ref, "unit", command.unit).id,
        on_community_list=command.on_community_list,
        effective_from=local_date(ctx.now),
        source=command.source,
    )
    session.add(row)
    _done(ctx, session, Access.ROUTING_CHANGED, f"新增 → {command.unit}（{command.source}）")


@use_case
def end_route(ctx: Context, session: Session, route_id: int) -> None:
    """停用派单规则 from today."""
    _require(ctx, Right.RULES_MANAGE)
    row = session.get(RoutingRow, route_id)
    if row is None:
        raise NotFound
    row.effective_to = row.effective_to or local_date(ctx.now)
    _done(ctx, session, Access.ROUTING_CHANGED, f"停用规则 {route_id}")


@use_case
def save_template(ctx: Context, session: Session, command: SaveTemplate) -> None:
    """新增或修改 a template by its name."""
    _require(ctx, Right.RULES_MANAGE)
    row = session.scalar(select(ReplyTemplate).where(ReplyTemplate.name == command.name))
    row = row or ReplyTemplate(name=command.name)
    row.use, row.channel, row.body = command.use, command.channel, command.body
    row.is_active, row.changed_by, row.changed_at = (
        command.is_active,
        ctx.actor.account_id,
        ctx.now,
    )
    session.add(row)
    _done(ctx, session, Access.TEMPLATE_CHANGED, command.name)


@query
def templates(ctx: Context, session: Session) -> list[ReplyTemplate]:
    """All templates by name."""
    _require(ctx, Right.RULES_MANAGE)
    return list(session.scalars(select(ReplyTemplate).order_by(ReplyTemplate.name)))


@query
def limit_rows(ctx: Context, session: Session) -> list[LimitRow]:
    """The dated rows, the newest first."""
    _require(ctx, Right.RULES_MANAGE)
    order = (LimitRow.code, LimitRow.effective_from.desc())
    return list(session.scalars(select(LimitRow).order_by(*order)))


@query
def routes(ctx: Context, session: Session) -> list[RoutingRow]:
    """The lines of the dispatch catalogue, those in force first."""
    _require(ctx, Right.RULES_MANAGE)
    order = (RoutingRow.effective_to.is_not(None), RoutingRow.id)
    return list(session.scalars(select(RoutingRow).order_by(*order)))


def in_force(row: RoutingRow, day: date) -> bool:
    return row.effective_to is None or day < row.effective_to


def _unit_id(ref: Any, field: str, name: str | None) -> int | None:
    return lookup.any_unit(ref, field, name).id if name else None


def _require(ctx: Context, right: Right) -> None:
    if not ctx.actor.may(right):
        raise NotPermitted("no_right")


def _done(ctx: Context, session: Session, what: Access, detail: str) -> None:
    """Recorded, and every process loads reference data anew."""
    note_access(ctx, session, what, detail)
    session.flush()
    touch(session, ctx.now)
