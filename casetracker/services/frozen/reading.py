"""Frozen months with their corrections, as pages list them, and their files."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound
from casetracker.domain.frozen.changes import MonthChanges, ProfileChanges
from casetracker.domain.permissions import Right
from casetracker.domain.reports.periods import ReportPeriod, Span, report_period
from casetracker.domain.vocabulary import Role
from casetracker.persistence.case import Case
from casetracker.persistence.frozen import FrozenFile, FrozenMonth, MonthCorrection
from casetracker.persistence.queries.frozen_months import (
    AS_FROZEN,
    corrections_of,
    definitions_kept,
    files_of,
    frozen_month,
    frozen_months,
    last_number,
)
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.case_reading.opening_files import OpenFile
from casetracker.services.context import Context, require_right
from casetracker.services.frozen.kept_changes import changes_from_json
from casetracker.services.frozen.periods import is_over, last_over, profiles_of
from casetracker.services.reports.making import MIMES
from casetracker.services.scoping import scope_of
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import query, use_case

LISTED = 13


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month that is over; `frozen` None where it was not frozen."""

    period: ReportPeriod
    frozen: FrozenMonth | None
    corrections: int


@dataclass(frozen=True, slots=True)
class FrozenView:
    """A frozen month: by which definitions, what was printed, what was corrected."""

    period: ReportPeriod
    row: FrozenMonth
    definitions: tuple[tuple[str, str], ...]
    files: dict[str, FrozenFile]
    corrections: tuple[MonthCorrection, ...]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction as it was issued; cases that may not be seen any more are left out."""

    period: ReportPeriod
    row: MonthCorrection
    changes: MonthChanges
    files: dict[str, FrozenFile]
    is_last: bool


@query
def month_lines(ctx: Context, session: Session) -> list[MonthLine]:
    """The last months that are over and every frozen one, the newest first."""
    require_right(ctx, Right.REPORTS)
    frozen = {row.month: row for row in frozen_months(session)}
    months, period = set(frozen), last_over(session, ctx.now)
    for _ in range(LISTED):
        months.add(period.key)
        period = period.previous()
    return [
        MonthLine(
            ReportPeriod(Span.MONTH, month),
            frozen.get(month),
            len(corrections_of(session, month)) if month in frozen else 0,
        )
        for month in sorted(months, reverse=True)
    ]


@query
def may_be_frozen(ctx: Context, session: Session, period: ReportPeriod) -> bool:
    """Whether the month is over; whether it was frozen already is another question."""
    return is_over(period, profiles_of(session, period), ctx.now)


@query
def frozen_view(ctx: Context, session: Session, month: str) -> FrozenView | None:
    """None where the month was not frozen. Raises NotPermitted."""
    require_right(ctx, Right.REPORTS)
    row = frozen_month(session, month)
    if row is None:
        return None
    return FrozenView(
        report_period(Span.MONTH, month),
        row,
        tuple((one["name"], one["version"]) for one in definitions_kept(session, month)),
        files_of(session, month, AS_FROZEN),
        tuple(corrections_of(session, month)),
    )


@query
def correction_view(ctx: Context, session: Session, month: str, number: int) -> CorrectionView:
    """Raises NotPermitted, NotFound."""
    require_right(ctx, Right.REPORTS)
    row = session.get(MonthCorrection, (month, number))
    if row is None:
        raise NotFound(month=month)
    changes = changes_from_json(row.changes)
    seen = _seen(ctx, session, changes)
    profiles = tuple(_only(one, seen) for one in changes.profiles)
    return CorrectionView(
        report_period(Span.MONTH, month),
        row,
        MonthChanges(changes.month, changes.number, changes.since, changes.as_of, profiles),
        files_of(session, month, number),
        number == last_number(session, month),
    )


def _seen(ctx: Context, session: Session, changes: MonthChanges) -> set[int]:
    ids = [case.case_id for one in changes.profiles for case in one.cases]
    scope, found = scope_of(ctx.actor, reference(session)), set[int]()
    for start in range(0, len(ids), 500):
        batch = ids[start : start + 500]
        found |= set(session.scalars(select(Case.id).where(Case.id.in_(batch), visible(scope))))
    return found


def _only(changes: ProfileChanges, seen: set[int]) -> ProfileChanges:
    cases = tuple(case for case in changes.cases if case.case_id in seen)
    hidden = len(changes.cases) - len(cases)
    return ProfileChanges(
        changes.profile, changes.name, changes.version, changes.figures, cases,
        changes.case_count - hidden,
    )  # fmt: skip


@use_case
def open_frozen_file(
    ctx: Context, session: Session, month: str, file_format: str, number: int = AS_FROZEN
) -> OpenFile:
    """A file as it was printed when the month was frozen (0) or corrected; the look is kept.

    Raises NotPermitted, NotFound where there is none or it is gone from the disk.
    """
    if Role.SYSTEM not in ctx.actor.roles:
        require_right(ctx, Right.REPORTS)
    row = files_of(session, month, number).get(file_format)
    if row is None:
        raise NotFound(month=month)
    what = f"更正通知（第{number}次）" if number else "月度通报"
    name = f"{what}{month}.{file_format}"
    note_access(ctx, session, Access.REPORT_KEPT, f"下载{name}（已冻结）")
    try:
        content = file_store().open(row.name)
    except FileNotFoundError:
        raise NotFound(month=month) from None
    return OpenFile(name, MIMES[file_format], row.size, row.sha256, content)
