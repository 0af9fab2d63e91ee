"""Clear away what has served its time."""

from celery import Task, shared_task

from casetracker.services.running import housekeeping
from workers.context import context_of


@shared_task(name="casetracker.housekeeping.clean", bind=True)
def clean(self: Task) -> None:
    """Once a day, whichever tick comes first."""
    housekeeping.clean(context_of(self))
