"""The cases behind a figure with why each counts, and how any one case stands to the figures."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.domain.rates import Metric, Profiles
from casetracker.domain.vocabulary import Basis
from casetracker.ops.acting import case_url
from casetracker.ops.case_lines import case_lines
from casetracker.ops.export_links import export_url
from casetracker.ops.statistics_pages import only
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.figure_cases import (
    CaseFigures,
    case_in_figure,
    cases_of_figure,
    figures_of_case,
)
from casetracker.services.case_reading.figure_reasons import InFigure
from casetracker.services.case_reading.figures import monthly_figures
from casetracker.services.commands.searching import (
    CaseFiguresQuestion,
    FigureQuestion,
    MonthlyQuestion,
)
from casetracker.services.context import Context
from casetracker.web.context import current_context
from casetracker.web.forms import submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.templating import percent

pages = Blueprint("figures", __name__, url_prefix="/statistics/cases")

PARTS = {"numerator": "分子", "denominator": "分母", "excluded": "剔除"}
STANDING = {"numerator": ("计入分子", "done"), "denominator": ("只计分母", "soon"),
            "excluded": ("剔除", "paused"), "outside": ("不计入", "plain")}  # fmt: skip
COUNTED = ("计入", "done")
"""Of a plain count, which has no denominator."""


@pages.get("")
@requires(Right.STATISTICS)
def show() -> ResponseReturnValue:
    """Exactly the cases of one figure, with its definition and why each is in."""
    ctx = current_context("ops")
    form = submitted(FigureQuestion, only(request.args.to_dict(), FigureQuestion))
    if "key" in request.args and form.command is not None:  # blank means: the row without one
        form.command = form.command.model_copy(update={"key": request.args["key"]})
    found = form.attempt(lambda question: _behind(ctx, question))
    body = render_template("ops/statistics/cases.html", form=form, found=found)
    return make_response(body, form.status)


@pages.get("/<number>")
@requires(Right.STATISTICS)
def of_case(number: str) -> ResponseReturnValue:
    """这件为什么(不)计入: every metric of the month for one case."""
    ctx = current_context("ops")
    form = submitted(CaseFiguresQuestion, only(request.args.to_dict(), CaseFiguresQuestion))
    found = form.attempt(lambda question: figures_of_case(ctx, number, question))
    if found is None:
        found = figures_of_case(ctx, number, CaseFiguresQuestion.model_validate({}))
    body = render_template(
        "ops/statistics/case.html",
        form=form,
        found=found,
        lines=[_line(found, metric, one) for metric, one in found.standings],
        profiles=[(one.code, one.name_zh) for one in _profiles().of_month(found.month)],
        case_url=case_url(number),
    )
    return make_response(body, form.status)


def _profiles() -> Profiles:
    return reference(db.session()).profiles


def _line(found: CaseFigures, metric: Metric, standing: InFigure) -> dict[str, Any]:
    asked = {"month": found.month, "profile": found.profile.code, "metric": metric.code,
             "part": standing.part}  # fmt: skip
    is_in = standing.part in PARTS
    return {
        "name": metric.name_zh,
        "definition": metric.definition_zh,
        "url": f"/ops/statistics/cases?{urlencode(asked)}" if is_in else None,
        **_told(standing, is_count=metric.is_count),
    }


def _told(standing: InFigure, *, is_count: bool) -> dict[str, Any]:
    """The verdict with its tone, and the words for it."""
    is_counted = is_count and standing.part == "numerator"
    verdict, tone = COUNTED if is_counted else STANDING[standing.part]
    grounds = standing.exclusion.grounds if standing.exclusion else None
    return {"verdict": verdict, "tone": tone, "words": standing.words, "grounds": grounds}


def _behind(ctx: Context, asked: FigureQuestion) -> dict[str, Any]:
    page = cases_of_figure(ctx, asked)
    profile = _profiles().chosen(asked.profile, asked.month)
    metric = profile.metric(asked.metric)
    told = {id: _told(one, is_count=metric.is_count) for id, one in page.reasons.items()}
    rows = [
        {**line, "why": told[row.id]}
        for line, row in zip(case_lines(page.rows, ctx.actor), page.rows, strict=True)
    ]
    known = {k: v for k, v in request.args.items() if k in FigureQuestion.model_fields}
    back = {k: v for k, v in known.items() if k in MonthlyQuestion.model_fields}
    cursor = page.next_cursor
    return {
        "metric": metric,
        "profile": profile,
        "note": " · ".join(
            (asked.month, *_figure_words(ctx, asked), PARTS[asked.part], *page.narrowed)
        ),
        "kept_words": KEPT.get(asked.basis),
        "rows": rows,
        "parts": [] if metric.is_count else _parts(asked.part),
        "page": Page(None, None, address_with(cursor=cursor) if cursor else None),
        "back_url": f"/ops/statistics?{urlencode(back)}",
        "export_url": export_url(ctx, ExportKind.FIGURE) if rows else None,
        "asked": {k: v for k, v in known.items() if k != "cursor"},
        "number": request.args.get("number", "").strip(),
        "answer": _answer(ctx, asked, is_count=metric.is_count),
    }


KEPT = {
    Basis.FROZEN: ("冻结的名单", "名单和数字是冻结时的"),
    Basis.CORRECTED: ("更正后的名单", "名单和数字是最近一次更正时的"),
}
"""What is said above a list that is kept: its name, and of when it is."""


def _parts(chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "text": words,
            "url": address_with(part=part, cursor=None, number=None),
            "active": part == chosen,
        }
        for part, words in PARTS.items()
    ]


def _answer(ctx: Context, asked: FigureQuestion, *, is_count: bool) -> dict[str, Any] | None:
    """Why the case of the given number is here or not; None when none was asked about."""
    number = request.args.get("number", "").strip()
    if not number:
        return None
    try:
        standing = case_in_figure(ctx, asked, number)
    except NotFound:
        words = ("没有这个编号的工单，或不在您的查看范围内。请核对编号。",)
        return {"verdict": "查不到", "tone": "plain", "words": words, "grounds": None, "url": None}
    address = urlencode({"month": asked.month, "profile": asked.profile or ""})
    told = _told(standing, is_count=is_count)
    return {**told, "url": f"/ops/statistics/cases/{number}?{address}"}


def _figure_words(ctx: Context, asked: FigureQuestion) -> list[str]:
    """Whose figure it is and how it comes out: `东风社区`, `满意率 66.7%(2/3)`."""
    figures = monthly_figures(
        ctx,
        MonthlyQuestion(month=asked.month, profile=asked.profile, by=asked.by, basis=asked.basis),
    )
    lines: dict[str | None, dict[str, Any]] = {None: {**figures["total"], "label": "全部"}}
    lines |= {row["key"] or "": row for row in figures["rows"]}
    line = lines.get(asked.key)
    if line is None:
        return []
    rate = line["metrics"][asked.metric]
    name = figures["definition"]["metrics"][asked.metric]["name"]
    if rate["denominator"] is None:
        return [line["label"], f"{name} {int(rate['numerator'])} 件"]
    value = percent(rate["value"], decimals=figures["definition"]["decimals"])
    return [line["label"], f"{name} {value}({rate['numerator']}/{rate['denominator']})"]
