"""What a unit may still appeal, and for how long. Source: docs/rules/appraisal.md §2."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.vocabulary import RequestKind, Satisfaction, State
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import DecisionRequest
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

MOST_TO_APPEAL = 50


@dataclass(frozen=True, slots=True)
class Appealable:
    """A closed case that its unit may still appeal; until the end of which day."""

    number: str
    title: str
    unit: str | None
    satisfaction: Satisfaction | None
    closed_at: datetime
    until: datetime
    days_left: int


@query
def appealable(ctx: Context, session: Session) -> tuple[Appealable, ...]:
    """Cases of the reader's units whose resident was not content, while the window is open."""
    ref = reference(session)
    window = timedelta(days=ref.settings["appeal_days"])
    unhappy = or_(Case.satisfaction == Satisfaction.DISSATISFIED, Case.resolved.is_(False))
    appealed = exists().where(
        DecisionRequest.case_id == Case.id, DecisionRequest.kind == RequestKind.APPEAL
    )
    rows = session.scalars(
        select(Case)
        .where(
            Case.closed_at >= ctx.now - window,
            Case.state == State.CLOSED,
            Case.excluded.is_(None),
            unhappy,
            ~appealed,
            visible(scope_of(ctx.actor, ref)),
        )
        .order_by(Case.closed_at, Case.id)
        .limit(MOST_TO_APPEAL)
    )
    return tuple(_appealable(ctx, ref, case, window) for case in rows)


def _appealable(ctx: Context, ref: Reference, case: Case, window: timedelta) -> Appealable:
    assert case.closed_at is not None, "only what was closed is listed"
    until = case.closed_at + window
    return Appealable(
        number=case.number,
        title=case.title,
        unit=ref.unit_name(case.lead_unit_id),
        satisfaction=case.satisfaction,
        closed_at=case.closed_at,
        until=until,
        days_left=(local_date(until) - local_date(ctx.now)).days,
    )
