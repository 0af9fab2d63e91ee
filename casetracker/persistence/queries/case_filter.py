"""What a list of cases is narrowed by, and the conditions that follow; knows nothing of scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, false, literal_column, select

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import (
    OPEN_STATES,
    Channel,
    Kind,
    Part,
    RequestKind,
    RequestStatus,
    State,
    Track,
    Urgency,
)
from casetracker.persistence.case import Case
from casetracker.persistence.queries.petition_filter import (
    IS_PETITION,
    PetitionFilter,
    petition_conditions,
)
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.working import Assignment, DecisionRequest

IS_OPEN: ColumnElement[bool] = literal_column("cases.is_open")
"""Written exactly as in the partial indexes: `is_open = 1` would not use them on SQLite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """All conditions hold together; None or empty asks nothing. Instants are aware.

    `unit_id` is the lead unit with its children and `category_id` the category with its own.
    `received_from` is the first instant, `received_to` the first one after. `assignee` is an
    account or 'me'. `petition` narrows petitions further. `q` is text, a number, a telephone
    number or a name. `assisted_by` are units that were invited and have not answered;
    `busy_unit_id` a unit that leads or assists.
    """

    states: frozenset[State] = frozenset()
    is_open: bool | None = None
    track: Track | None = None
    channel: Channel | None = None
    kind: Kind | None = None
    urgency: Urgency | None = None
    category_id: int | None = None
    unit_id: int | None = None
    assignee: int | Literal["me"] | None = None
    unassigned: bool = False
    standing: Standing | None = None
    received_from: datetime | None = None
    received_to: datetime | None = None
    pending: RequestKind | None = None
    dissatisfied: bool | None = None
    important: bool | None = None
    assisted_by: frozenset[int] = frozenset()
    registered_by: int | None = None
    numbers: frozenset[str] = frozenset()
    petition: PetitionFilter | None = None
    q: str = ""

    @property
    def asks_open_only(self) -> bool:
        """Whether only open cases can come out, so that the indexes over open cases will do."""
        if self.is_open is not None:
            return self.is_open
        return self.standing is not None or (bool(self.states) and self.states <= OPEN_STATES)


def conditions(asked: CaseFilter, ref: Reference, now: datetime) -> list[ColumnElement[bool]]:
    """Everything but the words searched for."""
    return [
        *_where_it_stands(asked, now),
        *_what_it_is(asked, ref),
        *_who_has_it(asked, ref),
        *_what_it_waits_for(asked),
    ]


def _where_it_stands(asked: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.asks_open_only:
        found.append(IS_OPEN)
    elif asked.is_open is False:
        found.append(Case.is_open.is_(False))
    if asked.states:
        found.append(_any_of(Case.state, asked.states))
    if asked.standing is not None:
        found += standing_conditions(asked.standing, now)
    if asked.received_from is not None:
        found.append(Case.received_at >= asked.received_from)
    if asked.received_to is not None:
        found.append(Case.received_at < asked.received_to)
    return found


def standing_conditions(standing: Standing, now: datetime) -> list[ColumnElement[bool]]:
    """How the nearest clock of an open case stands; lists ask for late and nearly late ones."""
    if standing is Standing.OVERDUE:
        return [Case.next_due_at < now, Case.state != State.ON_HOLD]
    if standing is Standing.DUE_SOON:
        return [Case.next_due_at >= now, Case.next_warn_at <= now, Case.state != State.ON_HOLD]
    return [false()]


def _what_it_is(asked: CaseFilter, ref: Reference) -> list[ColumnElement[bool]]:
    wanted = {
        Case.channel: asked.channel,
        Case.kind: asked.kind,
        Case.urgency: asked.urgency,
        Case.is_important: asked.important,
        Case.is_dissatisfied: asked.dissatisfied,
    }
    found: list[ColumnElement[bool]] = [
        c == value for c, value in wanted.items() if value is not None
    ]
    if asked.track is not None:
        is_petition = asked.track is Track.PETITION
        found.append(IS_PETITION if is_petition else Case.track == asked.track)
    if asked.petition is not None:
        found += petition_conditions(asked.petition)
    if asked.category_id is not None:
        found.append(_any_of(Case.category_id, ref.category_with_children(asked.category_id)))
    if asked.numbers:
        found.append(_any_of(Case.number, asked.numbers))
    return found


def _who_has_it(asked: CaseFilter, ref: Reference) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.unit_id is not None:
        found.append(_any_of(Case.lead_unit_id, ref.with_children(asked.unit_id)))
    if asked.assignee is not None:
        found.append(Case.handler_id == asked.assignee)
    if asked.unassigned:
        found.append(Case.handler_id.is_(None))
    if asked.registered_by is not None:
        found.append(Case.registered_by == asked.registered_by)
    return found


def _what_it_waits_for(asked: CaseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.pending is not None:
        found.append(Case.id.in_(_waiting(asked.pending)))
    if asked.assisted_by:
        found.append(Case.id.in_(_invited(asked.assisted_by)))
    return found


def _waiting(kind: RequestKind) -> Select[Any]:
    return select(DecisionRequest.case_id).where(
        DecisionRequest.status == RequestStatus.PENDING, DecisionRequest.kind == kind
    )


def _invited(units: frozenset[int]) -> Select[Any]:
    return select(Assignment.case_id).where(
        _any_of(Assignment.unit_id, units),
        Assignment.part != Part.LEAD,
        Assignment.ended_at.is_(None),
        Assignment.answered_at.is_(None),
    )


def _any_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """One value as an equation, so that an index also gives the order."""
    chosen = sorted(values)
    one: ColumnElement[bool] = column == chosen[0]
    return one if len(chosen) == 1 else column.in_(chosen)
