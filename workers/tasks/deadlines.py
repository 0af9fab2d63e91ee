"""Remind of limits that run out or have run out."""

from celery import Task, shared_task

from casetracker.services.notifying import deadline_watch, troubled_messages
from workers.context import context_of


@shared_task(name="casetracker.deadlines.remind", bind=True)
def remind(self: Task) -> None:
    """Level-triggered: it tells what is due now, however long ago the last tick was."""
    ctx = context_of(self)
    deadline_watch.scan(ctx)
    troubled_messages.repeat_reminders(ctx)
