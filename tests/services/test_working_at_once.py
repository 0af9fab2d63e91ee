"""The scan and a person at work on the same case, each in a transaction of its own."""

import threading
from datetime import UTC, datetime

import pytest
from flask import current_app
from sqlalchemy import select

from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from casetracker.persistence.database import db, locked, transaction
from casetracker.services.context import SYSTEM, Context
from casetracker.services.notifying.deadline_watch import scan
from tests.databases import environment
from tests.factories.processes import SharedStreet, shared_street


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # where two can write at once


@pytest.fixture
def shared(fresh_database_url: str, tmp_path):
    with shared_street(environment(fresh_database_url, tmp_path)) as street:
        yield street


def test_reminders_are_written_while_somebody_acts_on_the_case(shared: SharedStreet) -> None:
    """Neither waits for the other: the scan holds the clock, the person the case."""
    shared.street.worked("to_sign")
    app = current_app._get_current_object()
    found = []

    def scanning() -> None:
        with app.app_context():
            now = datetime.now(UTC).replace(microsecond=0)
            found.append(scan(Context(SYSTEM, now)).reminders)
            db.session.remove()

    with transaction() as session:
        session.scalars(locked(session, select(Case))).one()
        scanner = threading.Thread(target=scanning)
        scanner.start()
        scanner.join(timeout=4)  # before the lock would time out
        assert found, "the scan waited for the person"
        session.scalars(locked(session, select(Clock))).all()
    scanner.join()
    assert found[0] > 0
