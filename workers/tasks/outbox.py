"""Deliver what the outbox holds."""

from celery import Task, shared_task

from casetracker.services.notifying import delivery
from workers.context import context_of


@shared_task(name="casetracker.outbox.drain", bind=True)
def drain(self: Task) -> None:
    """Woken after commits, and by the tick for whatever a wake-up missed."""
    delivery.drain(context_of(self))
