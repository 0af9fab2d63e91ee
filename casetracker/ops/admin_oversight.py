"""督办规则: every rule with its switch, numbers and source; how it holds from a day on."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.oversight.rule import rule_in_force
from casetracker.domain.oversight.talks import TalkRule
from casetracker.domain.oversight.triggers import TriggerRule
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.admin_forms import change
from casetracker.ops.controls import Control, controls_of
from casetracker.persistence.oversight import OversightRuleRow
from casetracker.services.commands.oversight import SetOversightRule
from casetracker.services.oversight.rule_book import (
    PLACES,
    RuleLine,
    find_rule,
    rule_lines,
    set_rule,
)
from casetracker.web.context import current_context, now
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_oversight", __name__, url_prefix="/admin/oversight")


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    lines = rule_lines(current_context("ops"))
    groups = [
        ("督办事由", [_shown(line) for line in lines if isinstance(line.row, TriggerRule)]),
        ("约谈情形", [_shown(line) for line in lines if isinstance(line.row, TalkRule)]),
    ]
    return render_template("ops/admin/oversight.html", groups=groups)


@pages.get("/<code>")
@requires(Right.RULES_MANAGE)
def edit(code: str) -> str:
    line = find_rule(current_context("ops"), code)
    given = zip(PLACES, line.row.numbers, strict=False)
    form = empty_form(
        SetOversightRule,
        is_on=str(line.now.is_on).lower(),
        mode=line.now.mode.value,
        effective_from=local_date(now()).isoformat(),
        **{place: line.now.numbers[number.name] for place, number in given},
    )
    return _page(code, form)


@pages.post("/<code>")
@requires(Right.RULES_MANAGE)
def save(code: str) -> ResponseReturnValue:
    return change(
        SetOversightRule,
        lambda ctx, command: set_rule(ctx, code, command),
        lambda form: _page(code, form),
        done="督办规则已调整。",
        next_url=url_for("ops.admin_oversight.show"),
    )


def _page(code: str, form: Form[SetOversightRule]) -> str:
    line = find_rule(current_context("ops"), code)
    return render_template(
        "ops/admin/oversight_rule.html",
        rule=_shown(line),
        history=[_dated(line, row) for row in line.dated],
        form=form,
        url=request.path,
        controls=_controls(line),
    )


def _controls(line: RuleLine) -> list[Control]:
    """The fields of this rule: its own numbers under their names, a mode only for orders."""
    numbers = dict(zip(PLACES, line.row.numbers, strict=False))
    found = []
    for control in controls_of(SetOversightRule, {}):
        if control.name in numbers:
            number = numbers[control.name]
            hint = f"{number.low} 至 {number.high} {number.unit}，原定 {number.default}"
            found.append(replace(control, text=number.meaning, hint=hint))
        elif control.name not in PLACES and (control.name != "mode" or line.may_issue):
            found.append(control)
    return found


def _shown(line: RuleLine) -> dict[str, Any]:
    return {
        "url": url_for("ops.admin_oversight.edit", code=line.row.code),
        "name": line.name,
        "meaning": line.row.meaning,
        "is_on": line.now.is_on,
        "mode": line.now.mode if line.may_issue else None,
        "numbers": _numbers(line, line.now.numbers),
        "source": line.row.source,
        "coming": [f"自 {row.effective_from} 起{_state(line, row)}" for row in line.coming],
    }


def _dated(line: RuleLine, row: OversightRuleRow) -> dict[str, Any]:
    numbers = rule_in_force(line.row, row.effective_from, [row]).numbers
    return {
        "day": row.effective_from,
        "held": _state(line, row),
        "numbers": _numbers(line, numbers),
        "who": line.names.get(row.changed_by or 0, "系统"),
        "at": row.changed_at,
    }


def _state(line: RuleLine, row: OversightRuleRow) -> str:
    if not row.is_on:
        return "停用"
    return f"启用，{label(row.mode)}" if line.may_issue else "启用"


def _numbers(line: RuleLine, numbers: Any) -> str:
    said = (f"{one.meaning} {numbers[one.name]} {one.unit}" for one in line.row.numbers)
    return "，".join(said)
