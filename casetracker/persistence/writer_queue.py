"""The writers of one SQLite file take turns, within a process and between processes."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 5.0


class WriterQueue:
    """Lets the writers of one SQLite file take turns: in order, woken at once.

    SQLite's own waiting polls with growing pauses; four busy writers would mostly sleep. The lock
    file falls free when its process dies. Whoever waits too long goes on to SQLite's own answer.
    """

    def __init__(self, path: str) -> None:
        self.path = f"{path}.writer"
        self.turn = threading.Lock()

    @contextmanager
    def __call__(self) -> Iterator[None]:
        got = self.turn.acquire(timeout=PATIENCE_S)
        try:
            with self._file() as handle:
                self._wait(handle)
                yield
        finally:
            if got:
                self.turn.release()

    @contextmanager
    def _file(self) -> Iterator[int]:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield handle
        finally:
            os.close(handle)

    def _wait(self, handle: int) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.001)
            else:
                return


_queues: dict[str, WriterQueue] = {}


def queue_of(path: str) -> WriterQueue:
    """The queue of a database file, one in each process."""
    return _queues.setdefault(path, WriterQueue(path))
