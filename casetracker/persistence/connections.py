"""Connections to the database server: their limits, and how a dead one is noticed in time."""

import select as sockets
import sqlite3
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, Pool

LAST_USE = "last_use"
QUIET_FOR_S = 5.0
"""A connection that was unused for longer may have been dropped on the way without a word."""


def engine_options(url: str) -> dict[str, Any]:
    """Pool and time limits for a database address (docs/settings.md)."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 5, "check_same_thread": False}}
    return {
        "pool_size": 5,
        "max_overflow": 5,
        "pool_timeout": 3,
        "connect_args": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 "
            "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
        },
    }


@event.listens_for(Pool, "checkin")
def _note_last_use(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[LAST_USE] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _refuse_dead(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask a connection to a server whether it lives, unless it was in use a moment ago.

    A server that ends a connection says so: then there is something to read on it.
    """
    last_use = record.info.get(LAST_USE)
    if last_use is None or isinstance(connection, sqlite3.Connection):
        return
    if time.monotonic() - last_use < QUIET_FOR_S and not _has_news(connection):
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except connection.Error:
        raise InvalidatePoolError from None


def _has_news(connection: Any) -> bool:
    try:
        waiting = sockets.poll()
        waiting.register(connection.fileno(), sockets.POLLIN)
        return bool(waiting.poll(0))
    except connection.Error:  # closed on our side
        return True
