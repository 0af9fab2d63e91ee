"""派单目录: rules by category, area and kind; added and ended, never rewritten."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.admin_forms import Choices, change, form_page
from casetracker.ops.choices import area_options, category_options, unit_options
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.administration import AddRoute
from casetracker.services.commands.fields import Command
from casetracker.services.office.dispatch_rules import (
    RouteLine,
    add_route,
    end_route,
    route_lines,
)
from casetracker.web.context import current_context, now
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, numbered

pages = Blueprint("admin_routing", __name__, url_prefix="/admin/routing")
NAMED = ("unit", "category")
PAGE = 50


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    asked = {name: request.args.get(name, "")[:80] for name in NAMED}
    found = route_lines(current_context("ops"), **asked)
    ended = request.args.get("ended") == "1"
    page, lines = numbered([line for line in found if line.in_force is not ended], PAGE)
    ref = reference(db.session())
    return render_template(
        "ops/admin/routing.html",
        lines=lines,
        page=page,
        form=Form(AddRoute, dict(asked)),
        tabs_shown=_tabs(found, ended=ended),
        hidden={"ended": "1"} if ended else {},
        units=unit_options(ref),
        categories=category_options(ref),
        narrowed=any(asked.values()),
    )


@pages.get("/new")
@requires(Right.RULES_MANAGE)
def new() -> str:
    return _new_page(empty_form(AddRoute))


@pages.post("/new")
@requires(Right.RULES_MANAGE)
def create() -> ResponseReturnValue:
    done = "规则已增加，即日起生效。"
    return change(AddRoute, add_route, _new_page, done=done, next_url=_list_url())


@pages.get("/<int:route_id>")
@requires(Right.RULES_MANAGE)
def leave(route_id: int) -> str:
    return _end_page(route_id, empty_form(Command))


@pages.post("/<int:route_id>")
@requires(Right.RULES_MANAGE)
def end(route_id: int) -> ResponseReturnValue:
    return change(
        Command,
        lambda ctx, command: end_route(ctx, route_id),
        lambda form: _end_page(route_id, form),
        done="规则已停用。",
        next_url=_list_url(),
    )


def _new_page(form: Form[AddRoute]) -> str:
    ref, today = reference(db.session()), local_date(now())
    choices: Choices = {
        "category": lambda: category_options(ref, today),
        "area": lambda: area_options(ref),
        "unit": lambda: unit_options(ref),
    }
    note = "分类、社区、诉求类型至少选一项；写得越具体的规则越优先，同样具体的以后增加的为准。"
    return form_page(form, "增加派单规则", _list_url(), choices=choices, note=note)


def _end_page(route_id: int, form: Form[Command]) -> str:
    lines = route_lines(current_context("ops"))
    line = next((one for one in lines if one.id == route_id), None)
    if line is None:
        raise NotFound(route_id=route_id)
    note = "停用后不再据此建议承办单位，已派的工单不受影响。"
    return form_page(
        form, "停用派单规则", _list_url(), facts=_facts(line), submit="停用", note=note, danger=True
    )


def _facts(line: RouteLine) -> list[tuple[str, Any]]:
    return [
        ("问题分类", line.category or "任意"),
        ("所在社区", line.area or "任意"),
        ("诉求类型", label(line.kind) if line.kind else "任意"),
        ("承办单位", line.unit),
        ("依据", line.source),
        ("生效日期", line.effective_from),
    ]


def _tabs(found: list[RouteLine], *, ended: bool) -> list[dict[str, Any]]:
    current = sum(line.in_force for line in found)
    here, there = address_with(ended=None, page=None), address_with(ended="1", page=None)
    return [
        {"text": "生效", "url": here, "active": not ended, "count": current},
        {"text": "已停用", "url": there, "active": ended, "count": len(found) - current},
    ]


def _list_url() -> str:
    return url_for("ops.admin_routing.show")
