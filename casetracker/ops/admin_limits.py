"""时限: every limit with what holds and who says so; a new length from a day on."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.limits import GROUPS, Limit
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import DayUnit
from casetracker.labels import label
from casetracker.labels.of_the_clock import DERIVED, limit_span, limit_title
from casetracker.ops.admin_forms import change
from casetracker.ops.controls import controls_of
from casetracker.persistence.calendar_day import LimitRow
from casetracker.services.commands.administration import SetLimit
from casetracker.services.office.time_limits import LimitLine, find_limit, limit_lines, set_limit
from casetracker.web.context import current_context, now
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_limits", __name__, url_prefix="/admin/limits")
GROUP_NAMES = {"handle": "办理时限", "stage": "环节时限", "petition": "信访时限"}


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    lines = {line.code: line for line in limit_lines(current_context("ops"))}
    groups = [
        (GROUP_NAMES[group], [_shown(lines[code]) for code in codes])
        for group, codes in GROUPS.items()
    ]
    return render_template("ops/admin/limits.html", groups=groups)


@pages.get("/<code>")
@requires(Right.RULES_MANAGE)
def edit(code: str) -> str:
    limit = find_limit(current_context("ops"), code).now
    today = local_date(now())
    form = empty_form(
        SetLimit, amount=limit.amount, unit=limit.unit.value, effective_from=today.isoformat()
    )
    return _page(code, form)


@pages.post("/<code>")
@requires(Right.RULES_MANAGE)
def save(code: str) -> ResponseReturnValue:
    return change(
        SetLimit,
        lambda ctx, command: set_limit(ctx, code, command),
        lambda form: _page(code, form),
        done=f"{limit_title(code)}时限已调整。",
        next_url=url_for("ops.admin_limits.show"),
    )


def _page(code: str, form: Form[SetLimit]) -> str:
    line = find_limit(current_context("ops"), code)
    return render_template(
        "ops/admin/limit.html",
        limit=_shown(line),
        history=[_row(line, row) for row in line.rows],
        form=form,
        url=request.path,
        controls=controls_of(SetLimit, {}),
        may_be_set=line.is_set_here,
    )


def _shown(line: LimitLine) -> dict[str, Any]:
    limit = line.now
    return {
        "url": url_for("ops.admin_limits.edit", code=line.code),
        "title": limit_title(line.code),
        "span": limit_span(line.code),
        "length": DERIVED.get(line.code) or _length(limit),
        "cap": _cap(limit),
        "source": limit.source,
        "coming": [f"自 {row.effective_from} 起 {_length(row)}" for row in line.coming],
        "may_be_set": line.is_set_here,
    }


def _row(line: LimitLine, row: LimitRow) -> dict[str, Any]:
    return {
        "day": row.effective_from,
        "length": _length(row),
        "cap": "不变" if row.cap_days is None else _cap(row),
        "source": row.source,
        "who": line.names.get(row.changed_by or 0, "系统"),
        "at": row.changed_at,
    }


def _length(row: Limit | LimitRow) -> str:
    return f"{row.amount} 个{label(row.unit)}" if row.amount else "—"


def _cap(row: Limit | LimitRow) -> str:
    """How far it may be extended in all; limits of hours are not."""
    days = "工作日" if row.unit is DayUnit.WORKING else "自然日"
    if row.cap_days is None:
        return "未规定"
    return f"{row.cap_days} 个{days}" if row.cap_days else "不得延期"
