"""Signs in the month's figures by unit, the cases behind each, and who looked at them.

Nothing here is a verdict: what is past its threshold waits to be looked at (待核实).
Source: docs/rules/appraisal.md §5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound
from casetracker.domain.honesty import BY_CODE, INDICATORS, Indicator
from casetracker.domain.permissions import Right
from casetracker.domain.rates import WUHAN_DEFAULT, period_of
from casetracker.persistence.account import Account
from casetracker.persistence.appraisal import HonestyCheck
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseFilter, CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.persistence.queries.reference import Reference, UnitFacts, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.commands.appraising import CheckSign
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query, use_case
from casetracker.stats.honesty import SignCount, cases_showing, sign_counts

PAGE = 50
IN_ORDER = Sort.RECEIVED


@dataclass(frozen=True, slots=True)
class CheckView:
    """Who looked at it, what they found, and whether it goes into the month's report."""

    note: str
    in_report: bool
    checked_by: str
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class UnitSign:
    """One unit's figure; `check` is the latest look at it."""

    unit_code: str
    unit: str
    found: int
    counted: int
    is_past: bool
    check: CheckView | None

    @property
    def is_raised(self) -> bool:
        """Past its threshold, or looked at: on top of the others."""
        return self.is_past or self.check is not None


@dataclass(frozen=True, slots=True)
class SignTable:
    """One indicator: the units that show it, most first, and the figure of all units in reach."""

    indicator: Indicator
    rows: tuple[UnitSign, ...]
    found: int
    counted: int

    @property
    def waiting(self) -> int:
        """Units past the threshold at which nobody looked."""
        return sum(row.is_past and row.check is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class SignCases:
    """The cases behind one figure, with every look at it, the latest first."""

    indicator: Indicator
    unit: UnitFacts | None
    rows: tuple[CaseRow, ...]
    next_cursor: str | None
    checks: tuple[CheckView, ...]


@query
def sign_tables(ctx: Context, session: Session, month: str) -> tuple[SignTable, ...]:
    """Every indicator for a calendar month; a fixed number of statements. Raises InvalidInput."""
    ref = reference(session)
    window = period_of(WUHAN_DEFAULT, month)
    scope = scope_of(ctx.actor, ref)
    looked = _latest_checks(session, month)
    return tuple(
        _table(ref, one, sign_counts(session, scope, one, window), looked) for one in INDICATORS
    )


@query
def cases_of_sign(
    ctx: Context, session: Session, code: str, month: str, unit_code: str | None,
    cursor: str | None = None,
) -> SignCases:  # fmt: skip
    """One page of exactly the cases of a figure. Raises NotFound, InvalidInput."""
    ref = reference(session)
    indicator, unit = _indicator(code), _unit(ref, unit_code) if unit_code else None
    where = cases_showing(indicator, period_of(WUHAN_DEFAULT, month))
    if unit is not None:
        where = and_(where, Case.lead_unit_id == unit.id)
    scope = and_(visible(scope_of(ctx.actor, ref)), where)
    place = read_cursor(cursor, IN_ORDER) if cursor else None
    question = Question(CaseFilter(), scope, ref, ctx.now)
    page = read_page(session, question, IN_ORDER, place=place, limit=PAGE)
    checks = _checks(session, month, indicator, unit) if unit else ()
    next_cursor = page.next.cursor() if page.next else None
    return SignCases(indicator, unit, page.rows, next_cursor, checks)


@use_case
def check_sign(
    ctx: Context, session: Session, code: str, month: str, unit_code: str, command: CheckSign
) -> None:
    """核实: a supervisor looked at the figure and says what it was. Earlier looks stay.

    Raises NotPermitted, NotFound, InvalidInput for a bad month.
    """
    require_right(ctx, Right.CASES_SUPERVISE)
    indicator, unit = _indicator(code), _unit(reference(session), unit_code)
    period_of(WUHAN_DEFAULT, month)
    session.add(
        HonestyCheck(
            indicator=indicator.code,
            month=month,
            unit_id=unit.id,
            note=command.note,
            in_report=command.in_report,
            checked_by=ctx.actor.account_id,
            checked_at=ctx.now,
        )
    )
    words = f"{month} {unit.name} {indicator.name_zh}"
    note_access(ctx, session, Access.SIGN_CHECKED, words)


def _indicator(code: str) -> Indicator:
    if code not in BY_CODE:
        raise NotFound(indicator=code)
    return BY_CODE[code]


def _unit(ref: Reference, code: str) -> UnitFacts:
    unit = ref.unit_named(code)
    if unit is None:
        raise NotFound(unit=code)
    return unit


def _table(
    ref: Reference, indicator: Indicator, counts: Any, looked: Mapping[tuple[str, int], CheckView]
) -> SignTable:
    rows = [
        _row(ref.units[one.unit_id], indicator, one, looked.get((indicator.code, one.unit_id)))
        for one in counts
        if one.found and one.unit_id is not None
    ]
    rows.sort(key=lambda row: (not row.is_past, -row.found, row.unit_code))
    found, counted = (sum(getattr(one, name) for one in counts) for name in ("found", "counted"))
    return SignTable(indicator, tuple(rows), found, counted)


def _row(
    unit: UnitFacts, indicator: Indicator, one: SignCount, check: CheckView | None
) -> UnitSign:
    is_past = indicator.is_past(one.found, one.counted, one.satisfied)
    return UnitSign(unit.code, unit.name, one.found, one.counted, is_past, check)


def _latest_checks(session: Session, month: str) -> Mapping[tuple[str, int], CheckView]:
    rows = session.execute(
        select(HonestyCheck, Account.name)
        .join(Account, Account.id == HonestyCheck.checked_by)
        .where(HonestyCheck.month == month)
        .order_by(HonestyCheck.id)
    )
    return {(row.indicator, row.unit_id): _check(row, name) for row, name in rows}


def _checks(
    session: Session, month: str, indicator: Indicator, unit: UnitFacts
) -> tuple[CheckView, ...]:
    rows = session.execute(
        select(HonestyCheck, Account.name)
        .join(Account, Account.id == HonestyCheck.checked_by)
        .where(
            HonestyCheck.month == month,
            HonestyCheck.indicator == indicator.code,
            HonestyCheck.unit_id == unit.id,
        )
        .order_by(HonestyCheck.id.desc())
    )
    return tuple(_check(row, name) for row, name in rows)


def _check(row: HonestyCheck, name: str) -> CheckView:
    return CheckView(row.note, row.in_report, name, row.checked_at)
