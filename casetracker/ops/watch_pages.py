"""督办清单: each list with its reason, by unit; and what comes up again and again."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.exports import ExportKind
from casetracker.domain.oversight_vocabulary import RepeatBy, WatchList
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.ops.case_lines import case_lines
from casetracker.ops.choices import unit_options
from casetracker.ops.export_links import export_url
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.oversight.repeated import DAYS, repeat_cases, repeat_groups
from casetracker.services.oversight.watch_lists import (
    PAGE,
    WatchPage,
    watch_counts,
    watch_list,
)
from casetracker.web.context import current_context
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with

pages = Blueprint("watch", __name__, url_prefix="/watch")
REPEATED = "repeated"


@pages.get("")
@requires(Right.OVERSIGHT_READ)
def first() -> str:
    return _list(WatchList.OVERDUE)


@pages.get("/<name>")
@requires(Right.OVERSIGHT_READ)
def show(name: str) -> str:
    if name not in list(WatchList):
        raise NotFound(name=name)
    return _list(WatchList(name))


@pages.get("/repeated")
@requires(Right.OVERSIGHT_READ)
def repeated() -> str:
    """The greatest groups of one kind."""
    ctx = current_context("ops")
    asked = request.args.get("by", "")
    by = RepeatBy(asked) if asked in list(RepeatBy) else RepeatBy.MATTER
    groups = repeat_groups(ctx, by)
    return render_template(
        "ops/oversight/repeated.html",
        groups=groups,
        by=by,
        days=DAYS,
        export_url=_repeated_export(ctx, by) if groups else None,
        tabs_shown=watch_tabs(ctx, REPEATED),
        kinds=[
            {
                "text": label(one),
                "url": url_for("ops.watch.repeated", by=one.value),
                "active": one is by,
            }
            for one in RepeatBy
        ],
    )


@pages.get("/repeated/<by>/<number>")
@requires(Right.OVERSIGHT_READ)
def group(by: str, number: str) -> str:
    """The cases behind one group."""
    if by not in list(RepeatBy):
        raise NotFound(by=by)
    ctx = current_context("ops")
    found = repeat_cases(ctx, RepeatBy(by), number)
    return render_template(
        "ops/oversight/repeated_cases.html",
        found=found,
        rows=case_lines(found.rows, ctx.actor),
        by=RepeatBy(by),
        days=DAYS,
        export_url=_repeated_export(ctx, RepeatBy(by), number),
    )


def watch_tabs(
    ctx: Context, chosen: str | None = None, unit: str | None = None
) -> list[dict[str, Any]]:
    """Every list with its count; what is repeated stands among them without one."""
    counts = watch_counts(ctx, unit)
    tabs = [
        {
            "text": label(one),
            "url": url_for("ops.watch.show", name=one.value, unit=unit),
            "active": one == chosen,
            "count": counts[one],
        }
        for one in WatchList
    ]
    url = url_for("ops.watch.repeated")
    return [*tabs, {"text": "再次反映", "url": url, "active": chosen == REPEATED}]


def _list(name: WatchList) -> str:
    ctx = current_context("ops")
    unit = _known_unit()
    found = _found(ctx, name, unit)
    return render_template(
        "ops/oversight/watch.html",
        name=name,
        found=found,
        tabs_shown=watch_tabs(ctx, name, unit),
        units=unit_options(reference(db.session())),
        unit=unit or "",
        page=Page(found.total, _cursor_url(found.previous_cursor), _cursor_url(found.next_cursor)),
        is_long=found.total > PAGE,
        export_url=_export_url(ctx, name, unit) if found.lines else None,
        may_supervise=ctx.actor.may(Right.CASES_SUPERVISE),
        case_url=case_url,
    )


def _export_url(ctx: Context, name: WatchList, unit: str | None) -> str | None:
    return export_url(ctx, ExportKind.WATCHED, {"name": name.value, "unit": unit or ""})


def _repeated_export(ctx: Context, by: RepeatBy, number: str | None = None) -> str | None:
    asked = {"by": by.value, **({"number": number} if number else {})}
    return export_url(ctx, ExportKind.REPEATED, asked)


def _found(ctx: Context, name: WatchList, unit: str | None) -> WatchPage:
    """The page asked for; the first one where the place is nonsense."""
    try:
        return watch_list(ctx, name, unit=unit, cursor=request.args.get("cursor"))
    except InvalidInput:
        return watch_list(ctx, name, unit=unit)


def _known_unit() -> str | None:
    text = request.args.get("unit", "")
    return text if reference(db.session()).unit_named(text) else None


def _cursor_url(cursor: str | None) -> str | None:
    return address_with(cursor=cursor) if cursor else None
