"""Insight in tables: months, hours, communities, people, dispatches, durations."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from casetracker.domain.insight.season import LEAST_CASES, LEAST_YEARS, RISES_BY
from casetracker.domain.permissions import Right
from casetracker.domain.rates.evaluation import percent
from casetracker.labels.of_days import WEEKDAYS
from casetracker.ops.community_map import drawn
from casetracker.ops.insight_frame import fraction, shown
from casetracker.ops.insight_links import cases_url
from casetracker.services.commands.insight import HoursQuestion, MonthQuestion, NoQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import month_so_far
from casetracker.services.insight.communities import (
    Communities,
    Place,
    communities,
    share,
    total_of,
)
from casetracker.services.insight.dispatching import accuracy, durations
from casetracker.services.insight.rows import Named
from casetracker.services.insight.season import (
    WATCHES,
    Hours,
    Season,
    hours,
    same_days,
    season,
)
from casetracker.services.insight.workload import Load, workload
from casetracker.stats.dispatches import Dispatched
from casetracker.stats.durations import Handling
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with

pages = Blueprint("insight_tables", __name__, url_prefix="/insight")

HEAT = 4
"""Steps by which a cell of a grid is shaded; the number always stands in it."""
HOUR_SPANS = ((30, "近 30 天"), (90, "近 90 天"), (365, "近一年"))
EXPECTED_SHOWN = 10


@pages.get("/season")
@requires(Right.STATISTICS)
def months() -> ResponseReturnValue:
    """民情月历."""
    return shown("season.html", NoQuestion, lambda ctx, _: _season(ctx))


@pages.get("/hours")
@requires(Right.STATISTICS)
def watches() -> ResponseReturnValue:
    """民生十二时辰."""
    return shown("hours.html", HoursQuestion, _hours)


@pages.get("/communities")
@requires(Right.STATISTICS)
def places() -> ResponseReturnValue:
    return shown("communities.html", MonthQuestion, _communities)


@pages.get("/workload")
@requires(Right.STATISTICS)
def people() -> ResponseReturnValue:
    return shown("workload.html", MonthQuestion, _workload)


@pages.get("/dispatching")
@requires(Right.STATISTICS)
def dispatches() -> ResponseReturnValue:
    """派单准确率."""
    return shown("dispatching.html", MonthQuestion, _dispatching)


@pages.get("/durations")
@requires(Right.STATISTICS)
def lengths() -> ResponseReturnValue:
    """平均办理时长."""
    return shown("durations.html", MonthQuestion, _durations)


def _season(ctx: Context) -> dict[str, Any]:
    found = season(ctx)
    return {
        "found": found,
        "least_years": LEAST_YEARS,
        "least_cases": LEAST_CASES,
        "rises_by": float(RISES_BY),
        "groups": [
            {"name": row.name, "lines": [_year(ctx, found, row, year) for year in found.years]}
            for row in found.rows
        ],
        "same_month": [
            {"name": one.row.name, "cells": _same_days(found, one.row, one.counts)}
            for one in found.same_month
        ],
        "expected": [
            {"name": name, "course": course, "growth": float(course.growth or 0)}
            for name, course in found.expected
            if course.rises
        ][:EXPECTED_SHOWN],
        "too_little": found.recorded_years < LEAST_YEARS,
    }


def _year(ctx: Context, found: Season, row: Named, year: int) -> dict[str, Any]:
    cells: list[dict[str, Any] | None] = []
    for number in range(1, 13):
        month = f"{year:04d}-{number:02d}"
        is_ahead = month > found.today.strftime("%Y-%m")
        is_before = found.first_recorded is None or month < found.first_recorded
        if is_ahead or is_before:
            cells.append(None)
            continue
        count = found.counts.get((row.key, month), 0)
        span = month_so_far(month, ctx.now)
        url = cases_url("received", *span, definition=found.today, category=row.key)
        cells.append({"count": count, "url": url})
    return {"year": year, "cells": cells}


def _same_days(found: Season, row: Named, counts: Iterable[int]) -> list[dict[str, Any]]:
    return [
        {"count": count, "url": cases_url("received", *same_days(found.today, back),
                                          definition=found.today, category=row.key)}
        for back, count in enumerate(counts)
    ]  # fmt: skip


def _hours(ctx: Context, asked: HoursQuestion) -> dict[str, Any]:
    found = hours(ctx, asked)
    return {
        "found": found,
        "watches": [_watch(found, place, name) for place, name in enumerate(WATCHES)],
        "weekdays": WEEKDAYS,
        "total": sum(found.counts.values()),
        "total_url": cases_url("received", found.first, found.last),
        "spans": [
            {"text": words, "url": address_with(days=length), "active": asked.days == length}
            for length, words in HOUR_SPANS
        ],
    }


def _watch(found: Hours, place: int, name: str) -> dict[str, Any]:
    start = (2 * place - 1) % 24
    counts = [found.counts.get((weekday, place), 0) for weekday in range(7)]
    top = max(found.counts.values(), default=1)
    span = (found.first, found.last)
    return {
        "name": name,
        "start": start,
        "end": (start + 2) % 24,
        "cells": [
            {"count": count, "heat": -(-count * HEAT // top),
             "url": cases_url("received", *span, weekday=weekday, watch=place)}
            for weekday, count in enumerate(counts)
        ],
        "total": sum(counts),
        "url": cases_url("received", *span, watch=place),
    }  # fmt: skip


def _communities(ctx: Context, asked: MonthQuestion) -> dict[str, Any]:
    found = communities(ctx, asked)
    sums, span = total_of(found), (found.first, found.last)
    return {
        "found": found,
        "month": found.month,
        "tiles": [_tile(found, place) for place in found.places],
        "elsewhere": _tile(found, found.elsewhere),
        "total": [
            {"words": words, "count": sums[figure], "url": cases_url(figure, *days)}
            for figure, words, days in (
                ("received", "受理", span),
                ("judged", "有效评价", span),
                ("open", "现在在办", ()),
                ("overdue", "现在已超期", ()),
            )
        ],
        "map": drawn(found.places, lambda place: _tile(found, place)),
    }


def _tile(found: Communities, place: Place) -> dict[str, Any]:
    key, span = place.row.key, (found.first, found.last)
    return {
        "name": place.row.name,
        "place": place,
        "share": share(place),
        "urls": {
            "received": cases_url("received", *span, area=key),
            "open": cases_url("open", area=key),
            "overdue": cases_url("overdue", area=key),
            "judged": cases_url("judged", *span, area=key),
            "satisfied": cases_url("satisfied", *span, area=key),
        },
    }


def _workload(ctx: Context, asked: MonthQuestion) -> dict[str, Any]:
    found = workload(ctx, asked)
    most = max((one.open for one in found.loads if one.username), default=0)
    return {
        "found": found,
        "month": found.month,
        "most": most,
        "lines": [_load(one, found.first, found.last) for one in found.loads],
    }


def _load(one: Load, first: Any, last: Any) -> dict[str, Any]:
    return {
        "load": one,
        "average": _average(one.handling),
        "urls": {
            "open": cases_url("open", person=one.username),
            "due_soon": cases_url("due_soon", person=one.username),
            "overdue": cases_url("overdue", person=one.username),
            "closed": cases_url("closed", first, last, person=one.username),
            "answered": cases_url("answered", first, last, person=one.username),
        },
    }


def _average(handling: Handling) -> str:
    """Working days with one decimal, half up as everywhere; a dash where nobody was answered."""
    if handling.average is None:
        return "—"
    return str(percent(handling.average / 100, 1))


def _dispatching(ctx: Context, asked: MonthQuestion) -> dict[str, Any]:
    found = accuracy(ctx, asked)
    span = (found.first, found.last)
    tables = (
        ("按派单员", "派单员", "dispatcher", found.dispatchers),
        ("按承办单位（退回多的在前）", "承办单位", "unit", found.units),
        ("按问题分类（退回多的在前）", "问题分类", "leaf", found.leaves),
    )
    return {
        "found": found,
        "month": found.month,
        "total": _accuracy(Named(None, "合计"), found.total, span, {}),
        "tables": [
            (title, head, [_accuracy(row, one, span, {name: row.key}) for row, one in rows])
            for title, head, name, rows in tables
        ],
    }


def _accuracy(row: Named, one: Dispatched, span: Any, named: dict[str, Any]) -> dict[str, Any]:
    codes = ("dispatched", "kept", "returned", "advised", "taken")
    return {
        "name": row.name,
        "one": one,
        "kept": fraction(one.cases - one.returned, one.cases),
        "taken": fraction(one.taken, one.advised),
        "urls": {code: cases_url(code, *span, **named) for code in codes},
    }


def _durations(ctx: Context, asked: MonthQuestion) -> dict[str, Any]:
    found = durations(ctx, asked)
    tables = (
        ("按承办单位", "承办单位", "unit", found.units),
        ("按来源渠道", "来源渠道", "channel", found.channels),
        ("按问题分类", "问题分类", "leaf", found.categories),
    )
    span = (found.first, found.last)
    return {
        "found": found,
        "month": found.month,
        "total": {"handling": found.total, "average": _average(found.total),
                  "url": cases_url("answered", *span)},
        "tables": [
            (title, head, [
                {"name": row.name, "handling": one, "average": _average(one),
                 "url": cases_url("answered", *span, **{name: row.key})}
                for row, one in rows
            ])
            for title, head, name, rows in tables
        ],
    }  # fmt: skip
