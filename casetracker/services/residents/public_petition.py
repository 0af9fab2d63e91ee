"""What a petitioner sees of their petition beside what every resident sees of a case.

Source: 《信访工作条例》 art. 21(2), 35, 36; 《信访事项网上办理工作规程（试行）》;
docs/rules/petition.md §8.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.petition_vocabulary import (
    EvaluatedParty,
    OpinionOutcome,
    PetitionClass,
    ReviewStage,
)
from casetracker.domain.vocabulary import Action, Role, Satisfaction, State
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.petition import (
    Opinion,
    Petition,
    PetitionEvaluation,
    PetitionReview,
)
from casetracker.persistence.queries.reference import Reference
from casetracker.services.residents.petition_disclosures import Disclosure, disclosures_of
from casetracker.services.residents.public_papers import (
    PublicPaper,
    may_read_papers,
    public_papers,
)
from casetracker.services.steps.clocks import LIVE
from casetracker.services.steps.petitions.reviews import ASK, ORGAN, REQUEST_WINDOW


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """An opinion (处理意见) or reply as it reached the petitioner."""

    at: datetime
    number: str | None
    is_reply: bool
    outcome: OpinionOutcome | None
    opinion: str
    basis: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ReviewOffer:
    """复查 or 复核 that may be asked for now. Late ones are taken unless `is_closed`."""

    stage: ReviewStage
    organ: str
    until: datetime | None
    is_late: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What was said of each party, and of which ones something may be said `until` then."""

    given: dict[EvaluatedParty, Satisfaction]
    open_for: tuple[EvaluatedParty, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PublicPetition:
    """`organ` is where it went or belongs; `reviewer` the organ above that has it now."""

    organ: str | None
    reviewer: str | None
    is_answered: bool
    disclosures: tuple[Disclosure, ...]
    papers: tuple[PublicPaper, ...]
    answers: tuple[PublicAnswer, ...]
    review: ReviewOffer | None
    evaluations: Evaluations
    may_withdraw: bool


def public_petition(
    session: Session, ref: Reference, case: Case, row: Petition, now: datetime
) -> PublicPetition:
    """The petition side of a case that is not sealed; texts only where its papers may be read."""
    clocks = list(session.scalars(select(Clock).where(Clock.case_id == case.id).order_by(Clock.id)))
    reviews = list(
        session.scalars(
            select(PetitionReview)
            .where(PetitionReview.case_id == case.id)
            .order_by(PetitionReview.id)
        )
    )
    readable = may_read_papers(session, case)
    waiting = next((one for one in reversed(reviews) if one.decided_at is None), None)
    return PublicPetition(
        organ=row.organ if row.notified_at or case.state is State.REFERRED else None,
        reviewer=waiting.organ if waiting else None,
        is_answered=row.served_at is not None,
        disclosures=disclosures_of(session, ref, case, row, reviews),
        papers=public_papers(session, case) if readable else (),
        answers=_answers(session, case) if readable else (),
        review=_review(ref, case, row, clocks, now),
        evaluations=_evaluations(session, case, clocks, now),
        may_withdraw=case.persons == 1 and may(case, Action.WITHDRAW),
    )


def may(case: Case, action: Action) -> bool:
    """Whether the table has a step of that kind for the resident where the case stands."""
    rows = WORKFLOWS[case.track].rows_from(case.state)
    return any(row.action is action and Role.RESIDENT in row.roles for row in rows)


def _answers(session: Session, case: Case) -> tuple[PublicAnswer, ...]:
    """Newest first; one that a review set aside stays to be read."""
    rows = session.scalars(
        select(Opinion)
        .where(Opinion.case_id == case.id, Opinion.served_at.is_not(None))
        .order_by(Opinion.id.desc())
    )
    return tuple(
        PublicAnswer(
            row.served_at, row.number, row.is_reply, row.outcome, row.opinion, row.basis, row.remedy
        )
        for row in rows
        if row.served_at is not None
    )


def _review(
    ref: Reference, case: Case, row: Petition, clocks: list[Clock], now: datetime
) -> ReviewOffer | None:
    """None for what knows no review: a suggestion, or a petition that has not come to it."""
    stage = next((stage for stage, action in ASK.items() if may(case, action)), None)
    if stage is None or row.petition_class is PetitionClass.SUGGESTION:
        return None
    code = REQUEST_WINDOW[stage]
    until = next((c.due_at for c in reversed(clocks) if c.limit_code == code), None)
    is_late = until is not None and now > until
    closes: bool = ref.settings["lapse_closes_procedure"]
    return ReviewOffer(stage, ref.settings[ORGAN[stage]], until, is_late, is_late and closes)


def _evaluations(session: Session, case: Case, clocks: list[Clock], now: datetime) -> Evaluations:
    rows = session.execute(
        select(PetitionEvaluation.party, PetitionEvaluation.satisfaction).where(
            PetitionEvaluation.case_id == case.id
        )
    )
    given = {row.party: row.satisfaction for row in rows}
    running = (
        c.due_at for c in reversed(clocks) if c.limit_code == "evaluate" and c.status in LIVE
    )
    until = next((due_at for due_at in running if due_at >= now), None)
    is_open = until is not None and may(case, Action.EVALUATE)
    left = tuple(party for party in EvaluatedParty if party not in given)
    return Evaluations(given, left if is_open else (), until if is_open else None)
