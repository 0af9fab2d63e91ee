"""Runs migrations on both engines: one transaction, one runner at a time, no lost child rows.

SQLite rebuilds a table to alter it; with foreign keys on, dropping the old copy would delete the
rows that point at it. So they are off while migrating and checked before the commit.
"""

from alembic import context
from flask import current_app
from sqlalchemy import text

from casetracker.persistence.change_capture import forget, put_back, take_away

RUNNER_LOCK = 7_403_221
"""Advisory lock on PostgreSQL: two nodes that migrate at once take turns."""

migrate = current_app.extensions["migrate"]


def run(connection):
    is_sqlite = connection.dialect.name == "sqlite"
    raw = connection.connection.dbapi_connection
    if is_sqlite:
        raw.execute("PRAGMA foreign_keys=OFF")
    else:
        connection.execute(text(f"SELECT pg_advisory_lock({RUNNER_LOCK})"))
        connection.execute(text("SET lock_timeout = '4s'"))
        connection.execute(text("SET statement_timeout = '0'"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=migrate.db.metadata,
        transactional_ddl=True,
        include_object=_is_ours,
        **migrate.configure_args,
    )
    try:
        with context.begin_transaction():
            migrate_with_triggers_away(connection)
            if is_sqlite and raw.execute("PRAGMA foreign_key_check").fetchall():
                raise RuntimeError("broken foreign keys")
    finally:
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
        else:
            connection.rollback()
            connection.execute(text(f"SELECT pg_advisory_unlock({RUNNER_LOCK})"))
            connection.commit()


def migrate_with_triggers_away(connection):
    """A trigger stands in the way of tables that it names, and is lost with a rebuilt one."""
    moves = _moves()
    if moves:
        take_away(connection)
    context.run_migrations()
    if moves:
        put_back(connection)
        forget(connection)


def _moves():
    """Whether another version is asked for than the database has; other commands ask for none."""
    try:
        wanted = context.get_revision_argument()
    except KeyError:
        return False
    return context.get_context().get_current_revision() != wanted


def _is_ours(thing, name, kind, reflected, compare_to):
    """The search index has a shape of its own on each engine and is made by hand."""
    return not (name or "").startswith("case_search")


with migrate.db.engine.connect() as connection:
    run(connection)
