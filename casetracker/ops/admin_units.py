"""单位: the organisation as a tree, added to and changed."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import Choices, change, form_page
from casetracker.ops.choices import all_unit_options
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.administration import ChangeUnit, CreateUnit
from casetracker.services.office.units import (
    change_unit,
    create_unit,
    deputy_leaders,
    find_unit,
    unit_lines,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_units", __name__, url_prefix="/admin/units")


@pages.get("")
@requires(Right.UNITS_MANAGE)
def show() -> str:
    return render_template("ops/admin/units.html", lines=unit_lines(current_context("ops")))


@pages.get("/new")
@requires(Right.UNITS_MANAGE)
def new() -> str:
    return _new_page(empty_form(CreateUnit, handles_cases=True))


@pages.post("/new")
@requires(Right.UNITS_MANAGE)
def create() -> ResponseReturnValue:
    return change(CreateUnit, create_unit, _new_page, done="单位已新增。", next_url=_list_url())


@pages.get("/<code>")
@requires(Right.UNITS_MANAGE)
def edit(code: str) -> str:
    line = find_unit(current_context("ops"), code)
    form = empty_form(
        ChangeUnit,
        name=line.name,
        parent=line.parent,
        handles_cases=line.handles_cases,
        is_active=line.is_active,
        phone=line.phone,
        deputy_leader=line.leader_username,
    )
    return _change_page(code, form)


@pages.post("/<code>")
@requires(Right.UNITS_MANAGE)
def save(code: str) -> ResponseReturnValue:
    return change(
        ChangeUnit,
        lambda ctx, command: change_unit(ctx, code, command),
        lambda form: _change_page(code, form),
        done="单位已保存。",
        next_url=_list_url(),
    )


def _new_page(form: Form[CreateUnit]) -> str:
    return form_page(form, "新增单位", _list_url(), choices=_choices())


def _change_page(code: str, form: Form[ChangeUnit]) -> str:
    line = find_unit(current_context("ops"), code)
    facts = [("代码", line.code), ("在办工单", f"{line.open_cases} 件")]
    return form_page(form, f"修改单位：{line.name}", _list_url(), choices=_choices(), facts=facts)


def _choices() -> Choices:
    ref = reference(db.session())
    return {
        "parent": lambda: all_unit_options(ref),
        "deputy_leader": lambda: deputy_leaders(current_context("ops")),
    }


def _list_url() -> str:
    return url_for("ops.admin_units.show")
