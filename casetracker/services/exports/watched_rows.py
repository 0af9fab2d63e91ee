"""One of the supervisor's lists as rows, each with the reason why it stands there."""

from collections.abc import Iterator

from casetracker.domain.days import local
from casetracker.domain.privacy import mask_text
from casetracker.labels import label
from casetracker.services.commands.oversight import WatchedQuestion
from casetracker.services.context import Context
from casetracker.services.oversight.watch_lists import WatchedLine, watch_list

WATCHED_HEADER = (
    "编号", "状态", "来源渠道", "事项", "单位", "承办人", "原因", "最近期限", "受理时间",
)  # fmt: skip


def count_watched(ctx: Context, asked: WatchedQuestion) -> int:
    return watch_list(ctx, asked.name, unit=asked.unit).total


def watched_rows(ctx: Context, asked: WatchedQuestion) -> Iterator[list[str]]:
    """What is due first on top, a page in memory at a time."""
    cursor = None
    while True:
        page = watch_list(ctx, asked.name, unit=asked.unit, cursor=cursor)
        yield from map(_row, page.lines)
        cursor = page.next_cursor
        if cursor is None:
            return


def _row(line: WatchedLine) -> list[str]:
    case = line.case
    return [
        case.number,
        label(case.state),
        label(case.channel),
        mask_text(case.title),
        line.unit or "",
        case.handler or "",
        line.reason,
        f"{local(case.due_at):%Y-%m-%d %H:%M}" if case.due_at else "",
        f"{local(case.received_at):%Y-%m-%d %H:%M}",
    ]
