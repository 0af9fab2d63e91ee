"""The list of cases: queues, filters kept in the address, search, pages by key, bulk urging."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Channel, Kind, State, Track
from casetracker.labels import label
from casetracker.ops.acting import remember_list
from casetracker.ops.case_lines import case_lines
from casetracker.ops.choices import category_options, unit_options
from casetracker.ops.export_links import export_url
from casetracker.ops.list_frame import chips_of, heads_of, pager_of, quick_of
from casetracker.ops.navigation import queue_url
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.listing import CasePage, list_cases
from casetracker.services.commands.listing import ListedCases
from casetracker.services.context import Context
from casetracker.services.desks.listed import listed_cases
from casetracker.services.desks.queue import Queue
from casetracker.services.desks.worklists import QUEUES
from casetracker.web.context import current_context
from casetracker.web.forms import Form, submitted
from casetracker.web.guards import requires

pages = Blueprint("case_list", __name__, url_prefix="/cases")

CODES = {"track": Track, "state": State, "channel": Channel, "kind": Kind}
QUICK: tuple[tuple[str, dict[str, str]], ...] = (
    ("在办", {"open": "1"}),
    ("临期", {"open": "1", "standing": "due_soon"}),
    ("已超期", {"open": "1", "standing": "overdue"}),
    ("我承办的", {"open": "1", "assignee": "me"}),
    ("全部", {}),
)
NOTHING_FITS = "没有符合条件的工单，请放宽筛选条件。"


@pages.get("")
@requires(Right.CASES_LIST)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(ListedCases, request.args)
    found = form.attempt(lambda asked: _page_of(ctx, asked))
    if found is not None:
        remember_list()
    body = render_template("ops/cases/list.html", **_view(ctx, form, found))
    return make_response(body, form.status)


def _page_of(ctx: Context, asked: ListedCases) -> CasePage:
    return list_cases(
        ctx,
        listed_cases(ctx, asked),
        sort=asked.sort,
        cursor=request.args.get("cursor") or None,
        with_total=True,
    )


def _view(ctx: Context, form: Form[ListedCases], found: CasePage | None) -> dict[str, Any]:
    ref = reference(db.session())
    queue = QUEUES.get(request.args.get("queue", ""))
    return {
        "title": queue.title if queue else "工单",
        "why_empty": _why_empty(form, queue),
        "form": form,
        "rows": case_lines(found.rows, ctx.actor) if found else [],
        "total": found.total if found else 0,
        "more_than": found.more_than if found else None,
        "page": pager_of(found),
        "heads": heads_of(found),
        "chips": chips_of(form, CODES),
        "quick": quick_of(QUICK) if queue is None else [],
        "hidden": {name: request.args[name] for name in ("queue", "open") if name in request.args},
        "units": unit_options(ref),
        "categories": category_options(ref),
        "clear_url": queue_url(queue.name) if queue else "/ops/cases",
        "tracks": [] if queue else [(member.value, label(member)) for member in Track],
        "states": [] if queue else [(member.value, label(member)) for member in State],
        "channels": [(member.value, label(member)) for member in Channel],
        "kinds": [(member.value, label(member)) for member in Kind],
        "export_url": export_url(ctx, ExportKind.CASES) if found and found.rows else None,
        "may_urge": ctx.actor.may(Right.CASES_SUPERVISE) or ctx.actor.may(Right.CASES_DISPATCH),
    }


def _why_empty(form: Form[ListedCases], queue: Queue | None) -> str:
    if form.data.get("q"):
        return "请换一个说法，或用编号、完整电话号码、姓名再搜；不在您办理范围内的工单不会列出。"
    return NOTHING_FITS if queue is None or chips_of(form, CODES) else queue.why_empty
