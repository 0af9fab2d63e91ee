"""Streams cases with their histories, a few hundred at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.timeline import TimelineEntry, TimelineText

AT_A_TIME = 400
UNREADABLE = object()
"""Stands for a text that its key does not open."""


@dataclass(slots=True)
class History:
    """One case, its entries in order, their texts and its clocks."""

    case: Row[Any]
    entries: list[Row[Any]] = field(default_factory=list)
    texts: dict[int, Any] = field(default_factory=dict)
    clocks: list[Row[Any]] = field(default_factory=list)

    @property
    def number(self) -> str:
        number: str = self.case.number
        return number


def histories(session: Session) -> Iterator[History]:
    """Every case once, by id."""
    last = 0
    while True:
        query = select(*Case.__table__.c).where(Case.id > last).order_by(Case.id).limit(AT_A_TIME)
        cases = session.execute(query).all()
        if not cases:
            return
        yield from _with_parts(session, cases)
        last = cases[-1].id


def _with_parts(session: Session, cases: Sequence[Row[Any]]) -> Iterator[History]:
    ids = [case.id for case in cases]
    entries = _by_case(session, TimelineEntry, ids, TimelineEntry.seq)
    clocks = _by_case(session, Clock, ids, Clock.id)
    for case in cases:
        own = entries.get(case.id, [])
        yield History(case, own, _texts(session, own), clocks.get(case.id, []))


def _by_case(
    session: Session, model: Any, ids: Sequence[int], order: Any
) -> dict[int, list[Row[Any]]]:
    query = select(*model.__table__.c).where(model.case_id.in_(ids)).order_by(model.case_id, order)
    rows = session.execute(query)
    return {case_id: list(own) for case_id, own in groupby(rows, key=lambda row: row.case_id)}


def _texts(session: Session, entries: Sequence[Row[Any]]) -> dict[int, Any]:
    wanted = [entry.id for entry in entries if entry.text_commitment]
    if not wanted:
        return {}
    table = TimelineText.__table__
    query = select(table.c.entry_id, table.c.salt, table.c.erased_at).where(
        table.c.entry_id.in_(wanted)
    )
    return {row.entry_id: row for row in session.execute(query)}


def text_of(session: Session, entry_id: int) -> Any:
    """The words beside an entry; UNREADABLE where the key does not open them."""
    try:
        return session.scalar(select(TimelineText.body).where(TimelineText.entry_id == entry_id))
    except (InvalidTag, KeyError, UnicodeDecodeError, IndexError):
        return UNREADABLE
