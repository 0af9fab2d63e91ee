"""The nudge: it costs the caller nothing, whatever state the broker is in."""

import gc
import os
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from flask import Flask

from casetracker import create_app, task_queue
from casetracker.persistence.database import db
from casetracker.services import recording
from casetracker.task_queue import HARD_LIMIT_S, SOFT_LIMIT_S, VISIBILITY_TIMEOUT_S, TaskQueue
from tests.databases import settings_for

DEAD = "redis+socket:///no-broker-in-this-test"


@pytest.fixture
def queue() -> TaskQueue:
    return TaskQueue(Flask("test"), DEAD)


def until(happened: Callable[[], bool]) -> None:
    patience = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < patience
        time.sleep(0.01)


def test_a_thousand_nudges_at_a_dead_broker_take_no_time(
    queue: TaskQueue, caplog: pytest.LogCaptureFixture
) -> None:
    began = time.monotonic()
    for _ in range(1000):
        queue.wake("a task")
    assert time.monotonic() - began < 0.5
    until(lambda: "broker not reached" in caplog.text)
    for _ in range(20):
        queue.wake("a task")
        time.sleep(0.02)
    assert caplog.text.count("broker not reached") == 1, "one line an outage"


def test_nudges_that_come_together_are_sent_as_one(
    queue: TaskQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(queue, "connection", MagicMock)
    monkeypatch.setattr(queue, "send", lambda name, _connection: sent.append(name))
    for _ in range(100):
        queue.wake("a task")
    until(lambda: bool(sent))
    time.sleep(task_queue.LEAST_PAUSE_S * 2)
    assert 1 <= len(sent) <= 2


def test_after_a_fork_the_child_nudges_by_a_thread_of_its_own(
    queue: TaskQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(queue, "connection", MagicMock)
    monkeypatch.setattr(queue, "send", lambda name, _connection: sent.append(name))
    queue.wake("by the parent")
    until(lambda: sent == ["by the parent"])
    monkeypatch.setattr(os, "getpid", lambda: -1)
    queue.wake("by the child")
    until(lambda: sent == ["by the parent", "by the child"])


def test_an_app_that_another_has_followed_leaves_no_thread_and_is_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(task_queue, "IDLE_S", 0.01)
    monkeypatch.setattr(recording._Wake, "hook", None)  # put back afterwards what was there
    monkeypatch.setattr(task_queue.log, "handlers", [caplog.handler])  # every record is kept

    def live() -> "weakref.ref[Flask]":
        app = create_app(settings_for(f"sqlite:///{tmp_path}/none.db", tmp_path))
        with app.app_context():
            app.extensions["task_queue"].wake("a task")
            db.engine.dispose()
        return weakref.ref(app)

    before = set(threading.enumerate())
    first, _last = live(), live()
    until(lambda: set(threading.enumerate()) <= before)
    gc.collect()
    assert first() is None


def test_a_nudge_after_a_pause_is_sent_all_the_same(
    queue: TaskQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(task_queue, "IDLE_S", 0.01)
    monkeypatch.setattr(queue, "connection", MagicMock)
    monkeypatch.setattr(queue, "send", lambda name, _connection: sent.append(name))
    before = set(threading.enumerate())
    for name in ("first", "second"):
        queue.wake(name)
        until(lambda: set(threading.enumerate()) <= before)
    assert sent == ["first", "second"]


def test_tasks_are_messages_of_names_and_end_before_they_are_given_away(queue: TaskQueue) -> None:
    conf = queue.celery.conf
    assert conf.accept_content == ["json"]
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert SOFT_LIMIT_S < HARD_LIMIT_S < VISIBILITY_TIMEOUT_S
    assert conf.broker_transport_options["visibility_timeout"] == VISIBILITY_TIMEOUT_S
