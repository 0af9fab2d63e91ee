"""六、信访工作: petitions under their own profile, never added to the hotline.

Source: docs/rules/reports.md 8.
"""

from collections.abc import Iterator

from casetracker.domain.papers.content import Block, Grid, Heading, Linked, Paragraph
from casetracker.domain.reports.behind import (
    EXCLUDED,
    NUMERATOR,
    RECEIVED,
    behind,
    counted,
    in_register,
    left_out,
    whole_figure,
)
from casetracker.domain.reports.facts import Petitions, ReportFacts
from casetracker.domain.reports.wording import (
    both_changes,
    fraction_words,
    left_out_words,
    signed_points,
    value_words,
)

SHOWN = (
    "sign_on_time", "response", "completion_on_time", "overdue", "answer", "satisfaction",
    "answer_office", "satisfaction_office", "resolution",
)  # fmt: skip
"""Rates of the table, in the order in which petition offices report them."""


def petition_work(facts: ReportFacts) -> Iterator[Block]:
    """件次 and 人次, 初件 and 重件, 集体访, the rates, 积案, 接访."""
    of = facts.petitions
    uncounted = left_out_words(of.excluded)
    yield Paragraph(
        f"{facts.short}登记信访事项{of.received.now}件次{of.persons}人次，{both_changes(of.received)}"
        f"（件次）。其中初件{of.received.now - of.again}件、重件{of.again}件，"
        f"集体访{of.collective}件次{of.collective_persons}人次。{_forms(of)}{uncounted}",
        links=(
            *_links(facts),
            Linked(uncounted, behind(facts, RECEIVED, EXCLUDED, profile=of.profile_code)),
        ),
    )
    yield Heading("（一）办理指标", 2)
    base_words = "" if of.base_words in facts.compared_words else of.base_words
    yield Paragraph(f"按{of.profile}（{of.version}）统计，与热线指标不合并计算。{base_words}")
    yield _rates(facts)
    yield Heading("（二）来访、接访和积案", 2)
    yield Paragraph(
        f"来访登记{of.visits}批次{of.visitors}人次；领导接访{of.sessions}场次，受理{of.matters}件；"
        f"阅信批示{of.letters}件；新增积案{of.old_listed}件，化解销号{of.old_struck}件，"
        f"期末在册{of.old_left}件。",
        links=tuple(_registers(facts)),
    )


def _links(facts: ReportFacts) -> Iterator[Linked]:
    """件次 and 人次 lead to one list, which says both."""
    of, profile = facts.petitions, facts.petitions.profile_code
    all_of_them = behind(facts, RECEIVED, NUMERATOR, profile=profile)
    yield Linked(f"信访事项{of.received.now}件次", all_of_them)
    yield Linked(f"{of.persons}人次", all_of_them)
    yield Linked(f"初件{of.received.now - of.again}件", counted(facts, "first_time", profile))
    yield Linked(f"重件{of.again}件", behind(facts, "repeat", NUMERATOR, profile=profile))
    together = counted(facts, "collective_visit", profile)
    yield Linked(f"集体访{of.collective}件次", together)
    yield Linked(f"{of.collective_persons}人次", together)
    for form in of.forms:
        to = behind(facts, RECEIVED, NUMERATOR, form.among, profile)
        yield Linked(f"{form.name}{form.cases}件次", to)
        yield Linked(f"{form.persons}人次", to)


def _registers(facts: ReportFacts) -> Iterator[Linked]:
    of = facts.petitions
    for name, words in (
        ("visits", f"来访登记{of.visits}批次"),
        ("visits", f"{of.visitors}人次"),
        ("sessions", f"领导接访{of.sessions}场次"),
        ("sessions", f"受理{of.matters}件"),
        ("letters", f"阅信批示{of.letters}件"),
        ("listed", f"新增积案{of.old_listed}件"),
        ("struck_off", f"化解销号{of.old_struck}件"),
        ("left", f"期末在册{of.old_left}件"),
    ):
        yield Linked(words, in_register(facts, name, of.whole_days))


def _forms(of: Petitions) -> str:
    if not of.forms:
        return ""
    said = [f"{form.name}{form.cases}件次{form.persons}人次" for form in of.forms]
    return f"按形式：{'、'.join(said)}。"


def _rates(facts: ReportFacts) -> Grid:
    of = facts.petitions
    figures = [one for code in SHOWN if (one := of.figure(code)) is not None]
    rows = tuple(
        (
            one.name,
            value_words(one),
            whole_figure(facts, one, fraction_words(one), profile=of.profile_code),
            left_out(facts, one, of.profile_code),
            signed_points(one.value, one.previous),
            signed_points(one.value, one.last_year),
        )
        for one in figures
    )
    return Grid(("指标", "本期", "分子/分母", "剔除", "环比", "同比"), rows, (6, 3, 4, 2, 3, 3))
