"""The receipt of a petition: what its people take along, and by when they are told."""

from flask import render_template

from casetracker.domain.vocabulary import Action, ClockStatus
from casetracker.labels.of_the_clock import limit_name
from casetracker.services.case_reading.case_file import CaseFile


def petition_receipt(file: CaseFile, query_code: str) -> str:
    """`query_code` is blank once it was shown."""
    running = [clock for clock in file.clocks if clock.status is ClockStatus.RUNNING]
    return render_template(
        "ops/petitions/receipt.html",
        file=file,
        query_code=query_code,
        dues=[
            (
                limit_name(clock.limit),
                {"standing": clock.standing, "due_at": clock.due_at},
            )
            for clock in running
        ],
        may_work=file.offer(Action.CLASSIFY) is not None,
    )
