"""Connections to a server that ends them, and what is read before a write in the same request."""

import pytest
from flask import current_app
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import DBAPIError

from casetracker.persistence import connections
from casetracker.persistence.case import NumberSeries
from casetracker.persistence.database import db, transaction
from casetracker.services.context import SYSTEM, Context
from casetracker.services.use_case import use_case
from tests.databases import environment
from tests.factories.processes import SharedStreet, shared_street


@pytest.fixture
def shared(fresh_database_url: str, tmp_path):
    with shared_street(environment(fresh_database_url, tmp_path)) as street:
        yield street


@pytest.fixture
def served(databases, tmp_path):
    """The street on PostgreSQL alone: a file has no server that ends connections."""
    url = databases.new("postgresql")
    with shared_street(environment(url, tmp_path)) as street:
        yield street
    databases.drop(url)


def outside(statement: str) -> None:
    """Somebody else does it, on a connection of their own, and commits."""
    engine = create_engine(current_app.extensions["settings"].database_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def end_all_connections() -> None:
    outside(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def last_number(session) -> int | None:
    return session.scalar(select(NumberSeries.last).where(NumberSeries.name == "X"))


def set_number(last: int) -> None:
    with transaction() as session:
        session.merge(NumberSeries(name="X", last=last))


def test_a_connection_that_the_server_ended_is_replaced_before_it_is_used(
    served: SharedStreet,
) -> None:
    set_number(1)
    end_all_connections()
    assert last_number(db.session()) == 1


def test_a_connection_that_was_unused_for_long_is_asked_whether_it_lives(
    served: SharedStreet, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_number(1)
    end_all_connections()
    monkeypatch.setattr(
        connections, "_has_news", lambda _connection: False
    )  # dropped without a word
    monkeypatch.setattr(connections, "QUIET_FOR_S", 0.0)
    assert last_number(db.session()) == 1


def test_a_write_sees_what_others_committed_since_the_request_began_to_read(
    shared: SharedStreet,
) -> None:
    set_number(1)
    kept = db.session().get(NumberSeries, "X")
    assert kept.last == 1
    outside("UPDATE number_series SET last = 5 WHERE name = 'X'")
    with transaction() as session:
        assert last_number(session) == 5
        assert kept.last == 5
        session.execute(update(NumberSeries).values(last=NumberSeries.last + 1))
    db.session().rollback()
    assert last_number(db.session()) == 6


def test_a_use_case_is_not_hurt_by_a_statement_that_failed_while_reading(
    shared: SharedStreet,
) -> None:
    @use_case
    def count_on(_ctx: Context, session) -> None:
        session.merge(NumberSeries(name="X", last=(last_number(session) or 0) + 1))

    with pytest.raises(DBAPIError):
        db.session().execute(text("SELECT nothing_like_it FROM cases"))
    count_on(Context(SYSTEM, shared.street.now))
    db.session().rollback()
    assert last_number(db.session()) == 1
