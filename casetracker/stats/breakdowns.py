"""What came in, broken down by several things a case carries at once: the cases are read once.

Each breakdown adds up to the same `received` as `tallies`. Source: docs/rules/reports.md 1.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import CTE, Boolean, Enum, Integer, Select, cast, func, literal, select, union_all
from sqlalchemy import String as Words
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window
from casetracker.persistence.case import Case
from casetracker.stats.placing import place_of
from casetracker.stats.tallies import Received, Tally

Breakdown = list[Mapping[Any, Tally]]
"""For each window what came in by the values of one column."""


class By(NamedTuple):
    """A column, and windows of time that do not overlap."""

    column: Any
    windows: tuple[Window, ...]


def each(columns: Mapping[str, Any], windows: Iterable[Window]) -> dict[str, By]:
    """Every one of the columns in the same windows."""
    those = tuple(windows)
    return {name: By(column, those) for name, column in columns.items()}


def breakdowns(
    session: Session, received: Received, asked: Mapping[str, By]
) -> dict[str, Breakdown]:
    """By each of the named columns; one statement, in which the cases are looked up once."""
    read = _cases_read(session, received, asked)
    parts = (_part(read, name, by) for name, by in asked.items())
    found: dict[str, list[dict[Any, Tally]]] = {
        name: [{} for _ in by.windows] for name, by in asked.items()
    }
    for name, at, word, number, cases, persons in session.execute(union_all(*parts)):
        key = _value(asked[name].column, word, number)
        found[name][at][key] = Tally(cases, int(persons or 0))
    return {name: list(of) for name, of in found.items()}


def _cases_read(session: Session, received: Received, asked: Mapping[str, By]) -> CTE:
    """Each case with its keys, and its place among the windows of each breakdown."""
    every = {window for by in asked.values() for window in by.windows}
    keys = (by.column.label(f"by_{name}") for name, by in asked.items())
    places = (place_of("received_at", by.windows, f"at_{name}") for name, by in asked.items())
    return (
        select(Case.persons, *keys, *places)
        .where(received.condition(session, sorted(every)))
        .cte("came_in")
    )


def _part(read: CTE, name: str, by: By) -> Select[Any]:
    """All parts have the same columns, so a key stands in one of two: as a word or as a number."""
    key, at = read.c[f"by_{name}"], read.c[f"at_{name}"]
    is_number = _is_number(by.column)
    word = literal(None, Words) if is_number else cast(key, Words)
    number = cast(key, Integer) if is_number else literal(None, Integer)
    return (
        select(literal(name), at, word, number, func.count(), func.sum(read.c.persons))
        .where(at.is_not(None))
        .group_by(at, key)
    )


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
