"""The tabs above every page of reports."""

from typing import Any

from casetracker.domain.reports.periods import Span

SPANS = {Span.MONTH: "月度通报", Span.WEEK: "周报", Span.DAY: "日报"}
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
