"""基层治理: where matters were settled, and patrols."""

from functools import partial
from typing import Any

from casetracker.domain.reports.behind import in_register
from casetracker.domain.reports.facts import Grassroots, ReportFacts, SettledLine
from casetracker.domain.reports.grassroots_section import settled_in
from casetracker.domain.vocabulary import Settlement
from casetracker.services.reports.workbook.sheet import Led, Row, Share, Sheet


def write_grassroots(book: Any, facts: ReportFacts, of: Grassroots, address: str) -> None:
    """By community, and the patrols where there were any."""
    sheet = Sheet(book, "基层治理", address)
    sheet.page.set_column(0, 0, 22)
    sheet.table(
        (
            "社区（大队）", "社区化解", "街道办结", "转区直部门", "在办", "不受理、撤诉",
            "小事不出村",
        ),
        (_settled(facts, one) for one in (*of.lines, of.total)),
    )  # fmt: skip
    if of.safety is None:
        return
    found, inspections = of.safety.found, of.safety.inspections
    to = partial(in_register, facts, days=facts.whole_days)
    sheet.table(
        ("", "本期", "上期", "去年同期"),
        [
            ("安全检查（家次）", Led(inspections.now, to("inspections")), inspections.previous,
             inspections.last_year),
            ("排查隐患（处）", Led(found.now, to("found")), found.previous, found.last_year),
            ("其中：重大隐患", Led(of.safety.major, to("major"))),
            ("期内整改（处）", Led(of.safety.rectified, to("rectified"))),
            ("至今整改（处）", Led(of.safety.to_date, to("to_date"))),
            ("超过整改期限（处）", Led(of.safety.late, to("late"))),
        ],
    )  # fmt: skip


def _settled(facts: ReportFacts, one: SettledLine) -> Row:
    counts = (one.community, one.street, one.handed_on, one.open, one.not_taken)
    return (
        one.name,
        *(
            Led(count, settled_in(facts, one, (where,)))
            for count, where in zip(counts, Settlement, strict=True)
        ),
        Share(one.community / one.settled if one.settled else None),
    )
