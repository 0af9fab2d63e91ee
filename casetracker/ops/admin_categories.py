"""问题分类: the tree with usual units and residents' own words; added to, changed, ended."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import Choices, change, form_page
from casetracker.ops.choices import unit_options
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.administration import ChangeCategory, CreateCategory
from casetracker.services.office.categories import (
    category_lines,
    change_category,
    create_category,
    find_category,
)
from casetracker.web.context import current_context, now
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_categories", __name__, url_prefix="/admin/categories")


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    lines = category_lines(current_context("ops"))
    return render_template("ops/admin/categories.html", lines=lines)


@pages.get("/new")
@requires(Right.RULES_MANAGE)
def new() -> str:
    return _new_page(empty_form(CreateCategory))


@pages.post("/new")
@requires(Right.RULES_MANAGE)
def create() -> ResponseReturnValue:
    done = "分类已新增，即日起可用。"
    return change(CreateCategory, create_category, _new_page, done=done, next_url=_list_url())


@pages.get("/<code>")
@requires(Right.RULES_MANAGE)
def edit(code: str) -> str:
    line = find_category(current_context("ops"), code)
    form = empty_form(
        ChangeCategory,
        name=line.name,
        default_unit=line.unit_code,
        keywords=line.keywords,
        valid_to=line.valid_to,
    )
    return _change_page(code, form)


@pages.post("/<code>")
@requires(Right.RULES_MANAGE)
def save(code: str) -> ResponseReturnValue:
    return change(
        ChangeCategory,
        lambda ctx, command: change_category(ctx, code, command),
        lambda form: _change_page(code, form),
        done="分类已保存。",
        next_url=_list_url(),
    )


def _new_page(form: Form[CreateCategory]) -> str:
    return form_page(form, "新增分类", _list_url(), choices=_choices())


def _change_page(code: str, form: Form[ChangeCategory]) -> str:
    line = find_category(current_context("ops"), code)
    facts = [("代码", line.code), ("全称", line.full_name), ("启用日期", line.valid_from)]
    return form_page(form, f"修改分类：{line.name}", _list_url(), choices=_choices(), facts=facts)


def _choices() -> Choices:
    ref, today = reference(db.session()), local_date(now())
    used = [row for row in ref.categories.values() if row.is_in_use(today)]
    return {
        "parent": lambda: [(row.code, row.full_name) for row in used],
        "default_unit": lambda: unit_options(ref),
    }


def _list_url() -> str:
    return url_for("ops.admin_categories.show")
