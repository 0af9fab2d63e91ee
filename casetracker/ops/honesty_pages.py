"""防弄虚作假: signs in the month's figures by unit, their cases, and what a look at them found."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local
from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Right
from casetracker.domain.rates import WUHAN_DEFAULT, period_of, previous_month
from casetracker.ops.case_lines import case_lines
from casetracker.services.commands.appraising import CheckSign
from casetracker.services.context import Context
from casetracker.services.desks.honesty_desk import cases_of_sign, check_sign, sign_tables
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.redirects import redirect_to

pages = Blueprint("honesty", __name__, url_prefix="/statistics/honesty")
HERE = "/ops/statistics/honesty"


@pages.get("")
@requires(Right.STATISTICS)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    month, wrong = _month(ctx)
    tables = sign_tables(ctx, month)
    body = render_template(
        "ops/statistics/honesty.html",
        month=month,
        form={"data": {"month": request.args.get("month", month)}, "errors": wrong},
        tables=tables,
        waiting=sum(table.waiting for table in tables),
        cases_url=cases_url,
    )
    return make_response(body, 400 if wrong else 200)


@pages.get("/<code>")
@requires(Right.STATISTICS)
def cases(code: str) -> str:
    """Exactly the cases of one figure, of a unit or of all in reach."""
    return _cases_page(code, empty_form(CheckSign))


@pages.post("/<code>")
@requires(Right.CASES_SUPERVISE)
def check(code: str) -> ResponseReturnValue:
    ctx = current_context("ops")
    month, _ = _month(ctx)
    unit = request.args.get("unit", "")
    form = submitted(CheckSign)
    done = form.attempt(lambda command: check_sign(ctx, code, month, unit, command) or True)
    if done is None:
        return make_response(_cases_page(code, form), form.status)
    flash("核实情况已记录。", "success")
    return redirect_to(f"{HERE}?{urlencode({'month': month})}#{code}", HERE)


def cases_url(code: str, month: str, unit: str | None = None) -> str:
    """The list of exactly the cases of a figure."""
    asked = {"month": month, **({"unit": unit} if unit else {})}
    return f"{HERE}/{code}?{urlencode(asked)}"


def _cases_page(code: str, form: Form[CheckSign]) -> str:
    ctx = current_context("ops")
    month, _ = _month(ctx)
    unit = request.args.get("unit") or None
    found = cases_of_sign(ctx, code, month, unit, request.args.get("cursor"))
    cursor = found.next_cursor
    return render_template(
        "ops/statistics/honesty_cases.html",
        month=month,
        found=found,
        form=form,
        rows=case_lines(found.rows, ctx.actor),
        page=Page(None, None, address_with(cursor=cursor) if cursor else None),
        may_check=unit is not None and ctx.actor.may(Right.CASES_SUPERVISE),
        check_url=cases_url(code, month, unit),
        back_url=f"{HERE}?{urlencode({'month': month})}#{code}",
    )


def _month(ctx: Context) -> tuple[str, dict[str, Any]]:
    """The month asked for, or the last full one with what was wrong."""
    last = previous_month(local(ctx.now).strftime("%Y-%m"))
    asked = request.args.get("month") or last
    try:
        period_of(WUHAN_DEFAULT, asked)
    except InvalidInput:
        return last, {"month": ["月份写作 2026-03"]}
    return asked, {}
