"""How much of what a filter finds an actor sees, in the form that costs least."""

from sqlalchemy import ColumnElement, or_, true

from casetracker.domain.permissions import Scope
from casetracker.domain.vocabulary import Track
from casetracker.persistence.queries.case_filter import CaseFilter
from casetracker.persistence.queries.visible import OPEN_TO_ALL, SEALED, visible, visible_and_open


def within(scope: Scope, asked: CaseFilter) -> ColumnElement[bool]:
    """The scope as a condition on what is asked.

    Whoever sees every petition needs no search of its own for them: the filter names the track.
    """
    if asked.track is Track.PETITION and scope.sees_petitions:
        if asked.asks_open_only:  # nothing sealed is open
            return true()
        return or_(SEALED, OPEN_TO_ALL) if scope.sees_lane else OPEN_TO_ALL
    return visible_and_open(scope) if asked.asks_open_only else visible(scope)
