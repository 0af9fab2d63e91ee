"""构成和热点: breakdowns of what came in, and what rose."""

from typing import Any

from casetracker.domain.reports.behind import NUMERATOR, RECEIVED, before, behind, counted, risen
from casetracker.domain.reports.facts import Part, ReportFacts
from casetracker.services.reports.workbook.charts import add_chart
from casetracker.services.reports.workbook.sheet import Led, Sheet


def write_topics(book: Any, facts: ReportFacts, address: str) -> None:
    """Each breakdown of what came in, and what rose."""
    sheet = Sheet(book, "构成和热点", address)
    sheet.page.set_column(0, 0, 30)
    topics = facts.topics
    _breakdown(sheet, facts, "来源渠道", facts.volume.channels)
    _breakdown(sheet, facts, "诉求类型", facts.volume.kinds)
    rows = _breakdown(sheet, facts, "一级分类前十", topics.upper)
    _breakdown(sheet, facts, "二级分类前十", topics.lower)
    _breakdown(sheet, facts, "所在社区（大队）", topics.places)
    sheet.table(
        ("短期上升的问题", "当周", "前四周周均", "截至"),
        (
            (one.name, Led(one.count, risen(facts, one)), one.mean, one.until.isoformat())
            for one in topics.rising
        ),
    )
    sheet.table(
        ("重复、集体和扬言", "本期"),
        [
            ("重复诉求（件）", Led(topics.repeated, counted(facts, "repeated"))),
            ("集体诉求（件）", Led(topics.collective, counted(facts, "collective"))),
            ("扬言诉求（件）", Led(topics.threats, counted(facts, "threat"))),
        ],
    )
    add_chart(book, sheet, "bar", rows, [(1, "本期")], "一级分类前十（件）", "F2")


def _breakdown(sheet: Sheet, facts: ReportFacts, name: str, parts: tuple[Part, ...]) -> range:
    rows = (
        (
            one.name,
            Led(one.now, behind(facts, RECEIVED, NUMERATOR, one.among)),
            Led(one.previous, before(facts, one.among)),
            one.now - one.previous,
        )
        for one in parts
    )
    return sheet.table((name, "本期", "上期", "增减"), rows)
