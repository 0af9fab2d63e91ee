"""Make the files of exports."""

from celery import Task, shared_task

from casetracker.services.exports import making
from workers.context import context_of


@shared_task(name="casetracker.exports.make", bind=True)
def make(self: Task) -> None:
    """Woken after an order, and by the tick for whatever a wake-up missed."""
    making.make_waiting(context_of(self))
