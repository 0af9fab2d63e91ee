"""The ledgers of the petition office as rows: what the asker reads, persons and texts masked.

Source: docs/rules/exports.md 1; docs/rules/ledgers.md 8.
"""

from collections.abc import Iterator
from datetime import date, datetime

from casetracker.domain.days import local
from casetracker.domain.privacy import mask_text
from casetracker.labels import label
from casetracker.services.commands.ledgers import (
    LetterSearch,
    OldCaseSearch,
    ReceptionSearch,
    UndertakingSearch,
    VisitSearch,
)
from casetracker.services.context import Context
from casetracker.services.ledgers.letters import letter_lines
from casetracker.services.ledgers.old_cases import old_cases_asked
from casetracker.services.ledgers.reader import LinkedCase
from casetracker.services.ledgers.reception_reading import EntryLine, SessionLine, entries_of
from casetracker.services.ledgers.undertaking_reading import undertaking_lines
from casetracker.services.ledgers.visit_reading import list_visits

Rows = Iterator[list[str]]
VISITS = (
    "编号", "来访时间", "接待地点", "接待人", "来访人", "人次", "集体访", "反映事项",
    "接待情况", "处理", "责任单位", "信访件",
)  # fmt: skip
RECEPTIONS = (
    "接访时间", "接访领导", "职务", "地点", "类型", "状态", "来访人", "人次", "反映问题",
    "产生原因", "接待处理意见", "责任单位", "办理期限", "办理结果", "满意度", "信访件",
)  # fmt: skip
LETTERS = ("阅信日期", "信访件", "事项", "领导", "批示", "责任单位", "反馈期限", "落实情况")
UNDERTAKINGS = (
    "事项", "包案领导", "职务", "责任单位", "化解方案", "进度", "包案日期", "预计化解",
    "下次行动", "最近进展", "结束日期", "化解结果", "结果说明", "信访件",
)  # fmt: skip
OLD_CASES = (
    "积案情况", "列入日期", "问题分类", "清单来源", "责任单位", "责任人", "化解计划", "下次行动",
    "销号依据", "申请销号", "审核销号", "销号日期", "信访件",
)  # fmt: skip


def visits(ctx: Context, asked: VisitSearch) -> Rows:
    """In the order of the days."""
    for line in list_visits(ctx, asked, page=None).lines:
        yield [
            line.number,
            _moment(line.visited_at),
            line.place,
            line.receiver,
            "、".join(person.name for person in line.people),
            str(line.persons),
            "是" if line.is_collective else "否",
            _text(line.matter),
            _text(line.said),
            label(line.result) if line.result else "",
            line.unit or "",
            _number(line.case),
        ]


def receptions(ctx: Context, asked: ReceptionSearch) -> Rows:
    """Each matter with the session in which it was received."""
    for line, entry in entries_of(ctx, asked):
        yield [*_of_session(line), *(_of_entry(entry) if entry else [""] * 10)]


def _of_session(line: SessionLine) -> list[str]:
    return [
        _moment(line.starts_at),
        line.leader,
        line.post,
        line.place,
        label(line.kind),
        label(line.status),
    ]


def _of_entry(entry: EntryLine) -> list[str]:
    return [
        entry.person.name,
        str(entry.persons),
        _text(entry.matter),
        _text(entry.cause),
        _text(entry.instruction),
        entry.unit or "",
        _day(entry.due_on),
        _text(entry.report),
        label(entry.satisfaction) if entry.satisfaction else "",
        _number(entry.case),
    ]


def letters(ctx: Context, asked: LetterSearch) -> Rows:
    """The newest first."""
    for line in letter_lines(ctx, asked.year, only_open=asked.open, most=None, days=asked.days):
        yield [
            _day(line.read_on),
            line.case.number,
            _text(line.case.title),
            line.leader,
            _text(line.note),
            line.unit or "",
            _day(line.due_on),
            _text(line.report),
        ]


def undertakings(ctx: Context, asked: UndertakingSearch) -> Rows:
    """What comes next first, of finished ones the newest."""
    for line in undertaking_lines(ctx, finished=asked.finished, begun=asked.days):
        yield [
            _text(line.title),
            line.leader,
            line.post,
            line.unit or "",
            _text(line.plan),
            f"{line.progress}%",
            _day(line.began_on),
            _day(line.expected_on),
            _day(line.next_action_on),
            _day(line.moved_on),
            _day(line.finished_on),
            label(line.result) if line.result else "",
            _text(line.result_words),
            "、".join(case.number for case in line.cases),
        ]


def old_cases(ctx: Context, asked: OldCaseSearch) -> Rows:
    """What comes next first, of those struck off the newest."""
    for line in old_cases_asked(ctx, asked):
        yield [
            _text(line.description),
            _day(line.listed_on),
            line.category or "",
            line.source_list,
            line.unit or "",
            line.owner,
            _text(line.plan),
            _day(line.next_action_on),
            _text(line.evidence),
            line.asked_by or "",
            line.struck_off_by or "",
            _day(line.struck_off_on),
            _number(line.case),
        ]


def _text(words: str | None) -> str:
    return mask_text(words) if words else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(instant: datetime) -> str:
    return f"{local(instant):%Y-%m-%d %H:%M}"


def _number(case: LinkedCase | None) -> str:
    return case.number if case else ""
