"""Showing a resident's full name and numbers: with a reason, counted, and written down.

Source: 个人信息保护法 art. 51 and 6; docs/rules/privacy.md.
"""

from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, NotFound, NotPermitted, TooManyAttempts
from casetracker.domain.permissions import Right
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.attempts import Allowance, spend
from casetracker.services.case_reading import case_views as shown
from casetracker.services.case_reading.case_file import PersonView
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query, use_case

LONGEST_REASON = 200


def reveal_person(ctx: Context, number: str, reason: str) -> PersonView:
    """The resident in full, for somebody who may, who says why, and not too often.

    Every look is kept in the access log, refused ones too. Raises NotFound, NotPermitted,
    InvalidInput without a reason, and TooManyAttempts (code `reveal_limit`) beyond the office's
    `reveals_per_hour`.
    """
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise InvalidInput({"reason": "required"})
    allowance = _allowance(ctx, number)
    try:
        spend(ctx, (allowance,), str(ctx.actor.account_id))
    except TooManyAttempts as error:
        _note_refusal(ctx, number, reason)
        raise TooManyAttempts("reveal_limit", **error.facts) from None
    return _reveal(ctx, number, reason)


@query
def _allowance(ctx: Context, session: Session, number: str) -> Allowance:
    """So many looks an hour, once it is known that the actor may look at this one at all."""
    if not ctx.actor.may(Right.PERSON_REVEAL):
        raise NotPermitted(action="查看完整信息")
    ref = reference(session)
    if session.scalar(_visible_case(ctx, session, number)) is None:
        raise NotFound(number=number)
    return Allowance("reveal", ref.settings["reveals_per_hour"], timedelta(hours=1))


@use_case
def _note_refusal(ctx: Context, session: Session, number: str, reason: str) -> None:
    words = f"次数已达上限;{reason}"
    note_access(ctx, session, Access.PERSON_REVEALED, words, case_number=number, success=False)


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
