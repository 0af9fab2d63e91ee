"""A report as a workbook: its figures as numbers, its charts native, its lists whole.

No cell can become a formula. Source: docs/rules/reports.md 10.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import xlsxwriter

from casetracker.domain.days import local
from casetracker.domain.papers.leading import whole_address
from casetracker.domain.papers.writing import written_moment
from casetracker.domain.reports.behind import (
    ALL,
    DENOMINATOR,
    EXCLUDED,
    NUMERATOR,
    PARTS,
    RECEIVED,
    at_point,
    before,
    behind,
    case_link,
    counted,
    in_register,
    of_unit,
    risen,
)
from casetracker.domain.reports.facts import (
    Figure,
    Form,
    Grassroots,
    Part,
    ReportFacts,
    SettledLine,
    UnitLine,
)
from casetracker.domain.reports.grassroots_section import settled_in
from casetracker.domain.reports.hotline_sections import TREND_RATES
from casetracker.domain.reports.notice import OF_CASES, lists_of, report_title
from casetracker.domain.vocabulary import Settlement
from casetracker.services.reports.figure_sheets import MonthTables, write_figures
from casetracker.services.sheets import link_cell, writable

Cell = str | int | float | None
Row = Sequence["Cell | Share | Led"]
FIGURES_OF = ("热线", "信访")
"""Whose the tables of figures are, in their order: both stand side by side, never added."""
RATE = ("指标", "本期", "分子", "分母", "剔除", "上期", "去年同期")


class Share(NamedTuple):
    """A fraction that is shown in per cent; None for no value."""

    value: float | None
    decimals: int = 1


class Led(NamedTuple):
    """A cell that leads to its cases; a desk address, None for one that leads nowhere."""

    cell: str | int | float | None
    to: str | None


class Sheet:
    """One sheet with a place to write on; `address` is the public one of the desk, or empty."""

    def __init__(self, book: Any, name: str, address: str = "") -> None:
        self.address = address
        self.page = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True})
        shown = ("0%", "0.0%", "0.00%")
        self.percents = [book.add_format({"num_format": one}) for one in shown]
        self.row = 0

    def line(self, *cells: Cell | Share | Led, bold: bool = False) -> int:
        """Write one row; gives its number."""
        for column, cell in enumerate(cells):
            self._write(column, cell, bold=bold)
        self.row += 1
        return self.row - 1

    def table(self, header: Sequence[str], rows: Iterable[Row]) -> range:
        """A head and rows below it, and one blank row; the numbers of the rows."""
        first = self.line(*header, bold=True) + 1
        for row in rows:
            self.line(*row)
        self.row += 1
        return range(first, self.row - 1)

    def _write(self, column: int, cell: Cell | Share | Led, *, bold: bool) -> None:
        if isinstance(cell, Led):
            to = whole_address(cell.to, self.address) if cell.cell else None
            if to:
                link_cell(self.page, self.row, column, to)
            self._write(column, cell.cell, bold=bold)
        elif isinstance(cell, Share):
            if cell.value is not None:
                self.page.write_number(self.row, column, cell.value, self.percents[cell.decimals])
        elif isinstance(cell, str):
            style = (self.bold,) if bold else ()
            self.page.write_string(self.row, column, writable(cell), *style)
        elif cell is not None:
            self.page.write_number(self.row, column, cell)


def report_workbook(
    facts: ReportFacts, tables: Sequence[MonthTables] = (), address: str = ""
) -> bytes:
    """The whole workbook; `tables` are those of a month, the hotline's and those of petitions.

    With a public address of the desk its figures lead to their cases.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        _overall(book, facts, address)
        _parts(book, facts, address)
        _units(book, facts, address)
        _petitions(book, facts, address)
        if facts.grassroots is not None:
            _grassroots(book, facts, facts.grassroots, address)
        for title, found in lists_of(facts).items():
            names = [name for name, _ in found.columns]
            Sheet(book, title, address).table(names, _with_cases(names, found.rows))
        for name, of_track in zip(FIGURES_OF, tables, strict=False):
            write_figures(book, name, of_track, address)
    return out.getvalue()


