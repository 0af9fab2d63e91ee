"""参数: each value with its meaning, what holds, the default and the source; changed one by one."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.services.commands.administration import SetSetting
from casetracker.services.office.office_values import find_value, set_setting, value_lines
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_settings", __name__, url_prefix="/admin/settings")


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    return render_template("ops/admin/settings.html", lines=value_lines(current_context("ops")))


@pages.get("/<name>")
@requires(Right.RULES_MANAGE)
def edit(name: str) -> str:
    line = find_value(current_context("ops"), name)
    return _page(name, empty_form(SetSetting, value=line.value))


@pages.post("/<name>")
@requires(Right.RULES_MANAGE)
def save(name: str) -> ResponseReturnValue:
    return change(
        SetSetting,
        lambda ctx, command: set_setting(ctx, name, command),
        lambda form: _page(name, form),
        done="参数已保存，立即生效。",
        next_url=url_for("ops.admin_settings.show"),
    )


def _page(name: str, form: Form[SetSetting]) -> str:
    line = find_value(current_context("ops"), name)
    entry = line.entry
    facts = [
        ("现值", entry.shown(line.value)),
        ("默认值", entry.shown(entry.default)),
        ("应填", entry.expected),
        ("依据", entry.source),
    ]
    choices = {"value": lambda: list(entry.kind.choices)} if entry.kind.choices else None
    back_url = url_for("ops.admin_settings.show")
    return form_page(form, f"修改参数：{entry.meaning}", back_url, choices=choices, facts=facts)
