"""`celery -A workers.celery_app worker` and `… beat`: the product's queue with its tasks."""

from typing import Any

from celery.signals import beat_init, worker_process_init

from casetracker import create_app
from casetracker.persistence.database import db
from casetracker.task_queue import TaskQueue
from workers.leaving import leave_after_the_tick
from workers.schedule import AT_ONCE, SCHEDULE

product = create_app()
queue: TaskQueue = product.extensions["task_queue"]
celery = queue.celery
celery.conf.beat_schedule = SCHEDULE
celery.conf.imports = (
    "workers.tasks.outbox",
    "workers.tasks.reports",
    "workers.tasks.deadlines",
    "workers.tasks.exports",
    "workers.tasks.oversight",
    "workers.tasks.housekeeping",
    "workers.tasks.figures",
)


beat_init.connect(leave_after_the_tick)


@worker_process_init.connect
def _open_own_connections(**_facts: Any) -> None:
    """A connection opened before the fork belongs to the parent."""
    with product.app_context():
        db.engine.dispose(close=False)


@beat_init.connect
def _tick_at_once(**_facts: Any) -> None:
    """What an outage left is not kept waiting for the first interval to pass."""
    for entry in AT_ONCE:
        celery.send_task(SCHEDULE[entry]["task"], retry=False, **SCHEDULE[entry]["options"])
