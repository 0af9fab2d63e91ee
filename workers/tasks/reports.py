"""Send the reports of periods that are over."""

from celery import Task, shared_task

from casetracker.services.notifying import report_mail
from workers.context import context_of


@shared_task(name="casetracker.reports.send", bind=True)
def send(self: Task) -> None:
    """Each period once to each person, whichever tick comes first."""
    report_mail.send_reports(context_of(self))
