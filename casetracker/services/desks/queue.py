"""A pile on somebody's desk, as data."""

from dataclasses import dataclass

from casetracker.domain.vocabulary import RequestKind, Role, State, Track
from casetracker.persistence.queries.case_list import CaseFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One pile on the desk. `of_own_unit`, `invited` and `own_entries` are filled in by the actor:
    the unit with its children, what it was asked to assist with, what one registered oneself.
    `track` is where its list stands: None among all cases.
    """

    name: str
    title: str
    roles: frozenset[Role]
    asked: CaseFilter
    why_empty: str
    is_primary: bool = False
    of_own_unit: bool = False
    invited: bool = False
    own_entries: bool = False

    @property
    def track(self) -> Track | None:
        return self.asked.track


def queue(
    name: str, title: str, roles: frozenset[Role], asked: CaseFilter, why_empty: str, **more: bool
) -> Queue:
    return Queue(name=name, title=title, roles=roles, asked=asked, why_empty=why_empty, **more)


def being_in(*states: State, track: Track | None = None) -> CaseFilter:
    return CaseFilter(states=frozenset(states), track=track)


def asking(kind: RequestKind, track: Track | None = None) -> CaseFilter:
    """Open cases on which such a request waits."""
    return CaseFilter(is_open=True, pending=kind, track=track)