def _with_cases(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    for row in rows:
        yield [
            Led(cell, case_link(cell).to) if name in OF_CASES else cell
            for name, cell in zip(names, row, strict=True)
        ]


def _overall(book: Any, facts: ReportFacts, address: str) -> None:
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
    sheet.table(RATE, (_rate(facts, one) for one in facts.handled.metrics))
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
    _chart(book, sheet, "column", rows, [(1, "受理量")], "近期受理量（件）", "I2")
    rates = [(column, name) for column, (_, name) in enumerate(named, 2)]
    _chart(book, sheet, "line", rows, rates, "近期指标", "I18")


def _handled(facts: ReportFacts) -> Iterator[Row]:
    of, answered = facts.handled, counted(facts, "answered")
    times = of.times
    yield "批准挂账（件）", Led(of.held, counted(facts, "held"))
    yield "目前在挂（件）", Led(of.on_hold, counted(facts, "on_hold"))
    yield "答复（件）", Led(times.answered, answered)
    yield "平均办理时长（工作日）", Led(times.average and float(times.average), answered)
    yield "九成在几个工作日以内（P90）", Led(times.slow, answered)


def _rate(facts: ReportFacts, figure: Figure, profile: str = "") -> Row:
    to = {part: behind(facts, figure.code, part, profile=profile) for part in PARTS}
    return (
        figure.name, Share(figure.value, figure.decimals),
        Led(figure.numerator, to[NUMERATOR]), Led(figure.denominator, to[DENOMINATOR]),
        Led(figure.excluded, to[EXCLUDED]), Share(figure.previous, figure.decimals),
        Share(figure.last_year, figure.decimals),
    )  # fmt: skip


def _parts(book: Any, facts: ReportFacts, address: str) -> None:
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
    _chart(book, sheet, "bar", rows, [(1, "本期")], "一级分类前十（件）", "F2")


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


def _units(book: Any, facts: ReportFacts, address: str) -> None:
    sheet = Sheet(book, "承办单位", address)
    sheet.page.set_column(1, 1, 24)
    sheet.line(facts.rank_words)
    lines = [(group.name, line) for group in facts.groups for line in group.lines]
    names = [one.name for one in lines[0][1].figures] if lines else []
    header = ("组别", "单位", "名次", "上期名次", "受理量")
    sheet.table(
        (*header, *(part for name in names for part in (name, "分子", "分母"))),
        (
            (
                group, line.name, line.rank, line.previous_rank,
                Led(line.received, behind(facts, RECEIVED, NUMERATOR, of_unit(line))),
                *(cell for one in line.figures for cell in _of_unit(facts, line, one)),
            )
            for group, line in lines
        ),
    )  # fmt: skip


def _of_unit(facts: ReportFacts, line: UnitLine, one: Figure) -> Row:
    row = of_unit(line)
    return (
        Share(one.value, one.decimals),
        Led(one.numerator, behind(facts, one.code, NUMERATOR, row)),
        Led(one.denominator, behind(facts, one.code, DENOMINATOR, row)),
    )


def _grassroots(book: Any, facts: ReportFacts, of: Grassroots, address: str) -> None:
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


def _petitions(book: Any, facts: ReportFacts, address: str) -> None:
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
    sheet.table(RATE, (_rate(facts, one, of.profile_code) for one in of.metrics))


def _form(facts: ReportFacts, one: Form) -> Row:
    to = behind(facts, RECEIVED, NUMERATOR, one.among, facts.petitions.profile_code)
    return one.name, Led(one.cases, to), Led(one.persons, to)


def _chart(
    book: Any, sheet: Sheet, kind: str, rows: range, columns: list[tuple[int, str]],
    title: str, place: str,
) -> None:  # fmt: skip
    """A native chart over the rows, one series for each column."""
    if not rows or not columns:
        return
    chart, name = book.add_chart({"type": kind}), sheet.page.get_name()
    for column, words in columns:
        chart.add_series(
            {
                "name": words,
                "categories": [name, rows[0], 0, rows[-1], 0],
                "values": [name, rows[0], column, rows[-1], column],
                "data_labels": {"value": kind != "line"},
            }
        )
    chart.set_title({"name": title})
    chart.set_legend({"none": len(columns) == 1, "position": "bottom"})
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
    sheet.page.insert_chart(place, chart)
