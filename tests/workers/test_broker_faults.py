"""A broker that is dead, emptied or too eager: the database is the truth and nothing is lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from flask import current_app

from casetracker.task_queue import DRAIN
from tests.databases import environment
from tests.factories.processes import SharedStreet, shared_street
from tests.processes import Process

PATIENCE = 45  # seconds, on a busy machine
CELERY = ["celery", "-A", "workers.celery_app"]
QUIET = ["--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
REMIND = "casetracker.deadlines.remind"
DIGESTS_BY_PERSON = """
    SELECT account_id, count(*) FROM inbox_messages WHERE topic = 'reminder_digest'
    GROUP BY account_id
"""
REMINDED_TWICE = """
    SELECT 1 FROM reminders GROUP BY clock_id, due_version, account_id HAVING count(*) > 1
"""
Start = Callable[..., Process]


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"


@pytest.fixture
def env(fresh_database_url: str, short_folder: Path, tmp_path: Path) -> dict[str, str]:
    """A product whose broker is not there until a test starts it."""
    data = tmp_path / "data"
    data.mkdir()
    return environment(fresh_database_url, data, REDIS_URL=f"unix://{short_folder}/redis.sock")


@pytest.fixture
def shared(env: dict[str, str]) -> Iterator[SharedStreet]:
    with shared_street(env) as street:
        yield street


@pytest.fixture
def start_broker(start: Start, short_folder: Path) -> Callable[[], redis.Redis]:
    def starting() -> redis.Redis:
        at = short_folder / "redis.sock"
        listen = ["--port", "0", "--unixsocket", at, "--dir", short_folder]
        server = start("redis", {}, "redis-server", *listen, "--appendonly", "yes", "--save", "")
        server.wait_for(at.exists, seconds=10)
        return redis.Redis(unix_socket_path=str(at))

    return starting


@pytest.fixture
def start_worker(start: Start, env: dict[str, str]) -> Callable[[], Process]:
    def starting() -> Process:
        worker = start("worker", env, *CELERY, "worker", *QUIET, "--concurrency=2")
        worker.wait_for_text(" ready.", seconds=PATIENCE)
        return worker

    return starting


@pytest.fixture
def start_beat(start: Start, env: dict[str, str], tmp_path: Path) -> Callable[[str], Process]:
    def starting(name: str) -> Process:
        schedule = tmp_path / f"{name}-schedule"
        return start(name, env, *CELERY, "beat", "--loglevel=INFO", "-s", schedule, "--pidfile=")

    return starting


def relayed(shared: SharedStreet, count: int) -> Callable[[], bool]:
    return lambda: shared.states("relay") == {"sent": count}


def test_a_dead_broker_neither_slows_nor_fails_intake_and_is_caught_up_with(
    shared: SharedStreet, start_broker, start_worker, start_beat
) -> None:
    took = []
    for _ in range(20):
        began = time.monotonic()
        shared.register()
        took.append(time.monotonic() - began)
    assert sorted(took)[18] < 1
    with start_broker():
        worker = start_worker()
        start_beat("beat")
        worker.wait_for(relayed(shared, 20), seconds=PATIENCE)
    told = shared.rows("SELECT count(*) FROM inbox_messages WHERE topic = 'registered'")
    assert told[0][0] == 20


def test_an_emptied_broker_loses_nothing(
    shared: SharedStreet, start_broker, start_worker, start_beat
) -> None:
    with start_broker() as broker:
        shared.register(5)
        until(lambda: broker.llen("casetracker") > 0)
        broker.flushall()
        assert broker.llen("casetracker") == 0
        worker = start_worker()
        start_beat("beat")
        worker.wait_for(relayed(shared, 5), seconds=PATIENCE)


def until(happened: Callable[[], bool]) -> None:
    patience = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < patience
        time.sleep(0.05)


def test_two_beats_and_repeated_messages_remind_once(
    shared: SharedStreet, start_broker, start_worker, start_beat
) -> None:
    for _ in range(12):
        shared.street.worked("to_sign")  # in spring: late by now, whenever this runs
    with start_broker():
        worker = start_worker()
        beats = [start_beat("first"), start_beat("second")]
        for beat in beats:
            beat.wait_for_text("beat: Starting", seconds=PATIENCE)
        publish(shared, REMIND, 10)
        publish(shared, DRAIN, 10)
        until(lambda: worker.said().count(f"Task {REMIND}") >= 24)  # received and done, each
    told = shared.rows(DIGESTS_BY_PERSON)
    assert told
    assert {row[1] for row in told} == {1}
    assert shared.rows(REMINDED_TWICE) == []


def publish(shared: SharedStreet, name: str, times: int) -> None:
    celery = current_app.extensions["task_queue"].celery
    for _ in range(times):
        celery.send_task(name)
