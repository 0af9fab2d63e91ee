"""What a petitioner must be told of the way of their petition: dates, organs, numbers.

Registration, each transfer with its date and receiver, acceptance, refusal, extension, opinion,
review. What was decided and not yet told on paper is not on it. Source: 《信访事项网上办理工作规程
（试行）》; docs/rules/petition.md §8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.petition_vocabulary import Disposal, ReviewOutcome, ReviewStage
from casetracker.domain.vocabulary import Action, Part, State
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition, PetitionReview
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Assignment


class Disclosed(StrEnum):
    """One kind of fact; its words stand in `portal.petition_words`."""

    SENT_HERE = "sent_here"
    REGISTERED = "registered"
    TOLD = "told"
    ACCEPTED = "accepted"
    FORWARDED = "forwarded"
    ASSIGNED_DOWN = "assigned_down"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    REFUSED_AGAIN = "refused_again"
    RETURNED = "returned"
    ASSIGNED = "assigned"
    EXTENDED = "extended"
    ANSWERED = "answered"
    EXECUTED = "executed"
    REVIEW_ASKED = "review_asked"
    REVIEW_DECIDED = "review_decided"
    FINAL_REVIEW_ASKED = "final_review_asked"
    FINAL_REVIEW_DECIDED = "final_review_decided"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One fact: `organ` is to or from whom, `until` the date that it set."""

    what: Disclosed
    on: datetime | date
    organ: str | None = None
    number: str | None = None
    until: datetime | None = None
    outcome: ReviewOutcome | None = None


SENT_ON = {
    Disposal.FORWARDED: Disclosed.FORWARDED,
    Disposal.ASSIGNED_DOWN: Disclosed.ASSIGNED_DOWN,
    Disposal.REDIRECTED: Disclosed.REDIRECTED,
    Disposal.REFUSED: Disclosed.REFUSED,
    Disposal.REFUSED_AGAIN: Disclosed.REFUSED_AGAIN,
}
ASKED = {
    ReviewStage.REVIEW: Disclosed.REVIEW_ASKED,
    ReviewStage.FINAL_REVIEW: Disclosed.FINAL_REVIEW_ASKED,
}
DECIDED = {
    ReviewStage.REVIEW: Disclosed.REVIEW_DECIDED,
    ReviewStage.FINAL_REVIEW: Disclosed.FINAL_REVIEW_DECIDED,
}


def disclosures_of(
    session: Session, ref: Reference, case: Case, row: Petition, reviews: list[PetitionReview]
) -> tuple[Disclosure, ...]:
    """All of them in the order in which they happened."""
    found = [
        *_arrival(case, row),
        *_told(case, row),
        *_assigned(session, ref, case),
        *_extended(session, case),
        *_answered(row),
        *_reviewed(reviews),
        *_ended(case, row),
    ]
    return tuple(sorted(found, key=_day))


def _day(one: Disclosure) -> date:
    """Steps of the same day stay in the order of the procedure."""
    return local_date(one.on) if isinstance(one.on, datetime) else one.on


def _arrival(case: Case, row: Petition) -> Iterator[Disclosure]:
    if row.sender is not None and row.sent_on is not None:
        yield Disclosure(Disclosed.SENT_HERE, row.sent_on, row.sender, row.sent_number)
    yield Disclosure(Disclosed.REGISTERED, case.received_at)


def _told(case: Case, row: Petition) -> Iterator[Disclosure]:
    if row.accepted_at is not None:
        yield Disclosure(Disclosed.ACCEPTED, row.accepted_at)
    if row.disposal is Disposal.RETURNED and case.state is State.REFERRED and case.closed_at:
        yield Disclosure(Disclosed.RETURNED, case.closed_at, row.organ)
    if row.notified_at is not None and row.notified_at != row.served_at:
        what = SENT_ON.get(row.disposal, Disclosed.TOLD) if row.disposal else Disclosed.TOLD
        yield Disclosure(what, row.notified_at, row.organ)


def _assigned(session: Session, ref: Reference, case: Case) -> Iterator[Disclosure]:
    """Each unit that it was given to, not only the one that has it now."""
    parts = select(Assignment.assigned_at, Assignment.unit_id).where(
        Assignment.case_id == case.id, Assignment.part == Part.LEAD
    )
    for part in session.execute(parts.order_by(Assignment.id)):
        yield Disclosure(Disclosed.ASSIGNED, part.assigned_at, ref.unit_name(part.unit_id))


def _extended(session: Session, case: Case) -> Iterator[Disclosure]:
    granted = select(TimelineEntry.at, TimelineEntry.payload).where(
        TimelineEntry.case_id == case.id,
        TimelineEntry.action == Action.DECIDE_EXTENSION,
        TimelineEntry.outcome == "granted",
    )
    for entry in session.execute(granted.order_by(TimelineEntry.seq)):
        until = datetime.fromisoformat(entry.payload["due_at"])
        yield Disclosure(Disclosed.EXTENDED, entry.at, until=until)


def _answered(row: Petition) -> Iterator[Disclosure]:
    if row.served_at is not None:
        yield Disclosure(Disclosed.ANSWERED, row.served_at, number=row.opinion_number)
    if row.executed_at is not None:
        yield Disclosure(Disclosed.EXECUTED, row.executed_at)


def _reviewed(reviews: list[PetitionReview]) -> Iterator[Disclosure]:
    for review in reviews:
        yield Disclosure(ASKED[review.stage], review.requested_at, review.organ)
        if review.decided_at is not None:
            yield Disclosure(
                DECIDED[review.stage],
                review.decided_at,
                review.organ,
                review.number,
                outcome=review.outcome,
            )


def _ended(case: Case, row: Petition) -> Iterator[Disclosure]:
    if row.concluded_at is not None:
        yield Disclosure(Disclosed.CONCLUDED, row.concluded_at)
    if case.state is State.WITHDRAWN and case.closed_at is not None:
        yield Disclosure(Disclosed.WITHDRAWN, case.closed_at)
