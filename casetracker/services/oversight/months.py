"""Registers by calendar month, in Asia/Shanghai."""

from datetime import time
from typing import Any

from sqlalchemy import ColumnElement, and_

from casetracker.domain.days import at, end_of_day
from casetracker.domain.papers.registers import month_days


def in_month(column: Any, month: str) -> ColumnElement[bool]:
    """The instant lies in `YYYY-MM`. Raises InvalidInput (`month`)."""
    first, last = month_days(month)
    return and_(column >= at(first, time.min), column <= end_of_day(last))
