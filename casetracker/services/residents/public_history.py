"""The entries of a case's history that its resident may read, without names and inner words.

Who wrote an entry is told as "you" or as a unit. Free text is shown only where it was meant for
the resident. Source: docs/rules/hotline.md §2.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.history import known_time
from casetracker.domain.privacy import mask_text
from casetracker.domain.vocabulary import Action, Role, Track, Visibility
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.timeline import TimelineEntry, TimelineText

DISCLOSED_APART = frozenset(
    {
        Action.REGISTER,
        Action.ACCEPT,
        Action.SERVE,
        Action.DECIDE_EXTENSION,
        Action.REQUEST_REVIEW,
        Action.DECIDE_REVIEW,
        Action.REQUEST_FINAL_REVIEW,
        Action.DECIDE_FINAL_REVIEW,
    }
)
"""Steps of a petition that stand among its disclosures (`petition_disclosures`)."""
FOR_THE_RESIDENT = frozenset({Action.LOG, Action.DECLINE, Action.REFER, Action.DIRECT_ON})
"""Entries of the office whose text was written for the resident; a reply is shown by itself."""
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One entry. `unit` is None where the resident acted or no name may be told.

    `at` is None where an old system did not keep it; `due_at` is the new date of an extension.
    """

    at: datetime | None
    action: Action
    by_resident: bool
    unit: str | None
    text: str | None
    due_at: datetime | None


def public_events(
    session: Session, ref: Reference, case: Case, *, discreet: bool
) -> tuple[PublicEvent, ...]:
    """Public entries, newest first; `discreet` leaves out every text."""
    rows = session.execute(
        select(TimelineEntry, TimelineText.body)
        .outerjoin(TimelineText, TimelineText.entry_id == TimelineEntry.id)
        .where(
            TimelineEntry.case_id == case.id,
            TimelineEntry.visibility == Visibility.PUBLIC,
            TimelineEntry.outcome != REFUSED,  # what stayed as it was is nothing new
        )
        .order_by(TimelineEntry.seq.desc())
    )
    return tuple(
        PublicEvent(
            at=known_time(entry),
            action=entry.action,
            by_resident=entry.actor_role is Role.RESIDENT,
            unit=_unit(ref, case, entry),
            text=None if discreet else _text(entry, body),
            due_at=_new_date(entry),
        )
        for entry, body in rows
        if case.track is Track.HOTLINE or entry.action not in DISCLOSED_APART
    )


def _text(entry: TimelineEntry, body: str | None) -> str | None:
    if entry.actor_role is Role.RESIDENT:
        return body and mask_text(body)
    return body if entry.action in FOR_THE_RESIDENT else None


def _unit(ref: Reference, case: Case, entry: TimelineEntry) -> str | None:
    if entry.actor_role is Role.RESIDENT:
        return None
    return ref.unit_name(entry.actor_unit_id)


def _new_date(entry: TimelineEntry) -> datetime | None:
    if entry.action is not Action.DECIDE_EXTENSION:
        return None
    due_at = entry.payload.get("due_at")
    return datetime.fromisoformat(due_at) if due_at else None
