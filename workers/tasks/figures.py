"""Keep the sums behind the figures."""

from celery import Task, shared_task

from casetracker.services.running import rollup
from workers.context import context_of


@shared_task(name="casetracker.figures.roll", bind=True)
def roll(self: Task) -> None:
    """A few steps; while one worker is at it the others leave it alone."""
    rollup.roll(context_of(self))
