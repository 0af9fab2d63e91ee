"""来访登记簿: the register with 件次 and 人次 apart, narrowed by its filters, and on paper."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import on_paper
from casetracker.services.commands.ledgers import VisitSearch
from casetracker.services.context import Context
from casetracker.services.ledgers.visit_reading import PAGE, VisitPage, list_visits
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with, asked_page, page_of

pages = Blueprint("visits", __name__, url_prefix="/visits")
HERE = "/ops/visits"
ONLY = {"collective": "集体访", "linked": "已登记信访件", "unlinked": "未登记信访件"}
ASKED = ("since", "until", "who", "only")


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(VisitSearch, request.args) if _is_asked() else _this_month(ctx)
    found = form.attempt(lambda asked: list_visits(ctx, asked, page=asked_page()))
    return make_response(_list(ctx, form, found), form.status)


@pages.get("/print")
@requires(Right.LEDGERS_READ)
def print_register() -> ResponseReturnValue:
    """来访接待登记簿: what is asked for, in the order of the days."""
    ctx = current_context("ops")
    form = submitted(VisitSearch, request.args) if _is_asked() else _this_month(ctx)
    found = form.attempt(lambda asked: list_visits(ctx, asked, page=None))
    if found is None:
        return make_response(_list(ctx, form, None), form.status)
    return render_template(
        "ops/ledgers/visits_print.html", found=found, asked=form.command, **on_paper(ctx, HERE)
    )


def _is_asked() -> bool:
    return any(name in request.args for name in ASKED)


def _this_month(ctx: Context) -> Form[VisitSearch]:
    """What the register shows first."""
    today = local_date(ctx.now)
    asked = VisitSearch(since=today.replace(day=1), until=today)
    form = empty_form(VisitSearch, since=asked.since, until=asked.until)
    form.command = asked
    return form


def _list(ctx: Context, form: Form[VisitSearch], found: VisitPage | None) -> str:
    return render_template(
        "ops/ledgers/visits.html",
        form=form,
        found=found,
        page=_pager(found),
        quick=_quick(ctx, form),
        chips=_chips(form),
        only=list(ONLY.items()),
        print_url=address_with(page=None).replace(HERE, f"{HERE}/print", 1),
        export_url=_export_url(ctx, form) if found and found.lines else None,
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
    )


def _export_url(ctx: Context, form: Form[VisitSearch]) -> str | None:
    """What is shown, also where the address does not say it."""
    asked = {name: str(form.data.get(name) or "") for name in ASKED}
    return export_url(ctx, ExportKind.VISITS, asked)


def _pager(found: VisitPage | None) -> Page | None:
    return page_of(found.number, found.totals.visits, PAGE) if found else None


def _quick(ctx: Context, form: Form[VisitSearch]) -> list[dict[str, Any]]:
    """This month, the last one, this year: one press each."""
    today = local_date(ctx.now)
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    spans: tuple[tuple[str, date, date], ...] = (
        ("本月", first, today),
        ("上月", before.replace(day=1), before),
        ("今年", today.replace(month=1, day=1), today),
    )
    here = (str(form.data.get("since", "")), str(form.data.get("until", "")))
    return [
        {
            "text": text,
            "url": address_with(since=since, until=until, page=None),
            "active": here == (str(since), str(until)),
        }
        for text, since, until in spans
    ]


def _chips(form: Form[VisitSearch]) -> list[dict[str, str]]:
    """What is being filtered by beside the days."""
    chips = []
    if form.data.get("who"):
        chips.append({"text": f"来访人：{form.data['who']}",
                      "remove_url": address_with(who=None, page=None)})  # fmt: skip
    if form.data.get("only") in ONLY:
        chips.append({"text": ONLY[form.data["only"]],
                      "remove_url": address_with(only=None, page=None)})  # fmt: skip
    return chips
