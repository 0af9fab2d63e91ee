"""How many judgements a month had and what they found (诉求合理率、履职到位率).

Source: docs/rules/appraisal.md §3.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.rates import WUHAN_DEFAULT, Window, period_of
from casetracker.domain.vocabulary import RequestStatus
from casetracker.persistence.appraisal import Judgement
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import DecisionRequest
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

FINDINGS: dict[str, ColumnElement[bool]] = {
    "reasonable": Judgement.demand_reasonable.is_(True),
    "unreasonable": Judgement.demand_reasonable.is_(False),
    "done": Judgement.duty_done.is_(True),
    "not_done": Judgement.duty_done.is_(False),
}


@dataclass(frozen=True, slots=True)
class JudgementCounts:
    """Confirmed judgements of a month: how many, and what they found."""

    judged: int
    reasonable: int
    done: int


@query
def judgement_counts(ctx: Context, session: Session, month: str) -> JudgementCounts:
    """诉求合理率 and 履职到位率 of the judgements held in the month. Raises InvalidInput."""
    ref = reference(session)
    row = session.execute(
        select(
            func.count(),
            func.count().filter(FINDINGS["reasonable"]),
            func.count().filter(FINDINGS["done"]),
        )
        .select_from(Judgement)
        .join(DecisionRequest, DecisionRequest.id == Judgement.request_id)
        .join(Case, Case.id == Judgement.case_id)
        .where(
            DecisionRequest.status == RequestStatus.GRANTED,
            held_in(month),
            visible(scope_of(ctx.actor, ref)),
        )
    ).one()
    return JudgementCounts(*row)


def month_window(month: str) -> Window:
    """The calendar month in Shanghai."""
    return period_of(WUHAN_DEFAULT, month)


def held_in(month: str) -> ColumnElement[bool]:
    """The panel sat in that month."""
    start, end = (local_date(moment) for moment in month_window(month))
    return and_(Judgement.held_on >= start, Judgement.held_on < end)
