"""The register of supervision orders (督办登记簿): with status, filters, counts; and 挂牌督办.

Source: docs/rules/supervision.md 2; docs/rules/hotline.md rows 23 and 24c.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.days import at
from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.oversight_vocabulary import OrderStatus
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import State, SuperviseLevel, SuperviseTrigger
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import SupervisionOrder
from casetracker.services import lookup
from casetracker.services.commands.oversight import OrderSearch
from casetracker.services.context import Context, require_right
from casetracker.services.oversight.months import in_month
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

MOST, PAGE, PRINTED = 100, 50, 5000
Answerer, Issuer = aliased(Account, name="answerer"), aliased(Account, name="issuer")
WAITS = SupervisionOrder.closed_at.is_(None)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order with its case; the unit answers by `due_at`; no `standing` once it is closed."""

    id: int
    order: str
    number: str
    version: int
    title: str
    state: State
    is_open: bool
    unit: str | None
    level: SuperviseLevel
    trigger: SuperviseTrigger
    requirement: str
    plan: str | None
    issued_at: datetime
    issued_by: str | None
    feedback: str | None
    feedback_at: datetime | None
    feedback_by: str | None
    sent_back_count: int
    closed_at: datetime | None
    due_at: datetime | None
    standing: Standing | None
    status: OrderStatus


@dataclass(frozen=True, slots=True)
class Orders:
    """One page, and how many orders there are of each status under the same filters."""

    orders: tuple[OrderLine, ...]
    total: int
    counts: Mapping[OrderStatus, int]


@query
def open_orders(ctx: Context, session: Session) -> Orders:
    """Orders to be struck off: answered ones first, then by when the answer is due."""
    ref = reference(session)
    where = [WAITS, visible(scope_of(ctx.actor, ref))]
    first = case((SupervisionOrder.feedback_at.is_(None), 1), else_=0)
    chosen = _lines(where).order_by(first, Clock.due_at, SupervisionOrder.id).limit(MOST)
    return _orders(ctx, session, ref, chosen, where)


@query
def listed_orders(ctx: Context, session: Session) -> Orders:
    """挂牌督办: what is on the list now, what is due first on top."""
    ref = reference(session)
    where = [
        WAITS, SupervisionOrder.level == SuperviseLevel.LISTED,
        visible(scope_of(ctx.actor, ref)),
    ]  # fmt: skip
    chosen = _lines(where).order_by(Clock.due_at, SupervisionOrder.id).limit(MOST)
    return _orders(ctx, session, ref, chosen, where)


@query
def order_register(
    ctx: Context, session: Session, asked: OrderSearch, *, page: int | None = 1
) -> Orders:
    """The register, newest first; without a page as many as fit on paper.

    Raises InvalidInput for an unknown unit or month, NotPermitted.
    """
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    where = [visible(scope_of(ctx.actor, ref)), *_asked(asked, ref)]
    here = list(where)
    if asked.status is not None:
        here.append(_has_status(asked.status, ctx.now))
    newest = (SupervisionOrder.issued_at.desc(), SupervisionOrder.id.desc())
    chosen = _lines(here).order_by(*newest)
    size = PRINTED if page is None else PAGE
    chosen = chosen.offset(((page or 1) - 1) * size).limit(size)
    return _orders(ctx, session, ref, chosen, where)


def _asked(asked: OrderSearch, ref: Reference) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.unit is not None:
        unit = lookup.any_unit(ref, "unit", asked.unit)
        found.append(SupervisionOrder.unit_id.in_(ref.with_children(unit.id)))
    if asked.level is not None:
        found.append(SupervisionOrder.level == asked.level)
    if asked.trigger is not None:
        found.append(SupervisionOrder.trigger == asked.trigger)
    if asked.month is not None:
        found.append(in_month(SupervisionOrder.issued_at, asked.month))
    if asked.since is not None:
        found.append(SupervisionOrder.issued_at >= at(asked.since, time.min))
    if asked.until is not None:
        found.append(SupervisionOrder.issued_at < at(asked.until + timedelta(days=1), time.min))
    return found


def _has_status(status: OrderStatus, now: datetime) -> ColumnElement[bool]:
    unanswered = and_(WAITS, SupervisionOrder.feedback_at.is_(None))
    is_late = func.coalesce(Clock.due_at < now, false())
    conditions: dict[OrderStatus, ColumnElement[bool]] = {
        OrderStatus.OPEN: and_(unanswered, ~is_late),
        OrderStatus.LATE: and_(unanswered, is_late),
        OrderStatus.ANSWERED: and_(WAITS, SupervisionOrder.feedback_at.is_not(None)),
        OrderStatus.CLOSED: SupervisionOrder.closed_at.is_not(None),
    }
    return conditions[status]


def _joined(columns: Any) -> Any:
    """Orders with their case and the clock of the feedback."""
    return (
        columns.select_from(SupervisionOrder)
        .join(Case, Case.id == SupervisionOrder.case_id)
        .outerjoin(
            Clock,
            (Clock.case_id == Case.id)
            & (Clock.limit_code == "supervise")
            & (Clock.subject_id == SupervisionOrder.id),
        )
    )


def _lines(where: Sequence[ColumnElement[bool]]) -> Select[Any]:
    columns = select(
        SupervisionOrder, Case.number, Case.version, Case.title, Case.state, Case.is_open,
        Clock.due_at, Clock.warn_at, Answerer.name.label("answerer"), Issuer.name.label("issuer"),
    )  # fmt: skip
    return (
        _joined(columns)
        .outerjoin(Answerer, Answerer.id == SupervisionOrder.feedback_by)
        .outerjoin(Issuer, Issuer.id == SupervisionOrder.issued_by)
        .where(*where)
    )


def _orders(
    ctx: Context, session: Session, ref: Reference, chosen: Select[Any],
    where: Sequence[ColumnElement[bool]],
) -> Orders:  # fmt: skip
    """Two statements: the page, and the counts."""
    rows = session.execute(chosen).all()
    tallies = [func.sum(case((_has_status(one, ctx.now), 1), else_=0)) for one in OrderStatus]
    counted = session.execute(_joined(select(*tallies)).where(*where)).one()
    counts = {one: int(n or 0) for one, n in zip(OrderStatus, counted, strict=True)}
    lines = tuple(_line(row, ref, ctx.now) for row in rows)
    return Orders(lines, sum(counts.values()), counts)


def _line(row: Any, ref: Reference, now: datetime) -> OrderLine:
    order: SupervisionOrder = row[0]
    status = _status(order, row.due_at, now)
    shows_due = row.due_at is not None and status is not OrderStatus.CLOSED
    return OrderLine(
        id=order.id,
        order=order.number,
        number=row.number,
        version=row.version,
        title=row.title,
        state=row.state,
        is_open=row.is_open,
        unit=ref.unit_name(order.unit_id),
        level=order.level,
        trigger=order.trigger,
        requirement=order.requirement,
        plan=order.plan,
        issued_at=order.issued_at,
        issued_by=row.issuer,
        feedback=order.feedback,
        feedback_at=order.feedback_at,
        feedback_by=row.answerer,
        sent_back_count=order.sent_back_count,
        closed_at=order.closed_at,
        due_at=row.due_at,
        standing=standing(row.due_at, row.warn_at, now) if shows_due else None,
        status=status,
    )


def _status(order: SupervisionOrder, due_at: datetime | None, now: datetime) -> OrderStatus:
    if order.closed_at is not None:
        return OrderStatus.CLOSED
    if order.feedback_at is not None:
        return OrderStatus.ANSWERED
    return OrderStatus.LATE if due_at is not None and due_at < now else OrderStatus.OPEN
