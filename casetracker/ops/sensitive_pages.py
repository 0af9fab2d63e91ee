"""重点敏感时期: their days and measures, and the daily list of what needs watching."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import on_paper
from casetracker.services.commands.ledgers import SavePeriod
from casetracker.services.ledgers.daily_watch import daily_watch
from casetracker.services.ledgers.sensitive_periods import (
    add_period,
    change_period,
    find_period,
    period_lines,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("sensitive", __name__, url_prefix="/sensitive")
HERE = "/ops/sensitive"


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> str:
    ctx = current_context("ops")
    watch = daily_watch(ctx)
    return render_template(
        "ops/ledgers/sensitive.html",
        lines=period_lines(ctx),
        watch=watch,
        today=ctx.now,
        export_url=export_url(ctx, ExportKind.DAILY_WATCH) if watch.total else None,
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
    )


@pages.get("/print")
@requires(Right.LEDGERS_READ)
def print_list() -> str:
    """每日清单 on paper."""
    ctx = current_context("ops")
    paper = on_paper(ctx, HERE)
    return render_template("ops/ledgers/watch_print.html", watch=daily_watch(ctx), **paper)


@pages.get("/new")
@requires(Right.LEDGERS_KEEP)
def new() -> str:
    return _new_page(empty_form(SavePeriod))


@pages.post("/new")
@requires(Right.LEDGERS_KEEP)
def add() -> ResponseReturnValue:
    return change(SavePeriod, add_period, _new_page, done="敏感时期已登记。", next_url=HERE)


@pages.get("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP)
def edit(row_id: int) -> str:
    line = find_period(current_context("ops"), row_id)
    form = empty_form(
        SavePeriod,
        name=line.name,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        measures=line.measures,
    )
    return _change_page(row_id, form)


@pages.post("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP)
def save(row_id: int) -> ResponseReturnValue:
    return change(
        SavePeriod,
        lambda ctx, command: change_period(ctx, row_id, command),
        lambda form: _change_page(row_id, form),
        done="敏感时期已保存。",
        next_url=HERE,
    )


def _new_page(form: Form[SavePeriod]) -> str:
    return form_page(form, "登记敏感时期", HERE)


def _change_page(row_id: int, form: Form[SavePeriod]) -> str:
    find_period(current_context("ops"), row_id)
    return form_page(form, "更改敏感时期", HERE)
