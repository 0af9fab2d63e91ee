"""督办清单: what a supervisor keeps an eye on, each list with its reason, counted as it is listed.

Source: docs/rules/supervision.md 3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing
from casetracker.domain.limits import OF_THE_PETITIONER
from casetracker.domain.oversight_vocabulary import WatchList
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import ClockStatus, State, SuperviseTrigger
from casetracker.labels.oversight_reasons import due_words
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
    read_page,
)
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.within import within
from casetracker.persistence.working import SupervisionOrder
from casetracker.services import lookup
from casetracker.services.context import Context, require_right
from casetracker.services.oversight.rules_in_force import triggers_on
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

PAGE = 50
W = WatchList
OPEN = CaseFilter(is_open=True)
ASKED: Mapping[WatchList, CaseFilter] = {
    W.OVERDUE: CaseFilter(is_open=True, standing=Standing.OVERDUE),
    W.DUE_SOON: CaseFilter(is_open=True, standing=Standing.DUE_SOON),
    W.UNSIGNED: CaseFilter(states=frozenset({State.TO_SIGN})),
    W.RETURNED_OFTEN: OPEN,
    W.NOT_REDONE: OPEN,
    W.HOLD_LATE: CaseFilter(states=frozenset({State.ON_HOLD})),
    W.ASSIST_LATE: OPEN,
    W.ORDERS_LATE: CaseFilter(),
}
LIMITS: Mapping[WatchList, str] = {
    W.UNSIGNED: "sign",
    W.NOT_REDONE: "redo",
    W.HOLD_LATE: "park_review",
    W.ASSIST_LATE: "assist",
    W.ORDERS_LATE: "supervise",
}
"""The limit that is over on each list."""
OF_ANOTHER_UNIT = frozenset({W.ASSIST_LATE, W.ORDERS_LATE})
"""Lists whose unit is the one that was asked, not the one that leads the case."""


@dataclass(frozen=True, slots=True)
class WatchedLine:
    """One case of a list: whom it waits for, and why it stands there."""

    case: CaseRow
    unit: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class WatchPage:
    lines: tuple[WatchedLine, ...]
    total: int
    next_cursor: str | None
    previous_cursor: str | None


@query
def watch_counts(ctx: Context, session: Session, unit: str | None = None) -> dict[WatchList, int]:
    """How many cases each list holds; one statement a list. Raises InvalidInput, NotPermitted."""
    require_right(ctx, Right.OVERSIGHT_READ)
    asking = _Asking.of(ctx, session, unit)
    return {one: count_rows(session, asking.question(one)) for one in WatchList}


@query
def watch_list(
    ctx: Context, session: Session, name: WatchList, *, unit: str | None = None,
    cursor: str | None = None,
) -> WatchPage:  # fmt: skip
    """One page of a list, what is due first on top. Raises InvalidInput, NotPermitted."""
    require_right(ctx, Right.OVERSIGHT_READ)
    asking = _Asking.of(ctx, session, unit)
    question = asking.question(name)
    place = read_cursor(cursor, Sort.DUE) if cursor else None
    page = read_page(session, question, Sort.DUE, place=place, limit=PAGE)
    return WatchPage(
        asking.explained(name, page.rows),
        count_rows(session, question),
        page.next.cursor() if page.next else None,
        page.previous.cursor() if page.previous else None,
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks, when, about which units; `returns` is from how many on a case is returned often."""

    ctx: Context
    session: Session
    ref: Reference
    units: frozenset[int] | None
    unit_id: int | None
    returns: int

    @classmethod
    def of(cls, ctx: Context, session: Session, unit: str | None) -> "_Asking":
        ref = reference(session)
        chosen = lookup.any_unit(ref, "unit", unit) if unit else None
        rules = triggers_on(session, local_date(ctx.now))
        return cls(
            ctx,
            session,
            ref,
            ref.with_children(chosen.id) if chosen else None,
            chosen.id if chosen else None,
            rules[SuperviseTrigger.SHIRKING].numbers["returns"],
        )

    def question(self, name: WatchList) -> Question:
        asked = ASKED[name]
        if self.unit_id is not None and name not in OF_ANOTHER_UNIT:
            asked = replace(asked, unit_id=self.unit_id)
        scope = and_(within(scope_of(self.ctx.actor, self.ref), asked), self._condition(name))
        return Question(asked, scope, self.ref, self.ctx.now)

    def _condition(self, name: WatchList) -> ColumnElement[bool]:
        now = self.ctx.now
        match name:
            case W.UNSIGNED:
                return Case.sign_due_at < now
            case W.RETURNED_OFTEN:
                return Case.return_count >= self.returns
            case W.NOT_REDONE:
                waits = and_(Case.state == State.TO_FOLLOW_UP, Case.is_dissatisfied)
                return or_(waits, and_(Case.state == State.REDO, self._is_over("redo")))
            case W.HOLD_LATE:
                return self._is_over("park_review")
            case W.ASSIST_LATE:  # the earliest date of the case is the way in
                return and_(Case.next_due_at < now, self._is_over("assist", self.units))
            case W.ORDERS_LATE:
                return Case.id.in_(self._late_orders())
        return true()

    def _is_over(self, code: str, units: frozenset[int] | None = None) -> ColumnElement[bool]:
        return select(Clock.id).where(Clock.case_id == Case.id, *self._over(code, units)).exists()

    def _over(self, code: str, units: frozenset[int] | None) -> list[ColumnElement[bool]]:
        found = [
            Clock.limit_code == code,
            Clock.status == ClockStatus.RUNNING,
            Clock.due_at < self.ctx.now,
        ]
        return found if units is None else [*found, Clock.unit_id.in_(units)]

    def _late_orders(self) -> Any:
        return (
            select(SupervisionOrder.case_id)
            .join(
                Clock,
                (Clock.case_id == SupervisionOrder.case_id)
                & (Clock.subject_id == SupervisionOrder.id),
            )
            .where(
                SupervisionOrder.closed_at.is_(None),
                SupervisionOrder.feedback_at.is_(None),
                *self._over("supervise", self.units),
            )
        )

    def explained(self, name: WatchList, rows: Sequence[CaseRow]) -> tuple[WatchedLine, ...]:
        """The rows with their reasons; one more statement."""
        if name is W.RETURNED_OFTEN:
            counts = self._returns([row.id for row in rows])
            return tuple(WatchedLine(r, r.unit, f"已退单 {counts[r.id]} 次") for r in rows)
        clocks = self._clocks(name, [row.id for row in rows])
        return tuple(self._line(row, clocks.get(row.id)) for row in rows)

    def _line(self, row: CaseRow, clock: Any) -> WatchedLine:
        if clock is None:
            return WatchedLine(row, row.unit, "群众不满意，等待处置")
        calendar, today = self.ref.calendar, local_date(self.ctx.now)
        due = local_date(clock.due_at)
        days = calendar.working_days_between(*sorted((today, due)))
        words = due_words(clock.limit_code, clock.due_at, days, is_over=clock.due_at < self.ctx.now)
        asked = clock.unit_id if clock.limit_code in ("assist", "supervise") else None
        return WatchedLine(row, self.ref.unit_name(asked) or row.unit, words)

    def _clocks(self, name: WatchList, ids: Sequence[int]) -> dict[int, Any]:
        """The running limit of each case that brings it here; the earliest of several."""
        query = select(Clock.case_id, Clock.limit_code, Clock.due_at, Clock.unit_id).where(
            Clock.case_id.in_(ids),
            Clock.status == ClockStatus.RUNNING,
            Clock.limit_code.not_in(sorted(OF_THE_PETITIONER)),
        )
        if name in LIMITS:
            query = query.where(Clock.limit_code == LIMITS[name])
        if name in OF_ANOTHER_UNIT and self.units is not None:
            query = query.where(Clock.unit_id.in_(self.units))
        latest_first = query.order_by(Clock.due_at.desc(), Clock.id.desc())
        return {row.case_id: row for row in self.session.execute(latest_first)}

    def _returns(self, ids: Sequence[int]) -> dict[int, int]:
        query = select(Case.id, Case.return_count).where(Case.id.in_(ids))
        return {row.id: row.return_count for row in self.session.execute(query)}
