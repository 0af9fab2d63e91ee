"""The calculator of limits: one answer for the command line, the API and the desk."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import due_for
from casetracker.domain.errors import InvalidInput
from casetracker.domain.limits import limit_named
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.fields import Command, Instant, Line
from casetracker.services.context import Context
from casetracker.services.outcome import iso
from casetracker.services.use_case import query


class DeadlineQuestion(Command):
    """From when on which limit runs, and by how much it is extended."""

    limit: Annotated[Line, Field(title="时限名称")]
    start: Annotated[Instant, Field(alias="from", title="起算时间")]
    extend: Annotated[int, Field(ge=0, le=9999, title="延期天数")] = 0


@query
def calculate(ctx: Context, session: Session, question: DeadlineQuestion) -> dict[str, Any]:
    """`{due_raw, due_legal, provisional, steps}`, instants as ISO 8601 with +08:00.

    The limit is the one in force on the day it starts. Raises UnknownLimit, ExtensionBeyondCap, and
    InvalidInput for one whose length is ordered case by case.
    """
    ref = reference(session)
    limit = limit_named(question.limit, ref.limits, local_date(question.start))
    if limit.amount is None:
        raise InvalidInput({"limit": "limit_without_length"})
    due = due_for(
        limit,
        question.start,
        ref.calendar,
        ref.settings.office_hours,
        late_receipt=ref.settings.late_receipt,
        extend_days=question.extend,
    )
    return {
        "due_raw": iso(due.due_raw),
        "due_legal": iso(due.due_legal),
        "provisional": due.provisional,
        "steps": [{"on": _on(step.on), "text": step.text} for step in due.steps],
    }


def _on(moment: date | datetime) -> str | None:
    return iso(moment) if isinstance(moment, datetime) else moment.isoformat()
