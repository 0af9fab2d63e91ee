"""The database handle, engine hooks for both dialects, and the one way to open a transaction.

SQLite: WAL, foreign keys on, durable commits; a use case begins IMMEDIATE so that a lock is
waited for at the start and never lost in the middle; reads stay deferred.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Delete, Engine, MetaData, Select, Update, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from casetracker.persistence.writer_queue import queue_of

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables; names of constraints are fixed from the first migration on."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={
        "join_transaction_mode": "create_savepoint",
        "expire_on_commit": False,
        "autoflush": False,
    },
)

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    "cache_size=-16384",
)
RETRYABLE = ("40001", "40P01", "25P02", "25P03")
"""Serialisation failure, deadlock; a transaction in which what was read before had failed, or that
the server had ended because nothing was asked for too long. In all of them nothing was written.
"""
ATTEMPTS = 3


class NestedTransaction(RuntimeError):
    """A use case was called from within another one."""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _turn(session: Session) -> AbstractContextManager[None]:
    """The right to write, where the engine has a single writer."""
    url = session.get_bind().engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        return nullcontext()
    return queue_of(url.database)()


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: everything in it is committed together or not at all.

    Only the outermost use case opens one; nesting raises NestedTransaction.
    """
    if _writing.get():
        raise NestedTransaction
    session = db.session()
    _end_reading(session)
    token = _writing.set(True)
    hooks = session.info.setdefault("after_commit", [])
    hooks.clear()
    try:
        with _turn(session):
            yield from _committed(session)
    except BaseException:
        hooks.clear()
        raise
    finally:
        _writing.reset(token)
    for hook in list(hooks):
        hook()


def _end_reading(session: Session) -> None:
    """What was read before must not be carried into a write.

    A snapshot ends with its transaction, so SQLite's is rolled back. PostgreSQL reads every
    statement anew (READ COMMITTED): there only the objects are forgotten, which saves the write
    three round trips; should the transaction have failed, the use case is tried again in a new one.
    """
    if not session.in_transaction():
        return
    if is_sqlite(session) or session.new or session.dirty or session.deleted:
        session.rollback()
    else:
        session.expire_all()


def _committed(session: Session) -> Iterator[Session]:
    try:
        yield session
        session.flush()
        session.commit()
    except BaseException:
        session.rollback()
        raise


def after_commit(session: Session, hook: Callable[[], None]) -> None:
    """Run `hook` once the transaction that is open now has been committed."""
    hooks = session.info.setdefault("after_commit", [])
    if hook not in hooks:
        hooks.append(hook)


def is_retryable(error: DBAPIError) -> bool:
    """Whether the same use case may simply be tried again: deadlock, serialisation, busy file."""
    code = getattr(error.orig, "sqlstate", None)
    busy = isinstance(error, OperationalError) and "database is locked" in str(error.orig)
    return code in RETRYABLE or busy


def locked(session: Session, query: Select[Any]) -> Select[Any]:
    """With a row lock where the engine has one; SQLite's IMMEDIATE holds the whole file.

    It keeps other writers out, but not rows that refer to this one: a reminder of a case may be
    written while somebody acts on it, else the two could wait for each other for ever.
    """
    return query if is_sqlite(session) else query.with_for_update(key_share=True)


def locked_if_free(
    session: Session, query: Select[*tuple[Any, ...]], of: type[Base], *, key_share: bool = False
) -> Select[*tuple[Any, ...]]:
    """With a lock on the rows of one table; those that another transaction holds are left to it."""
    if is_sqlite(session):
        return query
    return query.with_for_update(skip_locked=True, key_share=key_share, of=of)


def take_turns(session: Session, key: str) -> None:
    """Until the transaction ends whoever names the same key waits; SQLite's writers do anyway."""
    if not is_sqlite(session):
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def take_turn_if_free(session: Session, key: str) -> bool:
    """The same without waiting; False while somebody else has the turn."""
    if is_sqlite(session):
        return True
    free = select(func.pg_try_advisory_xact_lock(func.hashtextextended(key, 0)))
    return bool(session.scalar(free))


def change_rows(session: Session, statement: Update | Delete) -> int:
    """Run it; how many rows it changed."""
    done: Any = session.execute(statement)
    return int(done.rowcount)


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
