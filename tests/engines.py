"""Which engine a test runs on, where the engine makes no difference to it.

Services and queries run on both. The doors (pages, API, command line) lie above them and know no
engine: each of their tests runs on one, half of them on either. Cells of large matrices are shared
out too.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import pytest

Test = TypeVar("Test")

ENGINES = ("sqlite", "postgresql")
DOORS = frozenset({"ops", "portal", "api", "cli"})
"""Folders of tests of the doors; `both_engines` marks those that are to run on both."""


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
    """Whether this engine is the one for this test; always, where there is no turn."""
    call = getattr(item, "callspec", None)
    if call is None or "engine_name" not in call.params:
        return True
    engine_name, mark = call.params["engine_name"], item.get_closest_marker("in_turn")
    if mark is not None:
        return falls_to(engine_name, call.indices[mark.args[0]])
    return _has_chosen(item) or falls_to(engine_name, _number_of(item, call.indices))


def _has_chosen(item: pytest.Item) -> bool:
    """It is of no door, wants both engines, or names its own."""
    is_of_a_door = Path(item.location[0]).parts[1] in DOORS
    names = (mark.args[0] for mark in item.iter_markers("parametrize"))
    wants_both = item.get_closest_marker("both_engines") is not None
    return not is_of_a_door or wants_both or "engine_name" in names


def _number_of(item: pytest.Item, indices: dict[str, int]) -> int:
    """The same for either engine, at every run: of the test's name and of its place in a matrix."""
    cell = sum(place for name, place in indices.items() if name != "engine_name")
    return crc32("::".join((item.location[0], item.originalname)).encode()) + cell  # type: ignore[attr-defined]


def falls_to(engine_name: str, *place: int) -> bool:
    """Whether a cell of a matrix that one test goes through falls to this engine.

    The cells lie as on a chessboard: each engine has half of every row and of every column. The
    same warning as for `in_turn`.
    """
    return sum(place) % len(ENGINES) == ENGINES.index(engine_name)
