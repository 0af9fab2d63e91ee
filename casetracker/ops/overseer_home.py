"""The home of supervisors and leaders: what waits for their decision, then the four headings.

Source: 新沟镇街道 2019 年工作总结, "四全"工作法; docs/rules/insight.md 9.
"""

from collections.abc import Sequence
from typing import Any

from casetracker.domain.permissions import Right
from casetracker.domain.reports.wording import Comparison, count_change
from casetracker.domain.vocabulary import Role
from casetracker.labels import label
from casetracker.ops.four_alls import Heading, four_alls
from casetracker.ops.insight_frame import fraction
from casetracker.ops.insight_links import cases_url, figure_url
from casetracker.ops.watch_pages import watch_tabs
from casetracker.services.context import Context
from casetracker.services.insight.overview import (
    MonthRate,
    Overview,
    count_answered_orders,
    month_overview,
)
from casetracker.services.oversight.suggestions import suggestions

OVERSEERS = frozenset({Role.SUPERVISOR, Role.LEADER, Role.DEPUTY_LEADER})
WATCHED = frozenset({"overdue", "due_soon", "on_hold"})
"""Piles that are looked at, not decided: they stand under the third heading."""
RATES: Sequence[Sequence[str]] = (
    (),
    ("sign_on_time", "response"),
    ("completion_on_time", "overdue"),
    ("satisfaction", "answer", "resolution"),
)
"""The month's rates under each heading."""
MORE = (
    (("热点", "/ops/insight"), ("多人反映", "/ops/insight/repeated")),
    (("人员负荷", "/ops/insight/workload"), ("派单准确率", "/ops/insight/dispatching")),
    (("社区", "/ops/insight/communities"), ("办理时长", "/ops/insight/durations")),
    (("统计", "/ops/statistics"),),
)
"""Where each heading goes deeper."""


def overseer_view(ctx: Context, cards: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What `ops/home_overseer.html` shows besides the duties and the first to do."""
    waiting = _of_the_supervisor(ctx)
    waiting += [one for one in cards if one.get("name") not in WATCHED]
    overview = month_overview(ctx, [code for codes in RATES for code in codes])
    return {
        "decisions": [one for one in waiting if one["count"]],
        "quiet": [one["title"] for one in waiting if not one["count"]],
        "month": overview.month,
        "running_words": overview.running_words,
        "today": overview.today,
        "headings": _headings(ctx, overview),
    }


def _of_the_supervisor(ctx: Context) -> list[dict[str, Any]]:
    if not ctx.actor.may(Right.CASES_SUPERVISE):
        return []
    answered, waiting = count_answered_orders(ctx), suggestions(ctx, most=0).total
    return [
        {"title": "提请督办", "url": "/ops/oversight/suggestions", "count": waiting},
        {"title": "督办反馈待审", "url": "/ops/oversight#orders", "count": answered},
    ]


def _headings(ctx: Context, overview: Overview) -> list[dict[str, Any]]:
    by_code = {one.metric.code: one for one in overview.rates}
    headings: list[dict[str, Any]] = [
        {
            "heading": heading,
            "rates": [_rate(overview, by_code[code]) for code in codes if code in by_code],
            "more": more,
            "channels": [],
            "lists": [],
        }
        for heading, codes, more in zip(four_alls(ctx), RATES, MORE, strict=True)
    ]
    headings[0]["channels"] = _channels(overview)
    headings[2]["lists"] = _watched(ctx, headings[2]["heading"])
    headings[1]["rates"] = [*headings[1]["rates"], _accuracy(overview)]
    return headings


def _watched(ctx: Context, heading: Heading) -> list[dict[str, Any]]:
    """The supervisor's lists that hold something, but those that the heading counts already."""
    known = {figure.words for figure in heading.more}
    return [one for one in watch_tabs(ctx) if one.get("count") and one["text"] not in known]


def _rate(overview: Overview, one: MonthRate) -> dict[str, Any]:
    """Beside what the whole month before came to: a running month holds what is not due yet, so
    that a difference would tell of the calendar."""
    now = None if one.now.value is None else float(one.now.value)
    before = None if one.before.value is None else float(one.before.value)
    code = one.metric.code
    return {
        "name": one.metric.name_zh,
        "value": now,
        "numerator": one.now.numerator,
        "denominator": one.now.denominator,
        "before": before,
        "numerator_url": figure_url(overview.month, code, "numerator"),
        "denominator_url": figure_url(overview.month, code, "denominator"),
    }


def _accuracy(overview: Overview) -> dict[str, Any]:
    one, span = overview.dispatched, (overview.first, overview.today)
    return {
        "name": "派单准确率",
        **fraction(one.cases - one.returned, one.cases),
        "before": None,
        "numerator_url": cases_url("kept", *span),
        "denominator_url": cases_url("dispatched", *span),
    }


def _channels(overview: Overview) -> list[dict[str, Any]]:
    span = (overview.first, overview.today)
    return [
        {
            "name": label(one.channel),
            "count": one.now,
            "change": count_change(Comparison.PREVIOUS, one.now, one.before),
            "url": cases_url("received", *span, channel=one.channel.value),
        }
        for one in overview.channels
        if one.now
    ]
