"""What came in, broken down by several things a case carries at once: the cases are read once.

Each breakdown adds up to the same `received` as `tallies`. Source: docs/rules/reports.md 1.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, Boolean, Enum, Integer, Select, cast, func, literal, select, union_all
from sqlalchemy import String as Words
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window
from casetracker.persistence.case import Case
from casetracker.stats.placing import place_of
from casetracker.stats.tallies import Received, Tally

Breakdown = list[Mapping[Any, Tally]]
"""For each window what came in by the values of one column."""


def breakdowns(
    session: Session, received: Received, windows: Sequence[Window], columns: Mapping[str, Any]
) -> dict[str, Breakdown]:
    """By each of the named columns; one statement, in which the cases are looked up once."""
    read = _cases_read(session, received, windows, columns)
    parts = (_part(read, name, column) for name, column in columns.items())
    found: dict[str, list[dict[Any, Tally]]] = {name: [{} for _ in windows] for name in columns}
    for name, at, word, number, cases, persons in session.execute(union_all(*parts)):
        key = _value(columns[name], word, number)
        found[name][at][key] = Tally(cases, int(persons or 0))
    return {name: list(of) for name, of in found.items()}


def _cases_read(
    session: Session, received: Received, windows: Sequence[Window], columns: Mapping[str, Any]
) -> CTE:
    keys = (column.label(f"by_{name}") for name, column in columns.items())
    return (
        select(place_of("received_at", windows), Case.persons, *keys)
        .where(received.condition(session, windows))
        .cte("came_in")
    )


def _part(read: CTE, name: str, column: Any) -> Select[Any]:
    """All parts have the same columns, so a key stands in one of two: as a word or as a number."""
    key, is_number = read.c[f"by_{name}"], _is_number(column)
    word = literal(None, Words) if is_number else cast(key, Words)
    number = cast(key, Integer) if is_number else literal(None, Integer)
    return select(
        literal(name), read.c.received_at_place, word, number, func.count(),
        func.sum(read.c.persons),
    ).group_by(read.c.received_at_place, key)  # fmt: skip


def _is_number(column: Any) -> bool:
    return isinstance(column.type, (Integer, Boolean))


def _value(column: Any, word: str | None, number: int | None) -> Any:
    """The key as the column itself would give it."""
    match column.type:
        case Boolean():
            return None if number is None else bool(number)
        case Integer():
            return number
        case Enum(enum_class=members) if members is not None and word is not None:
            return members(word)
    return word
