"""The Celery object and the nudge that wakes a worker; knows no task.

The database is the truth: what a task does is written there, and the periodic ticks find it. So a
nudge may get lost, and a broker that is down costs the web process nothing: nudges go out from a
thread of their own, several at once as one, and are not tried twice.
"""

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from celery import Celery
    from kombu import Connection

log = logging.getLogger(__name__)
DRAIN = "casetracker.outbox.drain"
"""The task that delivers; workers/tasks/outbox.py bears the name too."""
MAKE_EXPORTS = "casetracker.exports.make"
"""The task that makes exports; workers/tasks/exports.py bears the name too."""
VISIBILITY_TIMEOUT_S = 300
"""After so long an unacknowledged task is given to another worker: longer than any may run."""
SOFT_LIMIT_S, HARD_LIMIT_S = 200, 240
LEAST_PAUSE_S = 0.2
"""Nudges that come quicker than this are sent as one."""
IDLE_S = 5.0
"""After so long without a nudge the thread and its connection end; the next nudge starts anew."""
PATIENCE_S = 1.0
REQUEST_ID = "request_id"
"""Header of a task that carries the id under which its doings are recorded."""

OPTIONS: dict[str, Any] = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_soft_time_limit": SOFT_LIMIT_S,
    "task_time_limit": HARD_LIMIT_S,
    "task_default_queue": "casetracker",
    "task_store_errors_even_if_ignored": False,
    "worker_prefetch_multiplier": 1,
    "worker_soft_shutdown_timeout": 25.0,
    "worker_hijack_root_logger": False,
    "worker_send_task_events": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,  # a worker waits for its broker as long as it takes
    "timezone": "Asia/Shanghai",
    "enable_utc": True,
    "broker_transport_options": {"visibility_timeout": VISIBILITY_TIMEOUT_S},
}


class TaskQueue:
    """The queue of one application."""

    def __init__(self, app: Flask, broker_url: str) -> None:
        self.app = app
        self.broker_url = broker_url
        self.is_down = False
        """Whether the last try to send failed: an outage is told once."""
        self._nudger: _Nudger | None = None
        self._guard = threading.Lock()

    @cached_property
    def celery(self) -> "Celery":
        """Made on first use: a web process that never nudges need not load Celery."""
        from celery import Celery, Task

        product = self.app

        class InContext(Task):
            """Runs inside the application's context, which ends its database session."""

            abstract = True

            def __call__(self, *args: Any, **kwargs: Any) -> Any:
                with product.app_context():
                    return self.run(*args, **kwargs)

        celery = Celery("casetracker", broker=self.broker_url, task_cls=InContext)
        celery.conf.update(OPTIONS)
        celery.set_default()
        return celery

    def wake(self, name: str) -> None:
        """Ask for the task `name` to be run soon. Returns at once and never raises."""
        with self._guard:
            if self._nudger is None or not self._nudger.takes(name):
                self._nudger = _Nudger(self, name)

    def send(self, name: str, connection: "Connection") -> None:
        """One try, now. Raises what kombu raises."""
        self.celery.send_task(
            name,
            connection=connection,
            retry=False,
            expires=60,
            headers={REQUEST_ID: uuid.uuid4().hex},
        )

    def connection(self) -> "Connection":
        """A connection that gives up quickly."""
        options = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
        quick = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
        return self.celery.connection_for_write(
            connect_timeout=PATIENCE_S, transport_options=options | quick
        )


class _Nudger:
    """A thread that sends what it is asked to; belongs to one process, and forks do not copy it.

    It ends when nobody asks any more, and keeps neither its application nor a connection alive.
    """

    def __init__(self, queue: TaskQueue, name: str) -> None:
        self.queue = queue
        self.process = os.getpid()
        self._asked = {name}
        self._arrived = threading.Condition()
        self._has_ended = False
        self._connection: Connection | None = None
        threading.Thread(target=self._work, name="nudger", daemon=True).start()

    def takes(self, name: str) -> bool:
        """Whether it will send `name`; one that has ended or is another process's will not."""
        if self.process != os.getpid():
            return False
        with self._arrived:
            if self._has_ended:
                return False
            self._asked.add(name)
            self._arrived.notify()
            return True

    def _work(self) -> None:
        while names := self._next():
            for name in names:
                self._try(name)
            time.sleep(LEAST_PAUSE_S)
        self._forget()

    def _next(self) -> set[str]:
        """What is asked for; nothing once nobody has asked for a while."""
        with self._arrived:
            self._arrived.wait_for(lambda: bool(self._asked), IDLE_S)
            names, self._asked = self._asked, set()
            self._has_ended = not names
            return names

    def _try(self, name: str) -> None:
        try:
            self._connection = self._connection or self.queue.connection()
            self.queue.send(name, self._connection)
        except Exception as error:  # whatever it is, the periodic tick does the work all the same
            if not self.queue.is_down:  # not at every step that somebody takes
                # its words only: a kept record must not keep its traceback, and with it the app
                log.warning("broker not reached, the periodic tick takes over: %s", str(error))
            self.queue.is_down = True
            self._forget()
        else:
            self.queue.is_down = False

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.release()


def wake_hook(queue: TaskQueue, name: str) -> Callable[[], None]:
    """A function without arguments that wakes one task; the same object every time."""

    def wake() -> None:
        queue.wake(name)

    return wake
