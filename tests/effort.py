"""How much processor time something takes, for comparisons within one run; never an absolute."""

import time
from collections.abc import Callable

TRIES = 7


def effort(action: Callable[[], object]) -> float:
    """The least seconds of processor time that one call took."""
    return min(_seconds(action) for _ in range(TRIES))


def _seconds(action: Callable[[], object]) -> float:
    before = time.process_time()
    action()
    return time.process_time() - before
