"""Which engine a cell of a large matrix runs on, where the engine makes no difference to it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

ENGINES = ("sqlite", "postgresql")


def in_turn(
    names: str, cells: Iterable[Any], ids: Callable[[Any], str] | None = None
) -> pytest.MarkDecorator:
    """Parametrizes like pytest, each cell on one of the engines: the first on SQLite, then in turn.

    For matrices whose cells take the same ways through the database, so that both engines see every
    kind of cell. Never for queries, locks, triggers, kept sums, migrations or people at once.
    """
    rows = [cell if isinstance(cell, tuple) else (cell,) for cell in cells]
    turns = [(ENGINES[place % len(ENGINES)], *row) for place, row in enumerate(rows)]
    return pytest.mark.parametrize(f"engine_name,{names}", turns, indirect=["engine_name"], ids=ids)


def falls_to(engine_name: str, *place: int) -> bool:
    """Whether a cell of a matrix that one test goes through falls to this engine.

    The cells lie as on a chessboard: each engine has half of every row and of every column. The
    same warning as for `in_turn`.
    """
    return sum(place) % len(ENGINES) == ENGINES.index(engine_name)
