"""Look at cases by the rules of supervision."""

from celery import Task, shared_task

from casetracker.services.oversight import watching
from workers.context import context_of


@shared_task(name="casetracker.oversight.watch", bind=True)
def watch(self: Task) -> None:
    """Level-triggered: what changed or ripened since is looked at, however long ago that was."""
    watching.watch(context_of(self))
