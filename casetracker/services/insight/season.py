"""Months and hours: 民情月历 and 民生十二时辰. Source: docs/rules/insight.md 3 and 4."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date, whole_days
from casetracker.domain.insight.season import Course, courses
from casetracker.persistence.case import Case
from casetracker.persistence.local_time import local_hour, local_weekday
from casetracker.services.commands.insight import HoursQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, days_up_to, profile_at
from casetracker.services.insight.rows import Named, category_row
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.tallies import counts_by_category_and_month, tallies

YEARS_SHOWN = 3
YEARS_COUNTED = 4
"""One year more than is shown, so that the oldest month has one before it."""
WATCHES = tuple("子丑寅卯辰巳午未申酉戌亥")
"""The twelve watches of the day, two hours each; the first begins at 23 o'clock."""


@dataclass(frozen=True, slots=True)
class SameMonth:
    """A category in the running month up to today, and in the same days of earlier years."""

    row: Named
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """`counts` by (key of the category, month); `years` the newest first; `first_recorded` is the
    month of the oldest case, None for an empty street."""

    today: date
    years: tuple[int, ...]
    rows: tuple[Named, ...]
    counts: Mapping[tuple[str | None, str], int]
    same_month: tuple[SameMonth, ...]
    next_month: str
    expected: tuple[tuple[str, Course], ...]
    recorded_years: int
    first_recorded: str | None


@query
def season(ctx: Context, session: Session) -> Season:
    """Months by first level of the tree over three years, and what usually rises next month."""
    asking = asking_of(ctx, session)
    today = local_date(ctx.now)
    counts = _by_month(asking, today)
    rows = sorted({row for row, _ in counts}, key=lambda row: (row.key is None, row.key or ""))
    by_key = {(row.key, month): count for (row, month), count in counts.items()}
    months = sorted({month for _, month in by_key})
    upcoming = _next_month(today)
    found = courses(
        {(key, month): n for (key, month), n in by_key.items() if key is not None},
        upcoming,
        months[1:],  # the first may have begun in the middle
    )
    names = {row.key: row.name for row in rows}
    return Season(
        today=today,
        years=_years(today, months),
        rows=tuple(rows),
        counts=by_key,
        same_month=_same_month(asking, today, len(_years(today, months))),
        next_month=upcoming,
        expected=tuple((names[one.key], one) for one in found if one.month or one.before),
        recorded_years=max((one.years for one in found), default=0),
        first_recorded=months[0] if months else None,
    )


def _years(today: date, months: Sequence[str]) -> tuple[int, ...]:
    """This year and those before it that have records, the newest first."""
    oldest = int(months[0][:4]) if months else today.year
    return tuple(y for y in range(today.year, today.year - YEARS_SHOWN, -1) if y >= oldest)


def _by_month(asking: Asking, today: date) -> Counter[tuple[Named, str]]:
    months = {month: whole_days(first, last) for month, first, last in _months_counted(today)}
    received = asking.received(profile_at(asking.ref, today))
    counts: Counter[tuple[Named, str]] = Counter()
    found = counts_by_category_and_month(asking.session, received, months)
    for (category_id, month), count in found.items():
        counts[category_row(asking.ref, category_id, 1), month] += count
    return counts


def _months_counted(today: date) -> Iterator[tuple[str, date, date]]:
    """Each month from the first January to today, with its first and last day."""
    first = date(today.year - YEARS_COUNTED + 1, 1, 1)
    while first <= today:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        yield first.strftime("%Y-%m"), first, min(last, today)
        first = last + timedelta(days=1)


def _same_month(asking: Asking, today: date, years: int) -> tuple[SameMonth, ...]:
    windows = [whole_days(*same_days(today, back)) for back in range(years)]
    found = tallies(
        asking.session, asking.received(profile_at(asking.ref, today)), windows, Case.category_id
    )
    sums: dict[Named, list[int]] = {}
    for place, one in enumerate(found):
        for category_id, tally in one.items():
            row = category_row(asking.ref, category_id, 1)
            sums.setdefault(row, [0] * years)[place] += tally.cases
    ordered = sorted(sums.items(), key=lambda one: (-one[1][0], -sum(one[1]), one[0].name))
    return tuple(SameMonth(row, tuple(counts)) for row, counts in ordered)


def same_days(today: date, back: int) -> tuple[date, date]:
    """The month up to this day, so many years before; 29 February may become the 28th."""
    year = today.year - back
    last_day = 28 if (today.month, today.day) == (2, 29) and back % 4 else today.day
    return date(year, today.month, 1), date(year, today.month, last_day)


def _next_month(today: date) -> str:
    year, number = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    return f"{year:04d}-{number:02d}"


@dataclass(frozen=True, slots=True)
class Hours:
    """Cases by (weekday with Monday 0, watch) of the days from first to last."""

    first: date
    last: date
    counts: Mapping[tuple[int, int], int]


@query
def hours(ctx: Context, session: Session, asked: HoursQuestion) -> Hours:
    """When residents speak up. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    first, last = days_up_to(local_date(ctx.now), asked.days)
    profile = profile_at(asking.ref, last)
    received = asking.received(profile).condition(session, [whole_days(first, last)])
    weekday = local_weekday(Case.received_at).label("weekday")
    hour = local_hour(Case.received_at).label("hour")
    rows = session.execute(
        select(weekday, hour, func.count()).where(received).group_by("weekday", "hour")
    )
    counts: Counter[tuple[int, int]] = Counter()
    for of_week, of_day, count in rows:
        counts[(of_week - 1) % 7, watch_of(of_day)] += count
    return Hours(first, last, counts)


def watch_of(hour: int) -> int:
    """Which of the twelve watches an hour belongs to."""
    return (hour + 1) // 2 % 12


def hours_of(watch: int) -> frozenset[int]:
    """The two hours of a watch."""
    return frozenset({(2 * watch - 1) % 24, 2 * watch})
