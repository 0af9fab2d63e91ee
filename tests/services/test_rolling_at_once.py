"""Writers, a roller and readers at once: the sums miss nothing, and no reader sees half of it."""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import PROFILES, period_of
from casetracker.persistence.case import Case
from casetracker.persistence.database import db, is_retryable, transaction
from casetracker.persistence.petition import Petition
from casetracker.services.context import SYSTEM, Context
from casetracker.services.running import rollup
from casetracker.stats.counting import Question, count_cases
from casetracker.stats.rollup.reading import kept_cells
from tests.databases import environment
from tests.factories.processes import SharedStreet, shared_street
from tests.factories.rate_cases import add_random_cases, add_random_petitions

NOW = datetime(2026, 3, 25, 4, 0, tzinfo=UTC)
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
SECONDS = 6.0


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # where two can write at once


@pytest.fixture
def shared(fresh_database_url: str, tmp_path):
    with shared_street(environment(fresh_database_url, tmp_path)) as street:
        yield street


def assert_kept(session: Session, now: datetime) -> None:
    """In one snapshot: both ways of counting look at the same cases."""
    for code in ("WUHAN_DEFAULT", "XINFANG"):
        profile = PROFILES[code]
        windows = [period_of(profile, month) for month in MONTHS]
        question = Question(profile, windows, "unit", Scope(sees_all=True), now)
        kept = kept_cells(session, question)
        assert kept is not None
        assert kept.sums == count_cases(session, question).sums, code


class Crowd:
    """Threads that go on until the time is over; what one of them raised is raised at the end."""

    def __init__(self, app: Flask) -> None:
        self.app, self.threads = app, []
        self.until = time.monotonic() + SECONDS
        self.failed: list[BaseException] = []
        self.rounds: dict[str, int] = {}

    def start(self, action: Callable[[random.Random], None], seed: int) -> None:
        thread = threading.Thread(target=self._work, args=(action, random.Random(seed)))
        self.threads.append(thread)
        thread.start()

    def _work(self, action: Callable[[random.Random], None], draw: random.Random) -> None:
        while time.monotonic() < self.until and not self.failed:
            with self.app.app_context():
                try:
                    action(draw)
                except BaseException as error:
                    if not _is_deadlock(error):
                        self.failed.append(error)
                finally:
                    db.session.remove()
            name = action.__name__
            self.rounds[name] = self.rounds.get(name, 0) + 1

    def wait(self) -> None:
        for thread in self.threads:
            thread.join()
        for error in self.failed:
            raise error


def _is_deadlock(error: BaseException) -> bool:
    """Two writers who took a case and its petition in different order: use cases try again."""
    return isinstance(error, DBAPIError) and is_retryable(error)


def changes(draw: random.Random) -> None:
    """One or two facts of a case and of its petition, in either order, some time apart."""
    with transaction() as session:
        number = draw.randrange(1, 60)
        found = {Case: session.get(Case, number), Petition: session.get(Petition, number)}
        for model in draw.sample([Case, Petition], draw.randrange(1, 3)):
            row = found[model]
            if row is None:
                continue
            moment = NOW + timedelta(hours=draw.randrange(-600, 600))
            if model is Case:
                row.replied_at = draw.choice([None, moment])
                row.handle_due_at = moment
                row.excluded = draw.choice([None, "legacy"])
            else:
                row.judged_at = draw.choice([None, moment])
                row.taken_at = moment
            session.flush()
            time.sleep(draw.random() * 0.01)


def rolls(draw: random.Random) -> None:
    rollup.roll(Context(SYSTEM, NOW + timedelta(minutes=draw.randrange(-3000, 3000))))


def reads(draw: random.Random) -> None:
    session = db.session()
    session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    assert_kept(session, NOW + timedelta(minutes=draw.randrange(-3000, 3000)))


def test_nothing_is_lost_or_counted_twice_whoever_is_first(shared: SharedStreet) -> None:
    session = shared.street.session
    units = [unit.id for unit in shared.street.units.values()]
    add_random_cases(session, units, seed=1, count=30)
    add_random_petitions(session, units, seed=2, count=30)
    rollup.roll(Context(SYSTEM, NOW))
    db.session.remove()
    crowd = Crowd(current_app._get_current_object())
    for seed in range(4):
        crowd.start(changes, seed)
    for seed in range(2):
        crowd.start(rolls, seed)
    crowd.start(reads, 9)
    crowd.wait()
    assert min(crowd.rounds.values()) > 2, crowd.rounds
    assert_kept(db.session(), NOW)
    rollup.roll(Context(SYSTEM, NOW))
    assert_kept(db.session(), NOW)
