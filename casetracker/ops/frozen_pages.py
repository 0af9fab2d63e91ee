"""冻结与更正: months to freeze, a frozen month, what differs now, the corrections issued."""

from typing import Any

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.reports.periods import ReportPeriod, Span, report_period
from casetracker.ops.admin_forms import change
from casetracker.ops.frozen_changes import as_issued, compared_with_now
from casetracker.ops.month_basis import MONTHS
from casetracker.ops.report_tabs import report_tabs
from casetracker.services.commands.fields import Command
from casetracker.services.commands.reports import CorrectMonth
from casetracker.services.frozen.comparing import compare_month
from casetracker.services.frozen.correcting import correct_month
from casetracker.services.frozen.freezing import freeze_month
from casetracker.services.frozen.reading import (
    correction_view,
    frozen_view,
    may_be_frozen,
    month_lines,
    open_frozen_file,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("frozen", __name__, url_prefix="/reports/months")

FIRST = 1
"""The number of the first correction; what was frozen has none."""


class FreezeMonth(Command):
    """冻结: nothing is typed, the address says which month."""


@pages.get("")
@requires(Right.REPORTS)
def listing() -> str:
    """The last months, frozen or not."""
    lines = month_lines(current_context("ops"))
    return render_template("ops/frozen/months.html", lines=lines, tabs=report_tabs("months"))


@pages.get("/<month>")
@requires(Right.REPORTS)
def show(month: str) -> str:
    """A frozen month with its files and corrections, or what freezing it would do."""
    return _month_page(_period(month), empty_form(FreezeMonth))


@pages.post("/<month>")
@requires(Right.REPORTS)
def freeze(month: str) -> ResponseReturnValue:
    period = _period(month)
    return change(
        FreezeMonth,
        lambda ctx, _: freeze_month(ctx, period.key),
        lambda form: _month_page(period, form),
        done=f"{period.name}已冻结，通报和名单已留存。",
        next_url=f"{MONTHS}/{period.key}",
    )


@pages.get("/<month>/compare")
@requires(Right.REPORTS)
def compare(month: str) -> str:
    """What became of a frozen month, and the form of a correction."""
    return _compare_page(_period(month), empty_form(CorrectMonth))


@pages.post("/<month>/compare")
@requires(Right.REPORTS)
def correct(month: str) -> ResponseReturnValue:
    period, seen = _period(month), request.form.get("mark", "")[:64]
    return change(
        CorrectMonth,
        lambda ctx, command: correct_month(ctx, period.key, command, seen),
        lambda form: _compare_page(period, form),
        done="更正已出具，更正通知可以下载。",
        next_url=f"{MONTHS}/{period.key}",
    )


@pages.get("/<month>/corrections/<int:number>")
@requires(Right.REPORTS)
def correction(month: str, number: int) -> str:
    """One correction as it was issued."""
    period = _period(month)
    found = correction_view(current_context("ops"), period.key, number)
    return render_template(
        "ops/frozen/correction.html",
        period=period,
        found=found,
        parts=as_issued(found),
        url=f"{MONTHS}/{period.key}",
    )


@pages.get("/<month>/corrections/<int:number>.<file_format>")
@requires(Right.REPORTS)
def download(month: str, number: int, file_format: str) -> ResponseReturnValue:
    """The notice as it was printed."""
    if number < FIRST:
        raise NotFound(month=month)
    ctx = current_context("ops")
    file = open_frozen_file(ctx, _period(month).key, file_format, number)
    return send_file(
        file.content,
        mimetype=file.mime,
        as_attachment=file_format != "pdf",
        download_name=file.filename,
    )


def _period(month: str) -> ReportPeriod:
    """Raises NotFound for what is no month."""
    try:
        return report_period(Span.MONTH, month)
    except InvalidInput:
        raise NotFound(month=month) from None


def _month_page(period: ReportPeriod, form: Form[Any]) -> str:
    ctx = current_context("ops")
    return render_template(
        "ops/frozen/month.html",
        period=period,
        found=frozen_view(ctx, period.key),
        may_freeze=may_be_frozen(ctx, period),
        form=form,
        url=f"{MONTHS}/{period.key}",
        list_url=MONTHS,
        report_url=f"/ops/reports/month/{period.key}",
        preview_url=f"/ops/reports?span=month&at={period.key}",
        figures_url=f"/ops/statistics?month={period.key}",
    )


def _compare_page(period: ReportPeriod, form: Form[Any]) -> str:
    found = compare_month(current_context("ops"), period.key)
    return render_template(
        "ops/frozen/compare.html",
        period=period,
        changes=found.changes,
        mark=found.mark,
        parts=compared_with_now(found.changes),
        form=form,
        url=f"{MONTHS}/{period.key}",
    )
