"""约谈对象: units that the rules name, each reason with its count and what stands behind it.

Worked out when it is read; nothing follows by itself. Source: docs/rules/supervision.md 4.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import NotFound
from casetracker.domain.oversight_vocabulary import TalkReason
from casetracker.domain.permissions import Right
from casetracker.domain.rates import previous_month
from casetracker.domain.vocabulary import ClockStatus
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.oversight import Whistle, WhistleCall
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.case_list import CaseFilter, CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Assignment, SupervisionOrder
from casetracker.services.context import Context, require_right
from casetracker.services.oversight.rules_in_force import talk_rules_on
from casetracker.services.oversight.whistles import is_late
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.groups import group_of
from casetracker.stats.monthly import MonthlyTable, monthly_table

Numbers = Mapping[str, int]
R = TalkReason
MOST = 200
"""Cases of one reason that are listed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is named; `count` is None where it is a rank and no number."""

    reason: TalkReason
    count: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    unit: str
    unit_code: str
    reasons: tuple[Reason, ...]


@query
def talk_candidates(ctx: Context, session: Session) -> tuple[Candidate, ...]:
    """Units with most reasons first; one statement a rule, and the figures of two months."""
    require_right(ctx, Right.OVERSIGHT_READ)
    ref, today = reference(session), local_date(ctx.now)
    found: dict[int, list[Reason]] = {}
    for reason, rule in talk_rules_on(session, today).items():
        if rule.is_on:
            for unit_id, count in _units(ctx, session, ref, reason, rule.numbers).items():
                found.setdefault(unit_id, []).append(Reason(reason, count))
    named = [
        Candidate(ref.units[unit_id].name, ref.units[unit_id].code, tuple(reasons))
        for unit_id, reasons in found.items()
    ]
    return tuple(sorted(named, key=lambda one: (-len(one.reasons), one.unit)))


def _units(
    ctx: Context, session: Session, ref: Reference, reason: TalkReason, numbers: Numbers
) -> dict[int, int | None]:
    """Units for which the rule holds, with how often."""
    if reason is R.WORST_TWICE:
        return dict.fromkeys(_worst_twice(ctx, session, ref, numbers["answers"]))
    named = _named(ctx, ref, reason, numbers).subquery()
    count = func.count(func.distinct(named.c.case_id))
    rows = session.execute(
        select(named.c.unit_id, count).group_by(named.c.unit_id).having(count >= numbers["count"])
    )
    return {row[0]: int(row[1]) for row in rows}


def _named(ctx: Context, ref: Reference, reason: TalkReason, numbers: Numbers) -> Any:
    """Unit and case of everything that the rule counts; of units within reach alone."""
    rows = _COUNTED[reason](ctx, numbers)
    unit = rows.selected_columns[0]
    scope = scope_of(ctx.actor, ref)
    own = unit.is_not(None) if scope.sees_all else unit.in_(scope.units)
    return rows.where(own, visible(scope))


@query
def cases_behind(
    ctx: Context, session: Session, reason: TalkReason, unit: str
) -> tuple[CaseRow, ...]:
    """Exactly the cases that a reason counts for a unit. Raises NotFound."""
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    chosen = ref.unit_named(unit)
    if chosen is None or reason not in _COUNTED:
        raise NotFound(unit=unit)
    rule = talk_rules_on(session, local_date(ctx.now))[reason]
    named = _named(ctx, ref, reason, rule.numbers).subquery()
    behind = Case.id.in_(select(named.c.case_id).where(named.c.unit_id == chosen.id))
    question = Question(CaseFilter(), and_(visible(scope_of(ctx.actor, ref)), behind), ref, ctx.now)
    return read_page(session, question, Sort.RECEIVED_DESC, place=None, limit=MOST).rows


def _since(ctx: Context, numbers: Numbers) -> Any:
    return ctx.now - timedelta(days=numbers["days"])


def _second_overdue(ctx: Context, numbers: Numbers) -> Any:
    """Second rounds whose limit was not kept, by when it was due."""
    return (
        select(Case.lead_unit_id.label("unit_id"), Case.id.label("case_id"))
        .select_from(Clock)
        .join(Case, Case.id == Clock.case_id)
        .where(
            Clock.limit_code == "redo", Clock.due_at >= _since(ctx, numbers),
            or_(Clock.status == ClockStatus.MET_LATE, _runs_late(ctx)),
        )
    )  # fmt: skip


def _much_overdue(ctx: Context, numbers: Numbers) -> Any:
    """Open cases whose answer is late now."""
    return (
        select(Case.lead_unit_id.label("unit_id"), Case.id.label("case_id"))
        .select_from(Case)
        .where(IS_OPEN, Case.handle_due_at < ctx.now, Case.replied_at.is_(None))
    )


def _orders_late(ctx: Context, numbers: Numbers) -> Any:
    """Orders answered after their limit, or not yet though it is over."""
    return (
        select(SupervisionOrder.unit_id.label("unit_id"), Case.id.label("case_id"))
        .join(Case, Case.id == SupervisionOrder.case_id)
        .join(Clock, (Clock.case_id == Case.id) & (Clock.subject_id == SupervisionOrder.id))
        .where(
            Clock.limit_code == "supervise", SupervisionOrder.issued_at >= _since(ctx, numbers),
            func.coalesce(SupervisionOrder.feedback_at, ctx.now) > Clock.due_at,
            Clock.status != ClockStatus.ENDED,
        )
    )  # fmt: skip


def _orders_sent_back(ctx: Context, numbers: Numbers) -> Any:
    return (
        select(SupervisionOrder.unit_id.label("unit_id"), Case.id.label("case_id"))
        .join(Case, Case.id == SupervisionOrder.case_id)
        .where(
            SupervisionOrder.issued_at >= _since(ctx, numbers),
            SupervisionOrder.sent_back_count > 0,
        )
    )


def _whistle_unheard(ctx: Context, numbers: Numbers) -> Any:
    return (
        select(WhistleCall.unit_id.label("unit_id"), Case.id.label("case_id"))
        .join(Whistle, Whistle.id == WhistleCall.whistle_id)
        .join(Assignment, Assignment.id == WhistleCall.assignment_id)
        .join(Case, Case.id == Whistle.case_id)
        .where(Whistle.blown_at >= _since(ctx, numbers), is_late(ctx.now))
    )


def _runs_late(ctx: Context) -> ColumnElement[bool]:
    return (Clock.status == ClockStatus.RUNNING) & (Clock.due_at < ctx.now)


_COUNTED: Mapping[TalkReason, Callable[[Context, Numbers], Any]] = {
    R.SECOND_OVERDUE: _second_overdue,
    R.MUCH_OVERDUE: _much_overdue,
    R.ORDERS_LATE: _orders_late,
    R.ORDERS_SENT_BACK: _orders_sent_back,
    R.WHISTLE_UNHEARD: _whistle_unheard,
}


def _worst_twice(ctx: Context, session: Session, ref: Reference, answers: int) -> set[int]:
    """Last among 村居 or 部门 by satisfaction, in the last month and in the one before."""
    last = previous_month(f"{local_date(ctx.now):%Y-%m}")
    scope = scope_of(ctx.actor, ref)
    if not scope.sees_all:  # a rank among units that one does not see is no rank
        return set()
    months = (last, previous_month(last))
    tables = [monthly_table(session, scope, ctx.now, month=month) for month in months]
    return set.intersection(*(_worst(table, ref, answers) for table in tables))


def _worst(table: MonthlyTable, ref: Reference, answers: int) -> set[int]:
    groups: dict[bool | None, list[tuple[Any, int]]] = {}
    for row in table.rows:
        unit, rate = ref.unit_named(row.key or ""), row.metrics["satisfaction"]
        enough = rate.denominator is not None and rate.denominator >= answers
        if unit is not None and enough and rate.value is not None:
            groups.setdefault(group_of(ref, "unit", unit.id), []).append((rate.value, unit.id))
    return {unit_id for ranked in groups.values() if len(ranked) > 1
            for value, unit_id in ranked if value == min(ranked)[0]}  # fmt: skip
