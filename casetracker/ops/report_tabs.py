"""The tabs above every page of reports, and which period an address or a page means."""

from datetime import date
from typing import Any

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.reports.figure_periods import FigurePeriod, WholeYear
from casetracker.domain.reports.periods import ReportPeriod, Span, report_period

SPANS = {Span.MONTH: "月度通报", Span.WEEK: "周报", Span.DAY: "日报"}
FIRST_YEAR = 2000
OTHERS = {
    "year": ("全年总结", "/ops/reports/year"),
    "months": ("冻结与更正", "/ops/reports/months"),
}


def report_tabs(chosen: Span | str) -> list[dict[str, Any]]:
    """`chosen` is the span shown, `year` or `months`."""
    tabs = [
        {"text": words, "url": f"/ops/reports?span={span}", "active": span is chosen}
        for span, words in SPANS.items()
    ]
    return tabs + [
        {"text": words, "url": url, "active": name == chosen}
        for name, (words, url) in OTHERS.items()
    ]


def report_url(period: FigurePeriod) -> str:
    """The page of the report that counts the period; the last month's where none does."""
    if isinstance(period, WholeYear):
        return f"/ops/reports/year?year={period.key}"
    if isinstance(period, ReportPeriod):
        return f"/ops/reports?span={period.span}&at={shown_as(period)}"
    return "/ops/reports"


def shown_as(period: ReportPeriod) -> str:
    """What the field of the page holds: a month, or a day, of a week the first."""
    if period.span is not Span.WEEK:
        return period.key
    year, week = period.key.split("-W")
    return date.fromisocalendar(int(year), int(week), 1).isoformat()


def known_period(span: str, key: str) -> ReportPeriod:
    """That of an address. Raises NotFound for what is no period."""
    try:
        return report_period(Span(span), key)
    except (ValueError, InvalidInput):
        raise NotFound(report=key) from None
