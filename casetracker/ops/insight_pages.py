"""Insight: hot topics, matters of several residents, and the cases behind every figure."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.hotline import HOTLINE
from casetracker.domain.insight.rising import RISING
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, State
from casetracker.ops.case_lines import case_lines
from casetracker.ops.insight_frame import shown
from casetracker.ops.insight_links import cases_url
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.insight import (
    InsightCasesQuestion,
    MatterQuestion,
    TopicsQuestion,
)
from casetracker.services.context import Context
from casetracker.services.insight.behind import NAMES, cases_behind_insight
from casetracker.services.insight.repeated import (
    MOST_COMPARED,
    OpenedMatter,
    repeated_matter,
    repeated_matters,
)
from casetracker.services.insight.topics import LEVEL, HotTopics, Topic, hot_topics
from casetracker.web.context import current_context
from casetracker.web.forms import submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with

pages = Blueprint("insight", __name__, url_prefix="/insight")

SPANS = ((7, "近 7 天"), (30, "近 30 天"), (90, "近 90 天"))
MATTERS_SHOWN = 50


@pages.get("")
@requires(Right.STATISTICS)
def show() -> ResponseReturnValue:
    """What residents speak of: kinds and places, and which of them rose."""
    return shown("topics.html", TopicsQuestion, _topics)


@pages.get("/repeated")
@requires(Right.STATISTICS)
def repeated() -> ResponseReturnValue:
    """Matters that several residents raised."""
    return shown("repeated.html", TopicsQuestion, _repeated)


@pages.get("/repeated/<number>")
@requires(Right.STATISTICS)
def matter(number: str) -> ResponseReturnValue:
    """One of them with its cases and why they belong together."""
    return shown("matter.html", MatterQuestion, lambda ctx, asked: _opened(ctx, number, asked))


@pages.get("/cases")
@requires(Right.STATISTICS)
def cases() -> ResponseReturnValue:
    """Exactly the cases of one figure, with its definition."""
    ctx = current_context("ops")
    form = submitted(InsightCasesQuestion, request.args)
    if form.command is not None:  # an empty code means: the row without one
        empty = {name: "" for name in NAMES if request.args.get(name) == ""}
        form.command = form.command.model_copy(update=empty)
    found = form.attempt(lambda asked: _behind(ctx, asked))
    body = render_template("ops/insight/cases.html", form=form, found=found)
    return make_response(body, form.status)


def _spans(asked: TopicsQuestion) -> list[dict[str, Any]]:
    return [
        {"text": words, "url": address_with(days=length), "active": asked.days == length}
        for length, words in SPANS
    ]


def _topics(ctx: Context, asked: TopicsQuestion) -> dict[str, Any]:
    found = hot_topics(ctx, asked)
    return {
        "found": found,
        "spans": _spans(asked),
        "rule": RISING,
        "rising": [
            ("诉求类别", [_risen(found, topic, "category") for topic in found.rising_kinds]),
            ("所在社区", [_risen(found, topic, "area") for topic in found.rising_places]),
        ],
        "tops": [
            ("诉求类别", [_top(found, topic, "category") for topic in found.kinds]),
            ("所在社区", [_top(found, topic, "area") for topic in found.places]),
        ],
    }


def _risen(found: HotTopics, topic: Topic, name: str) -> dict[str, Any]:
    url = cases_url("received", found.rising_first, found.last, **_row_of(topic, name))
    return {"topic": topic, "url": url, "mean": float(topic.mean or 0)}


def _top(found: HotTopics, topic: Topic, name: str) -> dict[str, Any]:
    row = _row_of(topic, name)
    before_last = found.first.fromordinal(found.first.toordinal() - 1)
    return {
        "topic": topic,
        "url": cases_url("received", found.first, found.last, **row),
        "before_url": cases_url("received", found.before_first, before_last, **row),
    }


def _row_of(topic: Topic, name: str) -> dict[str, str | None]:
    """What is filed above the level is a row by itself, without all that lies below."""
    if name != "category" or topic.key is None:
        return {name: topic.key}
    category = reference(db.session()).category_named(topic.key)
    is_above = category is not None and category.level < LEVEL
    return {"leaf" if is_above else "category": topic.key}


def _repeated(ctx: Context, asked: TopicsQuestion) -> dict[str, Any]:
    found = repeated_matters(ctx, asked)
    asked_again = urlencode({"days": asked.days, "until": found.last.isoformat()})
    return {
        "found": found,
        "spans": _spans(asked),
        "most": MOST_COMPARED,
        "lines": [
            {"matter": one, "url": url, "open_url": f"{url}&only_open=true"}
            for one in found.matters[:MATTERS_SHOWN]
            for url in [f"/ops/insight/repeated/{one.number}?{asked_again}"]
        ],
    }


def _opened(ctx: Context, number: str, asked: MatterQuestion) -> dict[str, Any]:
    found = repeated_matter(ctx, number, asked)
    back = urlencode({"days": asked.days, "until": asked.last_day(ctx.now).isoformat()})
    rows = [row for row in found.rows if row.is_open or not asked.only_open]
    parts = (
        (False, f"全部 {len(found.matter.numbers)} 件"),
        (True, f"在办 {found.matter.open} 件"),
    )
    return {
        "matter": found.matter,
        "rows": case_lines(rows, ctx.actor),
        "parts": [
            {
                "text": words,
                "url": address_with(only_open="true" if only_open else None),
                "active": asked.only_open == only_open,
            }
            for only_open, words in parts
        ],
        "grouping": _grouping(ctx, found),
        "back_url": f"/ops/insight/repeated?{back}",
    }


def _grouping(ctx: Context, found: OpenedMatter) -> list[dict[str, str]]:
    """Cases that may be grouped into the first open one, each with the form for it."""
    if not ctx.actor.roles & HOTLINE.row(Action.GROUP).roles:
        return []
    into = next((row.number for row in found.rows if row.is_open), None)
    waiting = [row for row in found.rows if row.state is State.TO_DISPATCH and row.number != into]
    return [
        {
            "number": row.number,
            "into": into,
            "url": f"/ops/cases/{row.number}/actions/group?{urlencode({'into': into})}",
        }
        for row in waiting
        if into is not None
    ]


def _behind(ctx: Context, asked: InsightCasesQuestion) -> dict[str, Any]:
    found = cases_behind_insight(ctx, asked)
    span = [f"{asked.first} 至 {asked.last}"] if asked.first else ["现在"]
    return {
        "found": found,
        "note": " · ".join([*span, *found.row_words, f"{found.total} 件"]),
        "rows": [
            {**line, "why": {"verdict": "计入", "tone": "done", "words": found.why[row.id]}}
            for line, row in zip(case_lines(found.rows, ctx.actor), found.rows, strict=True)
        ],
        "page": Page(
            found.total, None, address_with(cursor=found.next_cursor) if found.next_cursor else None
        ),
    }
