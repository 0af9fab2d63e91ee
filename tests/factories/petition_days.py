"""A second reckoning of the days of petitions, which knows nothing of the product.

The rest days are copied by hand from the notices of 国务院办公厅 for 2019, 2025 and 2026.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from casetracker.persistence.clock import Clock
from tests.factories.petitions import petition
from tests.factories.street import Street

CHINA = ZoneInfo("Asia/Shanghai")
RUNS = (  # first and last day of each rest run
    "2018-12-30 2019-01-01", "2019-02-04 2019-02-10", "2019-04-05 2019-04-07",
    "2019-05-01 2019-05-04", "2019-06-07 2019-06-09", "2019-09-13 2019-09-15",
    "2019-10-01 2019-10-07", "2025-01-01 2025-01-01", "2025-01-28 2025-02-04",
    "2025-04-04 2025-04-06", "2025-05-01 2025-05-05", "2025-05-31 2025-06-02",
    "2025-10-01 2025-10-08", "2026-01-01 2026-01-03", "2026-02-15 2026-02-23",
    "2026-04-04 2026-04-06", "2026-05-01 2026-05-05", "2026-06-19 2026-06-21",
    "2026-09-25 2026-09-27", "2026-10-01 2026-10-07",
)  # fmt: skip
MADE_UP = (
    "2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12",
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip
CLOSING = time(17, 30)


def works(day: date) -> bool:
    if day.isoformat() in MADE_UP:
        return True
    resting = any(run[:10] <= day.isoformat() <= run[11:] for run in RUNS)
    return day.weekday() < 5 and not resting


def next_working(day: date) -> date:
    while not works(day):
        day += timedelta(days=1)
    return day


def calendar_days(start: date, count: int) -> tuple[date, date]:
    """Raw and legal last day of a limit in calendar days."""
    raw = start + timedelta(days=count)
    return raw, next_working(raw)


def working_days(moment: datetime, count: int) -> date:
    """Last day of a limit in working days; what comes in after closing counts from the next one."""
    day = moment.date()
    if works(day) and moment.time() > CLOSING:
        day = next_working(day + timedelta(days=1))
    while count:
        day += timedelta(days=1)
        count -= works(day)
    return day


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def end_of(day: date | str) -> datetime:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time(23, 59, 59), CHINA)


def newest(street: Street, number: str, code: str) -> Clock:
    street.session.expire_all()
    query = select(Clock).where(Clock.case_id == street.case(number).id, Clock.limit_code == code)
    return street.session.scalars(query.order_by(Clock.id.desc())).first()


def dates(street: Street, number: str, code: str) -> tuple[date, date]:
    clock = newest(street, number, code)
    assert clock.due_at == clock.due_legal
    return clock.due_raw.astimezone(CHINA).date(), clock.due_legal.astimezone(CHINA).date()


def received(street: Street, moment: datetime, **body: object) -> str:
    street.now = moment
    return petition(street, **body).number
