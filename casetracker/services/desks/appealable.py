"""What a unit may still appeal, and for how long. Source: docs/rules/appraisal.md §2."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.vocabulary import Action, RequestKind, Satisfaction, State, Track
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import DecisionRequest
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.steps.case_facts import appealed_from
from casetracker.services.use_case import query

MOST_TO_APPEAL = 50
UNHAPPY = Case.satisfaction == Satisfaction.DISSATISFIED
OF_A_PETITION = sorted(WORKFLOWS[Track.PETITION].row(Action.APPEAL).sources)


@dataclass(frozen=True, slots=True)
class Appealable:
    """What its unit may still appeal; `since` closed or, a petition, judged; until the end of
    which day.
    """

    track: Track
    number: str
    title: str
    unit: str | None
    satisfaction: Satisfaction | None
    since: datetime
    until: datetime
    days_left: int


@query
def appealable(ctx: Context, session: Session) -> tuple[Appealable, ...]:
    """Cases of the reader's units whose resident was not content, while the window is open."""
    ref = reference(session)
    window = timedelta(days=ref.settings["appeal_days"])
    appealed = exists().where(
        DecisionRequest.case_id == Case.id, DecisionRequest.kind == RequestKind.APPEAL
    )
    common = (Case.excluded.is_(None), ~appealed, visible(scope_of(ctx.actor, ref)))
    found = (
        _appealable(ctx, ref, case, window)
        for asked in (_closed(ctx.now - window), _judged(ctx.now - window, ctx.now))
        for case in session.scalars(asked.where(*common).limit(MOST_TO_APPEAL))
    )
    return tuple(sorted(found, key=lambda one: (one.since, one.number)))[:MOST_TO_APPEAL]


def _closed(since: datetime) -> Select[Case]:
    """Of the hotline: closed since then, dissatisfied or unsolved."""
    unhappy = or_(UNHAPPY, Case.resolved.is_(False))
    return (
        select(Case)
        .where(Case.closed_at >= since, Case.state == State.CLOSED, unhappy)
        .order_by(Case.closed_at, Case.id)
    )


def _judged(since: datetime, until: datetime) -> Select[Case]:
    """Petitions whose responsible unit was judged 不满意 in that time."""
    return (
        select(Case)
        .join(Petition, Petition.case_id == Case.id)
        .where(Petition.judged_at.between(since, until), Case.state.in_(OF_A_PETITION), UNHAPPY)
        .order_by(Petition.judged_at, Case.id)
    )


def _appealable(ctx: Context, ref: Reference, case: Case, window: timedelta) -> Appealable:
    since = appealed_from(case)
    assert since is not None, "only what was closed or judged is listed"
    until = since + window
    return Appealable(
        track=case.track,
        number=case.number,
        title=case.title,
        unit=ref.unit_name(case.lead_unit_id),
        satisfaction=case.satisfaction,
        since=since,
        until=until,
        days_left=(local_date(until) - local_date(ctx.now)).days,
    )
