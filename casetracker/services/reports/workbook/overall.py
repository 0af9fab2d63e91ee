"""总体情况: what came in, how it was handled, and the trend."""

from collections.abc import Iterator
from typing import Any

from casetracker.domain.days import local
from casetracker.domain.papers.writing import written_moment
from casetracker.domain.reports.behind import (
    ALL,
    EXCLUDED,
    NUMERATOR,
    RECEIVED,
    at_point,
    before,
    behind,
    counted,
)
from casetracker.domain.reports.facts import ReportFacts
from casetracker.domain.reports.hotline_sections import TREND_RATES
from casetracker.domain.reports.notice import report_title
from casetracker.services.reports.workbook.charts import add_chart
from casetracker.services.reports.workbook.rates import RATE, rate_row
from casetracker.services.reports.workbook.sheet import Led, Row, Share, Sheet


def write_overall(book: Any, facts: ReportFacts, address: str) -> None:
    """What came in, every metric, 挂账 and 办理时长, and the trend with two charts."""
    sheet = Sheet(book, "总体情况", address)
    sheet.page.set_column(0, 0, 22)
    sheet.line(report_title(facts).replace("\n", ""), bold=True)
    moment = written_moment(local(facts.as_of))
    sheet.line(f"口径：{facts.profile_name}（{facts.version}），数据截至{moment}")
    if facts.compared_words:
        sheet.line(facts.compared_words)
    sheet.row += 1
    received = facts.volume.received
    sheet.table(
        ("", "本期", "上期", "去年同期"),
        [
            (
                "受理量（件）",
                Led(received.now, behind(facts, RECEIVED, NUMERATOR)),
                Led(received.previous, before(facts, ALL)),
                received.last_year,
            ),
            (
                "有效诉求（件）",
                Led(received.now - facts.volume.invalid, counted(facts, "valid")),
            ),
            ("无效诉求（件）", Led(facts.volume.invalid, counted(facts, "invalid"))),
            ("剔除（件）", Led(facts.volume.excluded, behind(facts, RECEIVED, EXCLUDED))),
        ],
    )
    sheet.table(RATE, (rate_row(facts, one) for one in facts.handled.metrics))
    sheet.table(("挂账、办理时长", "本期"), _handled(facts))
    named = [(code, one.name) for code in TREND_RATES if (one := facts.handled.figure(code))]
    rows = sheet.table(
        ("期间", "受理量", *(name for _, name in named)),
        (
            (
                point.name,
                Led(point.received, at_point(facts, point, RECEIVED, NUMERATOR)),
                *(Share(point.rates.get(code)) for code, _ in named),
            )
            for point in facts.trend
        ),
    )
    add_chart(book, sheet, "column", rows, [(1, "受理量")], "近期受理量（件）", "I2")
    rates = [(column, name) for column, (_, name) in enumerate(named, 2)]
    add_chart(book, sheet, "line", rows, rates, "近期指标", "I18")


def _handled(facts: ReportFacts) -> Iterator[Row]:
    of, answered = facts.handled, counted(facts, "answered")
    times = of.times
    yield "批准挂账（件）", Led(of.held, counted(facts, "held"))
    yield "目前在挂（件）", Led(of.on_hold, counted(facts, "on_hold"))
    yield "答复（件）", Led(times.answered, answered)
    yield "平均办理时长（工作日）", Led(times.average and float(times.average), answered)
    yield "九成在几个工作日以内（P90）", Led(times.slow, answered)
