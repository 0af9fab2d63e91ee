"""每日清单 of sensitive times as rows: its four lists one below the other, texts masked.

Source: docs/rules/ledgers.md 7; docs/rules/exports.md 1.
"""

from collections.abc import Iterator
from datetime import date, datetime

from casetracker.domain.days import local
from casetracker.domain.privacy import mask_text
from casetracker.labels import label
from casetracker.services.commands.ledgers import DailyWatchQuestion
from casetracker.services.context import Context
from casetracker.services.ledgers.daily_watch import DailyWatch, WatchedCase, daily_watch

DAILY_WATCH = ("清单", "信访件", "事项", "关注原因", "人数", "责任单位", "责任人", "下一时限")
Rows = Iterator[list[str]]


def daily_watch_rows(ctx: Context, asked: DailyWatchQuestion) -> Rows:
    """In the order of the page, as the asker reads it."""
    watch = daily_watch(ctx)
    yield from map(_case, watch.cases)
    yield from _undertakings(watch)
    yield from _old_cases(watch)
    yield from _letters(watch)


def _case(case: WatchedCase) -> list[str]:
    reasons = [label(tag) for tag in case.risk_tags] + ["集体访"] * case.is_collective
    return [
        "要关注的信访件",
        case.number,
        mask_text(case.title),
        "、".join(reasons),
        str(case.persons),
        case.unit or "",
        "",
        _due(case.due_at),
    ]


def _undertakings(watch: DailyWatch) -> Rows:
    for line in watch.undertakings:
        numbers = "、".join(case.number for case in line.cases)
        reasons = ["长期没有进展"] * line.stands_still + ["已超期"] * line.is_late
        yield [
            "没有进展的包案", numbers, mask_text(line.title), "、".join(reasons), "",
            line.unit or "", line.leader, _due(line.next_action_on),
        ]  # fmt: skip


def _old_cases(watch: DailyWatch) -> Rows:
    for line in watch.old_cases:
        yield [
            "在册积案", line.case.number if line.case else "", mask_text(line.description),
            "已超期" if line.is_late else "", "", line.unit or "", line.owner,
            _due(line.next_action_on),
        ]  # fmt: skip


def _letters(watch: DailyWatch) -> Rows:
    for line in watch.letters:
        yield [
            "超期未落实的批示", line.case.number, mask_text(line.case.title), mask_text(line.note),
            "", line.unit or "", line.leader, _due(line.due_on),
        ]  # fmt: skip


def _due(moment: datetime | date | None) -> str:
    """A day or an instant as it stands in the file; empty for none."""
    if isinstance(moment, datetime):
        return f"{local(moment):%Y-%m-%d %H:%M}"
    return "" if moment is None else moment.isoformat()
