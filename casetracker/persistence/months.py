"""The month of a profile in which an instant lies, worked out by the database.

Exact from EXACT_FROM on: before, the clocks of Shanghai were at times an hour ahead, and SQLite
knows nothing of that.
"""

from typing import Any

from sqlalchemy import FunctionElement, Integer, String, literal
from sqlalchemy.ext.compiler import compiles

EXACT_FROM = "1992-01"


class MonthKey(FunctionElement[str]):
    """`YYYY-MM` of an instant where months begin on `first_day`, of the month before unless it is
    the 1st (`domain.rates.periods`); null for none.
    """

    type = String()
    inherit_cache = True

    def __init__(self, instant: Any, first_day: int) -> None:
        ahead = literal(int(first_day > 1), Integer())
        super().__init__(instant, literal(first_day - 1, Integer()), ahead)


@compiles(MonthKey, "sqlite")
def _sqlite(element: MonthKey, compiler: Any, **options: Any) -> str:
    instant, days, ahead = (compiler.process(one, **options) for one in element.clauses)
    return (
        f"strftime('%Y-%m', {instant}, '+8 hours', -{days} || ' days', 'start of month', "
        f"{ahead} || ' months')"
    )


@compiles(MonthKey, "postgresql")
def _postgresql(element: MonthKey, compiler: Any, **options: Any) -> str:
    instant, days, ahead = (compiler.process(one, **options) for one in element.clauses)
    local = f"({instant} AT TIME ZONE 'Asia/Shanghai') - make_interval(days => {days})"
    month = f"date_trunc('month', {local}) + make_interval(months => {ahead})"
    return f"to_char({month}, 'YYYY-MM')"
