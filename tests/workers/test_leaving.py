"""Beat is told to stop at any moment, and ends in order."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from celery.apps.beat import Beat
from celery.beat import PersistentScheduler, Service
from celery.signals import beat_init

from workers.leaving import leave_after_the_tick


@pytest.fixture
def _own_handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    beat_init.connect(leave_after_the_tick)
    yield
    beat_init.disconnect(leave_after_the_tick)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_own_handlers")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_closed_while_beat_is_sending(tmp_path: Path, number: signal.Signals) -> None:
    closed = []

    class Told(PersistentScheduler):
        """Is told to stop in the midst of its first message."""

        producer = None
        is_sending = False

        def apply_async(self, *_: Any, **__: Any) -> None:
            self.is_sending = True
            try:
                os.kill(os.getpid(), number)
            finally:
                self.is_sending = False

        def close(self) -> None:
            closed.append(self.is_sending)
            super().close()

    app = Celery(set_as_current=False)
    app.conf.beat_schedule = {"soon": {"task": "any", "schedule": 0.01}}
    service = Service(app, scheduler_cls=Told, schedule_filename=str(tmp_path / "schedule"))
    Beat(app=app).install_sync_handler(service)  # as celery does before it starts
    service.start()
    assert closed == [False]
