"""The access log as the auditor reads it: who did what when; no content of cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import at, local
from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.queries.visible import numbers_sealed
from casetracker.services.access_log import note_access
from casetracker.services.commands.auditing import AuditSearch
from casetracker.services.context import Context, require_right
from casetracker.services.sheets import write_csv
from casetracker.services.use_case import query, use_case

PAGE = 50
AT_ONCE = 1000
MOST_LINES = 50_000
"""What one export holds; a longer time is taken out in parts."""
HEADER = ("时间", "用户名", "姓名", "事项", "工单编号", "结果", "说明", "IP 地址", "请求编号")


# Written before a case was sealed or after it: rows about it are read in the lane alone.
_OF_THE_OPEN_DESK = (
    AccessRecord.what != Access.LANE_SEEN,
    or_(AccessRecord.case_number.is_(None), AccessRecord.case_number.not_in(numbers_sealed())),
)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line; `name` is the person's present name, absent for strangers and the system."""

    id: int
    at: datetime
    username: str | None
    name: str | None
    what: Access | None
    case_number: str | None
    success: bool
    detail: str | None
    ip: str | None
    request_id: str | None

    @property
    def what_words(self) -> str:
        """A kind of another release has no word here."""
        return label(self.what) if self.what else "其他"

    @property
    def has_failed(self) -> bool:
        return not self.success


def audit_lines(ctx: Context, asked: AuditSearch, *, page: int = 1) -> list[AuditLine]:
    """The newest first, one more than a page, narrowed by what is asked.

    Pages are numbered: an id in the address would tell how many lines of the confidential lane lie
    between two others.
    """
    return _lines(ctx, asked, None, PAGE + 1, (page - 1) * PAGE)


def export_audit(ctx: Context, asked: AuditSearch, path: Path) -> int:
    """Write the lines to a csv, itself a line of the log; how many.

    Raises InvalidInput where they are too many for one file.
    """
    lines = list(_all_lines(ctx, asked))
    if len(lines) > MOST_LINES:
        raise InvalidInput({"since": "too_many_lines"})
    count = write_csv(path, HEADER, map(_cells, lines))
    _note(ctx, f"导出 {count} 条；{_conditions(asked)}")
    return count


@use_case
def _note(ctx: Context, session: Session, detail: str) -> None:
    note_access(ctx, session, Access.AUDIT_READ, detail)


def _all_lines(ctx: Context, asked: AuditSearch) -> Iterator[AuditLine]:
    before, found = None, 0
    while found <= MOST_LINES:
        lines = _lines(ctx, asked, before, AT_ONCE)
        yield from lines
        if len(lines) < AT_ONCE:
            return
        before, found = lines[-1].id, found + len(lines)


@query
def _lines(
    ctx: Context,
    session: Session,
    asked: AuditSearch,
    before: int | None,
    limit: int,
    passed: int = 0,
) -> list[AuditLine]:
    require_right(ctx, Right.AUDIT_READ)
    found = (
        select(AccessRecord, Account.name)
        .outerjoin(Account, Account.id == AccessRecord.account_id)
        .where(*_OF_THE_OPEN_DESK, *_narrowed(asked))
        .order_by(AccessRecord.id.desc())
        .limit(limit)
        .offset(passed)
    )
    if before is not None:
        found = found.where(AccessRecord.id < before)
    return [_line(record, name) for record, name in session.execute(found)]


def _narrowed(asked: AuditSearch) -> Iterator[ColumnElement[bool]]:
    if asked.person:
        who = asked.person
        yield or_(AccessRecord.username == who.lower(), Account.name == who)
    if asked.what:
        yield AccessRecord.what == asked.what
    if asked.number:
        yield AccessRecord.case_number == asked.number.upper()
    if asked.result:
        yield AccessRecord.success.is_(False)
    if asked.since:
        yield AccessRecord.at >= _midnight(asked.since)
    if asked.until:
        yield AccessRecord.at < _midnight(asked.until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return at(day, time())


def _line(record: AccessRecord, name: str | None) -> AuditLine:
    known = record.what in {kind.value for kind in Access}
    return AuditLine(
        id=record.id,
        at=record.at,
        username=record.username,
        name=name,
        what=Access(record.what) if known else None,
        case_number=record.case_number,
        success=record.success,
        detail=record.detail,
        ip=record.ip,
        request_id=record.request_id,
    )


def _cells(line: AuditLine) -> list[str]:
    return [
        f"{local(line.at):%Y-%m-%d %H:%M:%S}",
        line.username or "",
        line.name or "",
        line.what_words,
        line.case_number or "",
        "成功" if line.success else "失败",
        line.detail or "",
        line.ip or "",
        line.request_id or "",
    ]


def _conditions(asked: AuditSearch) -> str:
    """What was asked for, as the log keeps it."""
    given = {
        "人员": asked.person,
        "事项": asked.what and label(asked.what),
        "工单": asked.number,
        "自": asked.since,
        "至": asked.until,
        "结果": asked.result and "失败",
    }
    return "，".join(f"{name}：{value}" for name, value in given.items() if value) or "全部"
