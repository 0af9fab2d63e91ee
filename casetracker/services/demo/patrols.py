"""安全检查 and 隐患 of the demonstration: the year 2019 as the founding report counts it, and the
last thirteen months with what is open and late today.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.hazards import HAZARD_PREFIX, INSPECTION_PREFIX
from casetracker.domain.numbering import case_number
from casetracker.persistence.account import Account
from casetracker.persistence.patrol import Hazard, HazardEntry, Inspection
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context
from casetracker.services.demo.hazard_stories import Fate, Found, recent_fate, told
from casetracker.services.demo.patrol_places import Patroller, working_days
from casetracker.services.demo.timing import month_days, months_back
from casetracker.services.numbers import next_block
from casetracker.services.use_case import use_case

INSPECTIONS_OF_2019, HAZARDS_OF_2019, RECTIFIED_OF_2019 = 1437, 1150, 1145
"""安全检查 1437 家次，排查隐患 1150 处，整改 1145 处: the founding report."""

SEED = 1437
MONTHS_BACK = 13
SURE = (
    (1, Fate.NEW), (1, Fate.NOTIFIED), (2, Fate.NEW), (6, Fate.REPORTED), (9, Fate.REPORTED),
    (24, Fate.NOTIFIED), (27, Fate.HANDED_OVER), (30, Fate.NOTIFIED), (33, Fate.DISMISSED),
)  # fmt: skip
"""What there is today whatever the dice say: so many days ago, and what became of it."""
PER_MONTH = (34, 46)
WITH_TWO = 250
"""Of the inspections of 2019 that found anything, those that found two."""
Row = dict[str, Any]


@use_case
def lay_patrols(ctx: Context, session: Session) -> None:
    """Rows numbered in the order of the days; the same for the same moment."""
    random = Random(SEED)  # noqa: S311 - stories, not secrets
    ref, today = reference(session), local_date(ctx.now)
    staff = {row.username: row for row in session.scalars(select(Account))}
    patroller = Patroller(random, ref, staff)
    recent = [*_recent_visits(random, ref, today), *_sure_visits(ref, today)]
    visits = [*_visits_of_2019(random, ref), *sorted(recent, key=lambda visit: visit[0])]
    inspections = [patroller.inspection(day, bool(fates)) for day, fates in visits]
    ids = _insert(session, Inspection, INSPECTION_PREFIX, inspections, "inspected_on")
    found = [
        Found(patroller, inspection_id, row, fate)
        for inspection_id, row, (_, fates) in zip(ids, inspections, visits, strict=True)
        for fate in fates
    ]
    _lay_hazards(session, [told(one, ref, today) for one in found])


def _lay_hazards(session: Session, stories: list[tuple[Row, list[Row]]]) -> None:
    ids = _insert(session, Hazard, HAZARD_PREFIX, [row for row, _ in stories], "found_on")
    entries = (
        {**entry, "hazard_id": hazard_id}
        for hazard_id, (_, steps) in zip(ids, stories, strict=True)
        for entry in steps
    )
    session.execute(insert(HazardEntry), list(entries))


def _insert(session: Session, table: Any, prefix: str, rows: list[Row], day: str) -> list[int]:
    """All rows at once, under the numbers of their years; their ids in the same order."""
    for year in sorted({row[day].year for row in rows}):
        of_year = [row for row in rows if row[day].year == year]
        first = next_block(session, f"{prefix}{year}", len(of_year))
        for place, row in enumerate(of_year):
            row["number"] = case_number(year, first + place, prefix=prefix)
    added = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(session.scalars(added, rows))


def _visits_of_2019(random: Random, ref: Reference) -> Iterator[tuple[date, list[Fate]]]:
    """Each inspection with what becomes of the hazards that it finds: two, one or none."""
    counts = [2] * WITH_TWO + [1] * (HAZARDS_OF_2019 - 2 * WITH_TWO)
    counts += [0] * (INSPECTIONS_OF_2019 - len(counts))
    random.shuffle(counts)
    days = working_days(ref.calendar, date(2019, 1, 2), date(2019, 12, 27))
    left = HAZARDS_OF_2019
    for place, count in enumerate(counts):
        fates = []
        for _ in range(count):
            left -= 1
            in_time = left >= HAZARDS_OF_2019 - RECTIFIED_OF_2019
            fates.append(Fate.RECTIFIED if in_time else Fate.NEXT_YEAR)
        yield days[place * len(days) // len(counts)], fates


def _sure_visits(ref: Reference, today: date) -> Iterator[tuple[date, list[Fate]]]:
    for days_ago, fate in SURE:
        yield ref.calendar.last_working_day(today - timedelta(days=days_ago)), [fate]


def _recent_visits(
    random: Random, ref: Reference, today: date
) -> Iterator[tuple[date, list[Fate]]]:
    """Every month up to yesterday, all areas in turn."""
    for month in months_back(today, MONTHS_BACK):
        last = month + timedelta(days=month_days(month) - 1)
        days = working_days(ref.calendar, month, min(last, today - timedelta(days=1)))
        chosen = sorted(random.choices(days, k=random.randint(*PER_MONTH))) if days else []
        for day in chosen:
            count = random.choices((0, 1, 2), (42, 44, 14))[0]
            yield day, [recent_fate(random, (today - day).days) for _ in range(count)]
