"""Showing a resident's full name and numbers: with a reason, counted, and written down.

Source: 个人信息保护法 art. 51 and 6; docs/rules/privacy.md.
"""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound, NotPermitted
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.petition_file import people_of
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.case_reading import case_views as shown
from casetracker.services.case_reading.case_file import PersonView
from casetracker.services.case_reading.petition_file import SignerView
from casetracker.services.case_reading.petition_views import signer
from casetracker.services.context import Context
from casetracker.services.looks import count_look, stated_reason
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query, use_case


def reveal_person(ctx: Context, number: str, reason: str) -> PersonView:
    """The resident in full, for somebody who may, who says why, and not too often.

    Every look is kept in the access log, refused ones too. Raises NotFound, NotPermitted,
    InvalidInput without a reason, and TooManyAttempts (code `reveal_limit`) beyond the office's
    `reveals_per_hour`.
    """
    reason = stated_reason(reason)
    count_look(ctx, _looks_per_hour(ctx, number), reason, case_number=number)
    return _reveal(ctx, number, reason)


def reveal_people(
    ctx: Context, number: str, reason: str
) -> tuple[PersonView, tuple[SignerView, ...]]:
    """The resident and, of a petition, everybody who signed with them: one look, as above."""
    return reveal_person(ctx, number, reason), _signers(ctx, number)


@query
def _signers(ctx: Context, session: Session, number: str) -> tuple[SignerView, ...]:
    case = session.scalar(_visible_case(ctx, session, number))
    if case is None or case.track is not Track.PETITION:
        return ()
    return tuple(signer(row, revealed=True) for row in people_of(session, case))


@query
def _looks_per_hour(ctx: Context, session: Session, number: str) -> int:
    """So many looks an hour, once it is known that the actor may look at this one at all."""
    if not ctx.actor.may(Right.PERSON_REVEAL):
        raise NotPermitted(action="查看完整信息")
    if session.scalar(_visible_case(ctx, session, number)) is None:
        raise NotFound(number=number)
    per_hour: int = reference(session).settings["reveals_per_hour"]
    return per_hour


@use_case
def _reveal(ctx: Context, session: Session, number: str, reason: str) -> PersonView:
    case = session.scalar(_visible_case(ctx, session, number))
    person = session.get(Petitioner, case.petitioner_id) if case else None
    if person is None:
        raise NotFound(number=number)
    note_access(ctx, session, Access.PERSON_REVEALED, reason, case_number=number)
    return shown.person(person, revealed=True)


def _visible_case(ctx: Context, session: Session, number: str) -> Select[Case]:
    scope = visible(scope_of(ctx.actor, reference(session)))
    return select(Case).where(Case.number == number, scope)
