"""The working calendar day by day, for programs that plan with it."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.commands.searching import DayRange
from casetracker.services.context import Context
from casetracker.services.use_case import query

MOST_DAYS = 1100


@query
def days(ctx: Context, session: Session, asked: DayRange) -> list[dict[str, Any]]:
    """`{date, is_workday, name, provisional}` for each day. Raises InvalidInput."""
    if asked.last < asked.first:
        raise InvalidInput({"to": "range_reversed"})
    if (asked.last - asked.first).days >= MOST_DAYS:
        raise InvalidInput({"to": "range_too_long"})
    ref = reference(session)
    span = range((asked.last - asked.first).days + 1)
    return [_day(ref, asked.first + timedelta(days=number)) for number in span]


def _day(ref: Reference, day: date) -> dict[str, Any]:
    calendar = ref.calendar
    return {
        "date": day.isoformat(),
        "is_workday": calendar.is_working_day(day),
        "name": calendar.holiday_name(day) or "",
        "provisional": not calendar.covers(day),
    }
