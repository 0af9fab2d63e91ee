"""From the address of a list page to its filter: a queue narrowed, or all cases; open ones only.

What a list shows and what is exported of it come from here alike.
"""

from dataclasses import replace

from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.case_reading.case_search import filter_of
from casetracker.services.case_reading.petition_register import petition_filter_of
from casetracker.services.commands.listing import Listed, ListedCases, ListedPetitions
from casetracker.services.context import Context
from casetracker.services.desks.worklists import queue_filter

OF_PETITIONS = ("channel", "unit_id", "standing", "received_from", "received_to", "q")
OF_CASES = (*OF_PETITIONS, "kind", "category_id")
"""Fields of a filter that narrow a queue; its states stay its own."""


def listed_cases(ctx: Context, asked: ListedCases) -> CaseFilter:
    """Raises InvalidInput for unknown names, NotFound for a queue that is not the actor's."""
    return _narrowed(ctx, asked, filter_of(ctx, asked), OF_CASES)


def listed_petitions(ctx: Context, asked: ListedPetitions) -> CaseFilter:
    """The same for the register of petitions."""
    return _narrowed(ctx, asked, petition_filter_of(ctx, asked), OF_PETITIONS)


def _narrowed(
    ctx: Context, asked: Listed, found: CaseFilter, narrowing: tuple[str, ...]
) -> CaseFilter:
    if asked.queue:
        given = {name: getattr(found, name) for name in narrowing if getattr(found, name)}
        return replace(queue_filter(ctx, asked.queue), **given)
    late = found.standing is not None  # only what is open can be late
    return replace(found, is_open=True) if late or asked.open == "1" else found
