"""From what a program asks, in names and codes, to the filter of a list."""

from typing import Literal

from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services import lookup
from casetracker.services.commands.searching import CaseSearch
from casetracker.services.context import Context
from casetracker.services.use_case import query

ME: Literal["me"] = "me"


@query
def filter_of(ctx: Context, session: Session, asked: CaseSearch) -> CaseFilter:
    """The filter; scope is added where it is used. Raises InvalidInput for unknown names."""
    named = asked.unit or asked.category
    unit, category = _named(reference(session), asked) if named else (None, None)
    return CaseFilter(
        states=frozenset({asked.state}) if asked.state else frozenset(),
        track=asked.track,
        channel=asked.channel,
        kind=asked.kind,
        category_id=category,
        unit_id=unit,
        assignee=_assignee(session, asked.assignee),
        standing=Standing(asked.standing) if asked.standing else None,
        received_from=asked.received_from,
        received_to=asked.received_to,
        q=asked.q or "",
    )


def _named(ref: Reference, asked: CaseSearch) -> tuple[int | None, int | None]:
    unit = lookup.any_unit(ref, "unit", asked.unit) if asked.unit else None
    category = lookup.category(ref, "category", asked.category) if asked.category else None
    return unit.id if unit else None, category.id if category else None


def _assignee(session: Session, given: str | None) -> int | Literal["me"] | None:
    if given is None or given == ME:
        return ME if given else None
    return lookup.active_account(session, "assignee", given).id
