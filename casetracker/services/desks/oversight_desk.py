"""What a supervisor has in front of them: open orders with their feedback (督办、销号).

Source: docs/rules/hotline.md rows 23 and 24c.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.vocabulary import ClockStatus, State, SuperviseLevel, SuperviseTrigger
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

MOST = 100


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """A supervision order that is not closed; `due_at` is by when the unit answers."""

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
    issued_at: datetime
    feedback: str | None
    feedback_at: datetime | None
    feedback_by: str | None
    due_at: datetime | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class OpenOrders:
    orders: tuple[OpenOrder, ...]
    total: int


@query
def open_orders(ctx: Context, session: Session) -> OpenOrders:
    """Orders to be closed: answered ones first, then by when the answer is due."""
    ref = reference(session)
    condition = [
        SupervisionOrder.closed_at.is_(None), visible(scope_of(ctx.actor, ref)),
    ]  # fmt: skip
    rows = session.execute(
        select(
            SupervisionOrder, Case.number, Case.version, Case.title, Case.state,
            Case.is_open, Clock.due_at, Clock.warn_at, Account.name.label("answerer"),
        )
        .join(Case, Case.id == SupervisionOrder.case_id)
        .outerjoin(
            Clock,
            (Clock.case_id == Case.id)
            & (Clock.limit_code == "supervise")
            & (Clock.subject_id == SupervisionOrder.id)
            & (Clock.status == ClockStatus.RUNNING),
        )
        .outerjoin(Account, Account.id == SupervisionOrder.feedback_by)
        .where(*condition)
        .order_by(
            case((SupervisionOrder.feedback_at.is_(None), 1), else_=0),
            Clock.due_at,
            SupervisionOrder.id,
        )
        .limit(MOST)
    ).all()  # fmt: skip
    total = session.scalar(
        select(func.count()).select_from(SupervisionOrder).join(Case).where(*condition)
    )
    return OpenOrders(tuple(_order(row, ref, ctx.now) for row in rows), total or 0)


def _order(row: Any, ref: Reference, now: datetime) -> OpenOrder:
    order: SupervisionOrder = row[0]
    return OpenOrder(
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
        issued_at=order.issued_at,
        feedback=order.feedback,
        feedback_at=order.feedback_at,
        feedback_by=row.answerer,
        due_at=row.due_at,
        standing=standing(row.due_at, row.warn_at, now) if row.due_at else None,
    )
