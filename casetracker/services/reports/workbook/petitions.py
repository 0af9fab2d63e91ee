"""信访工作: petitions and their registers, by their own definitions."""

from functools import partial
from typing import Any

from casetracker.domain.reports.behind import NUMERATOR, RECEIVED, behind, counted, in_register
from casetracker.domain.reports.facts import Form, ReportFacts
from casetracker.services.reports.workbook.rates import RATE, rate_row
from casetracker.services.reports.workbook.sheet import Led, Row, Sheet


def write_petitions(book: Any, facts: ReportFacts, address: str) -> None:
    """件次 and 人次, forms, registers and rates; never added to the hotline."""
    sheet, of = Sheet(book, "信访工作", address), facts.petitions
    sheet.page.set_column(0, 0, 22)
    sheet.line(f"口径：{of.profile}（{of.version}），与热线指标不合并计算。{of.base_words}")
    sheet.row += 1
    received, profile = of.received, of.profile_code
    all_of_them = behind(facts, RECEIVED, NUMERATOR, profile=profile)
    together = counted(facts, "collective_visit", profile)
    to = partial(in_register, facts, days=of.whole_days)
    sheet.table(
        ("", "本期", "上期", "去年同期"),
        [
            ("信访件次", Led(received.now, all_of_them), received.previous, received.last_year),
            ("信访人次", Led(of.persons, all_of_them)),
            ("初件", Led(received.now - of.again, counted(facts, "first_time", profile))),
            ("重件", Led(of.again, behind(facts, "repeat", NUMERATOR, profile=profile))),
            ("集体访件次", Led(of.collective, together)),
            ("集体访人次", Led(of.collective_persons, together)),
            ("来访登记批次", Led(of.visits, to("visits"))),
            ("来访登记人次", Led(of.visitors, to("visits"))),
            ("接访场次", Led(of.sessions, to("sessions"))),
            ("接访受理件", Led(of.matters, to("sessions"))),
            ("阅信批示件", Led(of.letters, to("letters"))),
            ("新增积案", Led(of.old_listed, to("listed"))),
            ("积案销号", Led(of.old_struck, to("struck_off"))),
            ("期末积案", Led(of.old_left, to("left"))),
        ],
    )
    sheet.table(("形式", "件次", "人次"), (_form(facts, one) for one in of.forms))
    sheet.table(RATE, (rate_row(facts, one, of.profile_code) for one in of.metrics))


def _form(facts: ReportFacts, one: Form) -> Row:
    to = behind(facts, RECEIVED, NUMERATOR, one.among, facts.petitions.profile_code)
    return one.name, Led(one.cases, to), Led(one.persons, to)
