"""The context of a task run: the system acts, now; the only reader of the clock here."""

import uuid
from datetime import UTC, datetime

from celery import Task

from casetracker.services.context import SYSTEM, Context
from casetracker.task_queue import REQUEST_ID


def context_of(task: Task) -> Context:
    """One clock reading, in whole seconds UTC, and the request id that the nudge brought."""
    headers = task.request.headers or {}
    request_id = headers.get(REQUEST_ID) or uuid.uuid4().hex
    return Context(SYSTEM, datetime.now(UTC).replace(microsecond=0), request_id, door="worker")
