"""What every registration of a case writes, whichever door or step it comes by."""

from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.history import commitment
from casetracker.domain.numbering import case_number
from casetracker.domain.vocabulary import Action, Role, Track, Visibility
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services.numbers import next_in, next_with_gaps
from casetracker.services.recording import Entry


def new_number(session: Session, ref: Reference, track: Track, received_at: datetime) -> str:
    """The next number of the track in the year; petitions leave gaps on purpose."""
    year = local(received_at).year
    if track is Track.PETITION:
        prefix = ref.settings["petition_prefix"]
        return case_number(year, next_with_gaps(session, f"{prefix}{year}"), prefix=prefix)
    prefix = ref.settings["number_prefix"]
    return case_number(year, next_in(session, f"{prefix}{year}"), prefix=prefix)


def searchable(case: Case) -> str:
    """What a search looks through; a space keeps phrases of two fields apart."""
    parts = (case.number, case.external_number, case.title, case.content, case.address)
    return " ".join(part for part in parts if part)


def registration_entry(case: Case, role: Role) -> Entry:
    """The first entry of a case, with a mark of what the resident said."""
    salt = case.query_code_hash[:32] if case.query_code_hash else ""
    return Entry(
        action=Action.REGISTER,
        from_state=None,
        to_state=case.state,
        role=role,
        visibility=Visibility.PUBLIC,
        payload={
            "channel": case.channel,
            "kind": case.kind,
            "category_id": case.category_id,
            "urgency": case.urgency,
            "external_number": case.external_number,
            "content_commitment": commitment(case.content, salt),
        },
    )
