"""The month's rates: tiles with what they were, charts, a table, the cases behind any figure."""

from datetime import datetime
from fractions import Fraction
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from casetracker.domain.days import local
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.domain.rates import (
    Metric,
    Profile,
    Profiles,
    change,
    period_of,
    previous_month,
    same_month_last_year,
)
from casetracker.domain.reports.behind import ALL, DENOMINATOR, PARTS, figure_address
from casetracker.domain.reports.wording import base_words, compared_words, running_words
from casetracker.domain.vocabulary import Aggregation, Basis, Dimension
from casetracker.labels import label
from casetracker.ops.export_links import export_url
from casetracker.ops.month_basis import MonthBasis, month_basis, petitions_beside
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.figures.monthly import trend_of
from casetracker.web.context import current_context
from casetracker.web.forms import submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with
from casetracker.web.templating import in_percent

pages = Blueprint("statistics", __name__, url_prefix="/statistics")

HEADLINES = ("received", "response", "completion", "completion_on_time", "satisfaction",
             "answer", "resolution", "overdue")  # fmt: skip
LINES = ("response", "completion_on_time", "satisfaction")
"""Rates that the trend shows."""
TREND_MONTHS = 13
EXPORTED = ("month", "profile", "by", "basis")
"""What an export of the table has to know."""
TOTALS = {
    Aggregation.POOLED: "合计为各行工单合并计算，不是各率的平均",
    Aggregation.MEAN: "合计为各承办单位率的算术平均，括号内为工单合并的分子、分母",
}


@pages.get("")
@requires(Right.STATISTICS)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    asked = {"month": _last_full_month(ctx), **request.args.to_dict()}
    form = submitted(MonthlyQuestion, only(asked, MonthlyQuestion))
    found = form.attempt(lambda question: _view(ctx, question))
    if found is None:
        found = _view(ctx, MonthlyQuestion.model_validate({"month": _last_full_month(ctx)}))
    body = render_template("ops/statistics/show.html", form=form, **found)
    return make_response(body, form.status)


def only(given: dict[str, str], model: type[Any]) -> Any:
    """What of the address the question knows."""
    return MultiDict({k: v for k, v in given.items() if k in model.model_fields})


def _last_full_month(ctx: Context) -> str:
    return previous_month(local(ctx.now).strftime("%Y-%m"))


def _view(ctx: Context, asked: MonthlyQuestion) -> dict[str, Any]:
    basis = month_basis(ctx, asked)
    figures = basis.figures
    profiles = reference(db.session()).profiles
    profile = profiles.named(figures["profile"], figures["month"])
    return {
        "figures": figures,
        "basis": basis,
        "petitions": _petitions(ctx, basis),
        "profile": profile,
        "profiles": [(one.code, one.name_zh) for one in profiles.of_month(figures["month"])],
        "export_url": export_url(
            ctx,
            ExportKind.MONTHLY,
            {name: figures[name] for name in EXPORTED},
        ),
        "dimensions": [
            {"text": label(one), "url": address_with(by=one), "active": figures["by"] == one}
            for one in Dimension
        ],
        "total_words": TOTALS[profile.aggregation],
        "compared_words": _compared(profiles, figures),
        "running_words": _running(profile, figures),
        "base_words": _base_words(figures),
        "by_words": label(Dimension(figures["by"])),
        "tiles": [_tile(figures, profile, code) for code in HEADLINES],
        "columns": profile.metrics,
        "rows": [_row(figures, row) for row in figures["rows"]],
        "total": _row(figures, {**figures["total"], "key": None, "label": "合计"}, total=True),
        "trend": _trend(ctx, asked, figures, profile),
        "volume": _volume(figures),
    }


def _running(profile: Profile, figures: dict[str, Any]) -> str:
    """Empty for a month that was over when it was counted."""
    end = period_of(profile, figures["month"])[1]
    return "" if end <= datetime.fromisoformat(figures["as_of"]) else running_words(profile)


def _base_words(figures: dict[str, Any]) -> str:
    """What 环比 and 同比 rest on."""
    previous, last_year = (Basis(figures[one]["basis"]) for one in ("previous", "last_year"))
    return base_words(previous, last_year)


def _compared(profiles: Profiles, figures: dict[str, Any]) -> str:
    """That a month compared with was counted by other definitions; empty where none was."""
    month = figures["month"]
    times = {
        "上月": (previous_month(month), figures["previous"]),
        "去年同期": (same_month_last_year(month), figures["last_year"]),
    }
    others = {when: profiles.named(other["profile"], name) for when, (name, other) in times.items()}
    return compared_words(profiles.named(figures["profile"], month), others)


def _row(figures: dict[str, Any], row: dict[str, Any], *, total: bool = False) -> dict[str, Any]:
    """One line of the table: each figure with the addresses of its cases."""
    cells = []
    for code, rate in row["metrics"].items():
        links = {} if code == "score" else _links(figures, code, row["key"], total=total)
        excluded = sum(rate["excluded"].values())
        cells.append({**rate, "code": code, "links": links, "excluded_count": excluded})
    return {"label": row["label"], "cells": cells}


