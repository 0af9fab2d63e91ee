"""考核审定: exclusions, appeals and judgements waiting or decided, and what may be appealed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from casetracker.domain.days import local
from casetracker.domain.permissions import Right
from casetracker.domain.reports.behind import EXCLUDED, FIGURES, RECEIVED
from casetracker.domain.vocabulary import ExcludeReason, Role, Track
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.searching import AppraisalSearch, MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.desks.appealable import appealable
from casetracker.services.desks.appraisal_desk import KINDS, PAGE, appraisal_lines
from casetracker.services.figures.judgement_counts import JudgementCounts, judgement_counts
from casetracker.services.figures.monthly import monthly_figures
from casetracker.web.context import current_context
from casetracker.web.forms import submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, asked_page, page_of

pages = Blueprint("appraisals", __name__, url_prefix="/appraisals")
HERE = "/ops/appraisals"
OF_A_UNIT = frozenset({Role.UNIT_HEAD, Role.HANDLER})
FINDINGS = {
    "reasonable": "诉求合理",
    "unreasonable": "诉求不合理",
    "done": "履职到位",
    "not_done": "履职不到位",
}


@pages.get("")
@requires(Right.APPRAISALS)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    given = MultiDict((k, v) for k, v in request.args.items() if k in AppraisalSearch.model_fields)
    form = submitted(AppraisalSearch, given)
    found = form.attempt(lambda asked: _view(ctx, asked))
    if found is None:
        found = _view(ctx, AppraisalSearch.model_validate({}))
    return make_response(
        render_template("ops/appraisals/show.html", form=form, **found), form.status
    )


def _view(ctx: Context, asked: AppraisalSearch) -> dict[str, Any]:
    number = asked_page()
    found = appraisal_lines(ctx, asked, number)
    is_unit = bool(ctx.actor.roles & OF_A_UNIT)
    month = asked.month or local(ctx.now).strftime("%Y-%m")
    return {
        "asked": asked,
        "kept": {"kind": asked.kind.value} if asked.kind else {},
        "month": month,
        "tabs_shown": _tabs(asked),
        "kinds": _kinds(asked),
        "finding": FINDINGS.get(asked.finding or ""),
        "lines": found.lines,
        "total": found.total,
        "page": page_of(number, found.total, PAGE),
        "to_appeal": appealable(ctx) if is_unit else None,
        "reasons": _reasons(ctx, month),
        "judged": _judged(month, judgement_counts(ctx, month)),
        "may_supervise": ctx.actor.may(Right.CASES_SUPERVISE),
        "case_url": case_url,
    }


def _tabs(asked: AppraisalSearch) -> list[dict[str, Any]]:
    return [
        {"text": words, "url": f"{HERE}?status={status}", "active": asked.status == status}
        for status, words in (("waiting", "待审定"), ("decided", "已审定"))
    ]


def _kinds(asked: AppraisalSearch) -> list[dict[str, Any]]:
    """One-press filters by kind."""
    chosen = [(None, "全部"), *((kind, label(kind)) for kind in KINDS)]
    return [
        {
            "text": words,
            "url": address_with(kind=kind, page=None, finding=None),
            "active": asked.kind == kind,
        }
        for kind, words in chosen
    ]


def _reasons(ctx: Context, month: str) -> list[dict[str, Any]] | None:
    """What was left out of the month's figures by track and reason, as it stands beside them."""
    if not ctx.actor.may(Right.STATISTICS):
        return None
    profiles = reference(db.session()).profiles
    return [
        line
        for track in Track
        for line in _left_out(ctx, month, track, profiles.default(month, track).code)
    ]


def _left_out(ctx: Context, month: str, track: Track, profile: str) -> Iterator[dict[str, Any]]:
    asked = {"month": month, "profile": profile}
    total = monthly_figures(ctx, MonthlyQuestion.model_validate(asked))["total"]
    common = {"period": month, "profile": profile, "metric": RECEIVED, "part": EXCLUDED}
    for code, count in sorted(total["metrics"][RECEIVED]["excluded"].items()):
        yield {
            "words": f"{label(track)}·{label(ExcludeReason(code))}",
            "count": count,
            "url": f"{FIGURES}?{urlencode({**common, 'reason': code})}",
        }


def _judged(month: str, counts: JudgementCounts) -> list[dict[str, Any]]:
    """The two rates of the month's judgements, each leading to its cases."""
    common = {"status": "decided", "kind": "judgement", "month": month}
    rates = (("诉求合理率", counts.reasonable, "reasonable"), ("履职到位率", counts.done, "done"))
    return [
        {
            "name": name,
            "value": found / counts.judged if counts.judged else None,
            "numerator": found,
            "denominator": counts.judged,
            "url": f"{HERE}?{urlencode({**common, 'finding': finding})}",
        }
        for name, found, finding in rates
    ]
