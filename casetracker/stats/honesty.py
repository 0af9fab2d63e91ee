"""The signs of `domain.honesty` as conditions on cases: who stands in the base, and who shows it.

Seconds are counted from instants on both engines alike. Source: docs/rules/appraisal.md §5.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from casetracker.domain.honesty import AT_ONCE, LAST_HOUR, RUSH, Indicator
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Window
from casetracker.domain.vocabulary import (
    ContactOutcome,
    FilePurpose,
    Satisfaction,
    State,
    Track,
)
from casetracker.persistence.case import Case
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Attachment, Contact, FollowUp, Reply
from casetracker.stats.conditions import column_of
from casetracker.stats.placing import within

Condition = ColumnElement[bool]
CONTENT = (Satisfaction.SATISFIED, Satisfaction.BASICALLY)
WORKED_HERE: Condition = Case.is_imported.is_(False)
"""What an old system recorded tells nothing of contacts, files and drafts."""
NEVER_RETURNED: Condition = Case.return_count == 0
CALLED: Condition = and_(FollowUp.counted, FollowUp.by_resident.is_(False))
HOUR = 3600


@dataclass(frozen=True, slots=True)
class SignCount:
    """Of one unit's cases: how many show the sign, of how many; `satisfied` of those who answered.

    `unit_id` is None where nobody leads yet.
    """

    unit_id: int | None
    found: int
    counted: int
    satisfied: Fraction | None


def sign_counts(
    session: Session, scope: Scope, indicator: Indicator, window: Window
) -> Sequence[SignCount]:
    """By unit, one statement."""
    base, shows = SIGNS[indicator.code](window)
    answered = Case.callback_valid.is_(True) & Case.satisfaction.is_not(None)
    content = answered & Case.satisfaction.in_(CONTENT)
    rows = session.execute(
        select(Case.lead_unit_id, *(_how_many(one) for one in (shows, true(), answered, content)))
        .where(_placed(indicator, window), base, visible(scope))
        .group_by(Case.lead_unit_id)
    )
    return [
        SignCount(unit, found, counted, Fraction(good, said) if said else None)
        for unit, found, counted, said, good in rows
    ]


def cases_showing(indicator: Indicator, window: Window) -> Condition:
    """Exactly the cases that were found; the scope is the caller's."""
    base, shows = SIGNS[indicator.code](window)
    return and_(_placed(indicator, window), base, shows)


def _placed(indicator: Indicator, window: Window) -> Condition:
    not_grouped = Case.grouped_into_id.is_(None)
    return and_(
        within(column_of(indicator.window), window), Case.track == Track.HOTLINE, not_grouped
    )


def _how_many(what: Condition) -> Any:
    return cast(func.sum(case((what, 1), else_=0)), BigInteger)


def _seconds(column: Any) -> Any:
    return cast(extract("epoch", column), BigInteger)


def _of_case(table: type[Any], *where: Any) -> Condition:
    return exists().where(table.case_id == Case.id, *where)


def _no_contact(window: Window) -> tuple[Condition, Condition]:
    reached = _of_case(Contact, Contact.outcome == ContactOutcome.REACHED)
    return and_(WORKED_HERE, Case.dispatched_at.is_not(None)), ~reached


def _same_reply(window: Window) -> tuple[Condition, Condition]:
    own, like, other = aliased(Reply), aliased(Reply), aliased(Case)
    said = and_(own.case_id == Case.id, own.approved.is_(True), own.likeness != "")
    alike = (
        select(own.id)
        .select_from(own)
        .join(like, and_(like.likeness == own.likeness, like.case_id != own.case_id))
        .join(other, other.id == like.case_id)
        .where(
            said, like.approved.is_(True), within(like.reached_at, window),
            other.lead_unit_id == Case.lead_unit_id, other.grouped_into_id.is_(None),
            other.is_sealed.is_(False),
        )
        .correlate(Case)
        .exists()
    )  # fmt: skip
    return and_(WORKED_HERE, exists().where(said)), alike


def _last_hour(window: Window) -> tuple[Condition, Condition]:
    left = _seconds(Case.handle_due_at) - _seconds(Case.replied_at)
    return Case.handle_due_at.is_not(None), left.between(0, LAST_HOUR.total_seconds())


def _other_number(window: Window) -> tuple[Condition, Condition]:
    known = _of_case(FollowUp, CALLED, FollowUp.number_matches.is_not(None))
    return known, _of_case(FollowUp, CALLED, FollowUp.number_matches.is_(False))


def _call_rush(window: Window) -> tuple[Condition, Condition]:
    unhappy = case((FollowUp.satisfaction.in_(CONTENT), 0), else_=1)
    hour = (_seconds(FollowUp.at) // HOUR).label("hour")
    rush = (
        select(FollowUp.by_id, hour)
        .where(CALLED, within(FollowUp.at, window))
        .group_by(FollowUp.by_id, hour)
        .having(and_(func.count() >= RUSH, func.sum(unhappy) == 0))
        .subquery()
    )
    call = aliased(FollowUp)
    in_rush = (
        select(call.id)
        .select_from(call)
        .join(rush, and_(rush.c.by_id == call.by_id, rush.c.hour == _seconds(call.at) // HOUR))
        .where(call.case_id == Case.id, call.counted, call.by_resident.is_(False))
        .correlate(Case)
        .exists()
    )
    return _of_case(FollowUp, CALLED), in_rush


def _early_contact(window: Window) -> tuple[Condition, Condition]:
    first = _edge(func.min(Contact.at), Contact)
    draft = _edge(func.min(Reply.submitted_at), Reply)
    passed = _seconds(draft) - _seconds(first)
    before = and_(NEVER_RETURNED, first < Case.dispatched_at)
    at_once = passed.between(0, AT_ONCE.total_seconds())
    return and_(WORKED_HERE, _of_case(Contact)), or_(before, at_once)


def _odd_evidence(window: Window) -> tuple[Condition, Condition]:
    kept = and_(
        Attachment.purpose == FilePurpose.EVIDENCE.value, Attachment.uploaded_by.is_not(None)
    )
    answered = _edge(func.max(Reply.reached_at), Reply)
    before = and_(NEVER_RETURNED, Attachment.uploaded_at < Case.dispatched_at)
    later = and_(Attachment.uploaded_at > answered, Attachment.uploaded_at <= Case.closed_at)
    has_some = and_(WORKED_HERE, _of_case(Attachment, kept))
    return has_some, _of_case(Attachment, kept, or_(before, later))


def _thin_answers(window: Window) -> tuple[Condition, Condition]:
    nothing = or_(Case.callback_valid.is_not(True), Case.satisfaction.is_(None))
    return Case.surveyable.is_(True), nothing


def _left_out(window: Window) -> tuple[Condition, Condition]:
    return true(), or_(Case.excluded.is_not(None), Case.state == State.WITHDRAWN)


def _edge(what: Any, table: type[Any]) -> Any:
    """The first or last instant among the case's rows of a table."""
    return select(what).where(table.case_id == Case.id).correlate(Case).scalar_subquery()


SIGNS: Mapping[str, Callable[[Window], tuple[Condition, Condition]]] = {
    "no_contact": _no_contact,
    "same_reply": _same_reply,
    "last_hour": _last_hour,
    "other_number": _other_number,
    "call_rush": _call_rush,
    "early_contact": _early_contact,
    "odd_evidence": _odd_evidence,
    "thin_answers": _thin_answers,
    "left_out": _left_out,
}
"""By code of the indicator: the base, and the sign among it."""
