"""The facts that guards of the petition track look at, and the dates by which it is judged."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import end_of_day, local_date
from casetracker.domain.petition_facts import PetitionFacts
from casetracker.domain.vocabulary import Satisfaction, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Opinion, Petition, Recusal
from casetracker.services.steps.clocks import Clocks

TAKEN_WITHIN = timedelta(days=30)
"""登记 + 30 日, the responsible unit's side of 及时受理率 (docs/rules/rates.md X5)."""


def petition_facts(session: Session, case: Case, clocks: Clocks) -> PetitionFacts | None:
    """None for a case of the hotline."""
    row = session.get(Petition, case.id) if case.track is Track.PETITION else None
    if row is None:
        return None
    draft = session.execute(
        select(Opinion.drafted_by, Opinion.checked_by)
        .where(Opinion.case_id == case.id)
        .order_by(Opinion.id.desc())
        .limit(1)
    ).one_or_none()
    recused = session.scalars(select(Recusal.account_id).where(Recusal.case_id == case.id))
    return PetitionFacts(
        petition_class=row.petition_class,
        subroute=row.subroute,
        was_sent_here=row.sender is not None,
        objection_window_open=window_open(clocks, "objection5"),
        drafted_by=draft.drafted_by if draft else None,
        checked_by=draft.checked_by if draft else None,
        recused=frozenset(recused),
        is_settled=row.settled_at is not None,
        evaluation_window_open=window_open(clocks, "evaluate"),
        is_unhappy=case.satisfaction is Satisfaction.DISSATISFIED,
    )


def window_open(clocks: Clocks, code: str) -> bool:
    """Whether the limit runs and is not over."""
    return any(clock.due_at >= clocks.now for clock in clocks.live(code))


def first_limits(clocks: Clocks) -> dict[str, datetime]:
    """The dates by which telling and taking are judged, from the day of receipt."""
    notice = clocks.live("notify15")[0]
    return {
        "notify_due_at": notice.due_at,
        "notice_limit_at": notice.due_raw,
        "take_limit_at": taken_by(notice.started_at),
    }


def taken_by(received_at: datetime) -> datetime:
    """The end of the thirtieth day after the one on which it came in."""
    return end_of_day(local_date(received_at) + TAKEN_WITHIN)
