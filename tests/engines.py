"""Which engine a cell of a large matrix runs on, where the engine makes no difference to it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest

Test = TypeVar("Test")

ENGINES = ("sqlite", "postgresql")


def in_turn(
    names: str, cells: Iterable[Any], ids: Callable[[Any], str] | None = None
) -> Callable[[Test], Test]:
    """Parametrizes like pytest, each cell on one of the engines: the first on SQLite, then in turn.

    For matrices whose cells take the same ways through the database, so that both engines see every
    kind of cell. Never for queries, locks, triggers, kept sums, migrations or people at once.

    The cells of the other engine are left out when tests are collected. To parametrize the engine
    itself would make all that lives for a whole run, the app first of all, anew for every cell.
    """
    cell = pytest.mark.parametrize(names, list(cells), ids=ids)
    turn = pytest.mark.in_turn(names.split(",")[0])
    return lambda test: turn(cell(test))


def is_its_turn(item: pytest.Item) -> bool:
    """Whether this engine is the one for this cell; always, where there is no turn."""
    mark = item.get_closest_marker("in_turn")
    if mark is None:
        return True
    call = item.callspec  # type: ignore[attr-defined]
    return falls_to(call.params["engine_name"], call.indices[mark.args[0]])


def falls_to(engine_name: str, *place: int) -> bool:
    """Whether a cell of a matrix that one test goes through falls to this engine.

    The cells lie as on a chessboard: each engine has half of every row and of every column. The
    same warning as for `in_turn`.
    """
    return sum(place) % len(ENGINES) == ENGINES.index(engine_name)
