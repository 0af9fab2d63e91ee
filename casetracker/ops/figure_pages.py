"""The cases behind a figure with why each counts, and how any one case stands to the figures."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.domain.rates import Metric, Profiles
from casetracker.domain.reports.behind import ALL, EXCLUDED, figure_address
from casetracker.domain.reports.figure_periods import Days
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.domain.reports.wording import number_words
from casetracker.domain.vocabulary import Basis
from casetracker.ops.acting import case_url
from casetracker.ops.case_lines import case_lines
from casetracker.ops.export_links import export_url
from casetracker.ops.report_tabs import report_url
from casetracker.ops.statistics_pages import only
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.searching import CaseFiguresQuestion, FigureQuestion, dated
from casetracker.services.context import Context
from casetracker.services.figures.cases import (
    CaseFigures,
    case_in_figure,
    cases_of_figure,
    figures_of_case,
)
from casetracker.services.figures.line import FigureLine, figure_line
from casetracker.services.figures.reasons import InFigure
from casetracker.web.context import current_context
from casetracker.web.forms import submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.templating import percent

pages = Blueprint("figures", __name__, url_prefix="/statistics/cases")

PARTS = {"numerator": "分子", "denominator": "分母", "excluded": "剔除"}
STANDING = {"numerator": ("计入分子", "done"), "denominator": ("只计分母", "soon"),
            "excluded": ("剔除", "paused"), "outside": ("不计入", "plain")}  # fmt: skip
NAMES_ROWS = ("key", "community")
COUNTED = ("计入", "done")
"""Of a plain count, which has no denominator."""


@pages.get("")
@requires(Right.STATISTICS)
def show() -> ResponseReturnValue:
    """Exactly the cases of one figure, with its definition and why each is in."""
    ctx = current_context("ops")
    given = dated(request.args.to_dict())
    form = submitted(FigureQuestion, only(given, FigureQuestion))
    if form.command is not None:  # blank means: the row without one
        rows = {name: given[name] for name in NAMES_ROWS if name in given}
        form.command = form.command.model_copy(update=rows)
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
    asked = (found.month, found.profile.code, Basis.LIVE, metric.code, standing.part, ALL)
    return {
        "name": metric.name_zh,
        "definition": metric.definition_zh,
        "url": figure_address(*asked) if standing.part in PARTS else None,
        **_told(standing, is_count=metric.is_count),
    }


def _told(standing: InFigure, *, is_count: bool) -> dict[str, Any]:
    """The verdict with its tone, and the words for it."""
    is_counted = is_count and standing.part == "numerator"
    verdict, tone = COUNTED if is_counted else STANDING[standing.part]
    grounds = standing.exclusion.grounds if standing.exclusion else None
    return {"verdict": verdict, "tone": tone, "words": standing.words, "grounds": grounds}


def _behind(ctx: Context, asked: FigureQuestion) -> dict[str, Any]:
    page, line = cases_of_figure(ctx, asked), figure_line(ctx, asked)
    told = {id: _told(one, is_count=line.is_count) for id, one in page.reasons.items()}
    rows = [
        {**shown, "why": _with_persons(told[row.id], row.persons)}
        for shown, row in zip(case_lines(page.rows, ctx.actor), page.rows, strict=True)
    ]
    known = {
        k: v for k, v in dated(request.args.to_dict()).items() if k in FigureQuestion.model_fields
    }
    cursor = page.next_cursor
    return {
        "line": line,
        "note": " · ".join(_words(asked, line)),
        "kept_words": KEPT.get(asked.basis),
        "rows": rows,
        "parts": [] if line.is_count else _parts(asked.part),
        "page": Page(None, None, address_with(cursor=cursor) if cursor else None),
        "back": _back(ctx, asked),
        "export_url": export_url(ctx, ExportKind.FIGURE, known) if rows else None,
        "asked": {k: v for k, v in known.items() if k != "cursor"},
        "number": request.args.get("number", "").strip(),
        "answer": _answer(ctx, asked, is_count=line.is_count),
    }


KEPT = {
    Basis.FROZEN: ("冻结的名单", "名单和数字是冻结时的"),
    Basis.CORRECTED: ("更正后的名单", "名单和数字是最近一次更正时的"),
}
"""What is said above a list that is kept: its name, and of when it is."""


def _with_persons(why: dict[str, Any], persons: int) -> dict[str, Any]:
    """With how many persons a case stands for, where it is more than one."""
    return why if persons < 2 else {**why, "words": (*why["words"], f"{persons} 人次")}


def _words(asked: FigureQuestion, line: FigureLine) -> Iterator[str]:
    """`2026年3月`, `东风社区`, `满意率 66.7%(2/3)`, `分子`, `2 件 5 人次`."""
    yield line.period
    if line.row is not None:
        yield line.row
    if line.rate is not None and line.rate.denominator is not None:
        value = percent(line.rate.value, decimals=line.profile.decimals)
        yield f"{line.name} {value}({number_words(line.rate.numerator)}/{line.rate.denominator})"
    elif line.rate is not None:
        yield f"{line.name} {number_words(line.rate.numerator)} 件"
    else:
        yield line.name
    if not line.is_count or asked.part == EXCLUDED:
        yield PARTS[asked.part]
    yield from line.narrowed
    yield f"名单 {line.cases} 件 {line.persons} 人次"


def _back(ctx: Context, asked: FigureQuestion) -> tuple[str, str]:
    """The table or the report that the figure stands in."""
    period = asked.covered
    if isinstance(period, Days) and asked.settled is not None:
        days = {"since": period.first.isoformat(), "until": period.last.isoformat()}
        return f"/ops/settlement?{urlencode(days)}", "返回社区化解"
    if not isinstance(period, ReportPeriod) or period.span is not Span.MONTH:
        if ctx.actor.may(Right.REPORTS):
            return report_url(period), "返回通报"
        return "/ops/statistics", "返回统计"
    kept = {"profile": asked.profile, "by": asked.by, "basis": asked.basis}
    given = {name: value for name, value in kept.items() if value is not None}
    return f"/ops/statistics?{urlencode({'month': asked.period, **given})}", "返回统计"


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
    address = urlencode({"month": asked.covered.month, "profile": asked.profile or ""})
    told = _told(standing, is_count=is_count)
    return {**told, "url": f"/ops/statistics/cases/{number}?{address}"}
