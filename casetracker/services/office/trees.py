"""Rows that stand below one another, in the order in which a reader walks down a tree."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from casetracker.persistence.organisation import Category, Unit

Node = TypeVar("Node", Unit, Category)


def downwards(rows: Iterable[Node]) -> list[tuple[int, Node]]:
    """Every row after its parent, with its depth from 0; brothers keep their order."""
    below: dict[int | None, list[Node]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return list(_walk(below, None, 0))


def _walk(
    below: dict[int | None, list[Node]], parent: int | None, depth: int
) -> Iterator[tuple[int, Node]]:
    for row in below.get(parent, []):
        yield depth, row
        yield from _walk(below, row.id, depth + 1)