def _links(figures: dict[str, Any], code: str, key: str | None, *, total: bool) -> dict[str, str]:
    among = {"by": figures["by"]} if total else {"by": figures["by"], "key": key or ""}
    asked = (figures["month"], figures["profile"], figures["basis"], code)
    return {part: figure_address(*asked, part, among) for part in PARTS}


def _petitions(ctx: Context, basis: MonthBasis) -> dict[str, Any] | None:
    """The month's petitions by their own definitions, beside the hotline's and never added."""
    figures = petitions_beside(ctx, basis)
    if figures is None:
        return None
    profile = reference(db.session()).profiles.named(figures["profile"], figures["month"])
    asked = {key: figures[key] for key in ("month", "profile", "basis")}
    url = f"/ops/statistics?{urlencode(asked)}"
    tiles = [_tile(figures, profile, metric.code) for metric in profile.metrics]
    return {
        "name": profile.name_zh,
        "version": figures["definition_version"],
        "base_words": _base_words(figures),
        "url": url,
        "tiles": [{**tile, "definition_url": f"{url}#definitions"} for tile in tiles],
    }


def _tile(figures: dict[str, Any], profile: Profile, code: str) -> dict[str, Any]:
    rate = figures["total"]["metrics"][code]
    metric = profile.metric(code)
    links = _links(figures, code, None, total=True)
    changes = [
        words
        for words in (
            _change("环比", figures["previous"], code, rate, is_count=metric.is_count),
            _change("同比", figures["last_year"], code, rate, is_count=metric.is_count),
        )
        if words
    ]
    excluded = sum(rate["excluded"].values())
    tile = {"name": metric.name_zh, "changes": changes, "definition_url": "#definitions",
            "note": f"剔除 {excluded} 件" if excluded else None,
            "note_url": links["excluded"]}  # fmt: skip
    if metric.is_count:
        return {**tile, "count": int(rate["numerator"]), "url": links["numerator"]}
    return {**tile, **rate, "decimals": profile.decimals, "url": links["denominator"]}


def _change(
    words: str, before: dict[str, Any], code: str, rate: dict[str, Any], *, is_count: bool
) -> str:
    """上升、下降 in per cent for counts, in points for rates; a dash where there is no base."""
    old = before["metrics"][code]
    if is_count:
        moved = change(Fraction(rate["numerator"]), Fraction(old["numerator"]))
        return f"{words} —" if moved is None else f"{words}{_move(float(moved) * 100, '%')}"
    if rate["value"] is None or old["value"] is None:
        return f"{words} —"
    return f"{words}{_move((rate['value'] - old['value']) * 100, ' 个百分点')}"


def _move(by: float, unit: str) -> str:
    rounded = round(by, 1)
    if rounded == 0:
        return "持平"
    return f"{'上升' if rounded > 0 else '下降'} {abs(rounded):.1f}{unit}"


def _trend(
    ctx: Context, asked: MonthlyQuestion, figures: dict[str, Any], profile: Profile
) -> dict[str, Any]:
    """The months up to this one, which ends it as the page shows it."""
    months, told = trend_of(ctx, asked, TREND_MONTHS - 1)
    months.append(figures["month"])
    told.append({"metrics": figures["total"]["metrics"], "basis": figures["basis"]})
    chosen = partial(reference(db.session()).profiles.chosen, asked.profile)
    places = [
        {"month": month, "profile": chosen(month).code, "basis": one["basis"]}
        for month, one in zip(months, told, strict=True)
    ]
    rates = [one["metrics"] for one in told]
    lines = [_line(profile.metric(code), places, rates, profile.decimals) for code in LINES]
    return {
        "spec": {"kind": "line", "unit": "%", "categories": months, "series": lines, "max": 100},
        "months": list(zip(months, told, strict=True)),
        "has_published": any(one["basis"] != Basis.LIVE for one in told[:-1]),
        "codes": [(code, profile.metric(code).name_zh) for code in LINES],
        "urls": {line["code"]: dict(zip(months, line["urls"], strict=True)) for line in lines},
    }


def _line(
    metric: Metric, places: list[dict[str, Any]], rates: list[dict[str, Any]], decimals: int
) -> dict[str, Any]:
    """One rate over the months; a mark leads to the cases of its month."""
    values = [one[metric.code]["value"] for one in rates]
    return {
        "code": metric.code,
        "name": metric.name_zh,
        "values": [None if one is None else float(in_percent(one, decimals)) for one in values],
        "urls": [
            figure_address(
                place["month"], place["profile"], place["basis"], metric.code, DENOMINATOR, ALL
            )
            for place in places
        ],
    }


def _volume(figures: dict[str, Any]) -> dict[str, Any]:
    rows = sorted(
        figures["rows"], key=lambda row: row["metrics"]["received"]["numerator"], reverse=True
    )[:20]
    return {
        "kind": "bar",
        "unit": "件",
        "horizontal": True,
        "categories": [row["label"] for row in rows],
        "series": [
            {
                "name": "受理量",
                "values": [row["metrics"]["received"]["numerator"] for row in rows],
                "urls": [
                    _links(figures, "received", row["key"], total=False)["numerator"]
                    for row in rows
                ],
            }
        ],
    }
