"""In which windows of time a case lies by one of its instants, as SQL over `cases`."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, case, or_, select, union_all
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window
from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.persistence.case import Case
from casetracker.persistence.database import is_sqlite
from casetracker.persistence.petition import Petition
from casetracker.stats.conditions import column_of


def within(column: Any, window: Window) -> ColumnElement[bool]:
    """The end is not included."""
    return and_(column >= window[0], column < window[1])


def place_of(name: str, windows: Sequence[Window], label: str = "") -> Any:
    """Index of the window in which the instant lies; null outside all of them."""
    column = column_of(name)
    return case(*((within(column, w), place) for place, w in enumerate(windows))).label(
        label or f"{name}_place"
    )


def lies_in_any(
    session: Session, instants: Sequence[str], windows: Sequence[Window]
) -> ColumnElement[bool]:
    """Some instant of the case lies in one of the windows: found by the indexes of the instants.

    SQLite would read the whole table for an OR of so many ranges; PostgreSQL joins their bitmaps.
    """
    spans = _joined(windows)
    if is_sqlite(session):
        return found_in_any(instants, spans)
    return or_(*(within(column_of(name), span) for name in instants for span in spans))


def found_in_any(instants: Sequence[str], spans: Sequence[tuple[Any, Any]]) -> ColumnElement[bool]:
    """The same by looking into the index of each instant first: for few cases on either engine."""
    return Case.id.in_(ids_in_any(instants, spans))


def ids_in_any(instants: Sequence[str], spans: Sequence[tuple[Any, Any]]) -> CompoundSelect[Any]:
    """The cases, one row for each instant and span, each looked for in the instant's own index."""
    cases, petitions = Case.__table__.alias("found"), Petition.__table__.alias("found_petition")
    ways = dict.fromkeys(instants, (cases, cases.c.id))
    ways |= dict.fromkeys(OF_PETITIONS & set(instants), (petitions, petitions.c.case_id))
    return union_all(
        *(select(key).where(within(table.c[name], span))
          for name, (table, key) in ways.items() for span in spans)
    )  # fmt: skip


def _joined(windows: Sequence[Window]) -> list[Window]:
    """The same time in as few windows as possible."""
    spans: list[Window] = []
    for start, end in sorted(windows):
        if spans and start <= spans[-1][1]:
            start, before = spans.pop()
            end = max(end, before)
        spans.append((start, end))
    return spans
