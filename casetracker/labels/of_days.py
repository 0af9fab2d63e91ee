"""Dates as the office writes them: `10月10日(周五)`, with the year where it is not this one.

`today` is the Shanghai date of whoever reads.
"""

from datetime import date, datetime

from casetracker.domain.days import local, local_date

WEEKDAYS = "一二三四五六日"


def day_words(on: date, today: date) -> str:
    """`10月10日`; the year in front when it is not this one."""
    year = "" if on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def date_words(on: date, today: date) -> str:
    """`10月10日(周五)`."""
    return f"{day_words(on, today)}(周{WEEKDAYS[on.weekday()]})"


def moment_words(moment: datetime, today: date) -> str:
    """`10月10日 09:12`."""
    return f"{day_words(local_date(moment), today)} {local(moment):%H:%M}"
