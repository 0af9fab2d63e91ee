"""来访登记 of the demonstration: the 266 visits of 2019 that the founding report counts, and those
of the last months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.domain.ledgers import VISIT_PREFIX, is_collective
from casetracker.domain.numbering import case_number
from casetracker.domain.petition_vocabulary import VisitResult
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import Visit, VisitPerson
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.commands.ledgers import VisitorCommand
from casetracker.services.context import Context
from casetracker.services.demo.organisation import AREAS, name_of
from casetracker.services.demo.timing import months_back
from casetracker.services.ledgers.persons import identity_columns, person_columns
from casetracker.services.numbers import next_block
from casetracker.services.use_case import use_case

VISITS_OF_2019 = 266
"""接待来访群众 266 次: the founding report."""

SEED = 266
MONTHS_BACK = 13
PER_MONTH = (9, 16)
PLACES = (("信访接待室", 80), ("综合服务窗口", 20))
SIZES = ((1, 70), (2, 12), (3, 6), (4, 4), (6, 4), (12, 3), (35, 1))
RECEIVERS = (("clerk1", 85), ("operator1", 15))
NUMBERS_KEPT, ADDRESSES_KEPT = 0.85, 0.7
"""Shares of visitors who leave a telephone number, and an address."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason to come, with what is said and done about it."""

    result: VisitResult
    unit: str | None
    matter: str
    said: str


@cache
def causes() -> tuple[Cause, ...]:
    """All of them, in the order of the file."""
    text = Path(__file__).with_name("visits.txt").read_text(encoding="utf-8")
    return tuple(_cause(block) for block in text.strip().split("\n\n")[1:])


def _cause(block: str) -> Cause:
    head, matter, said = block.splitlines()
    result, unit = head.split(" ")
    return Cause(
        VisitResult(result), None if unit == "-" else unit, matter, said.removeprefix("= ")
    )


@use_case
def lay_visits(ctx: Context, session: Session) -> None:
    """Rows numbered in the order in which people came; the same for the same moment."""
    random = Random(SEED)  # noqa: S311 - stories, not secrets
    ref = reference(session)
    staff = {row.username: row.id for row in session.execute(select(Account.username, Account.id))}
    old, recent = _moments_of_2019(random, ref.calendar), _recent(random, ref.calendar, ctx.now)
    numbers = _Numbers(session)
    for moment in sorted([*old, *recent]):
        visit = _visit(random, ref, staff, moment)
        visit.number = numbers.next(moment.year)
        session.add(visit)
        session.flush()
        session.add_all(_people(random, ref, visit))


class _Numbers:
    """Numbers of visits, year by year."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def next(self, year: int) -> str:
        sequence = next_block(self.session, f"{VISIT_PREFIX}{year}", 1)
        return case_number(year, sequence, prefix=VISIT_PREFIX)


def _moments_of_2019(random: Random, calendar: WorkingCalendar) -> Iterator[datetime]:
    days = _working_days(calendar, date(2019, 1, 2), date(2019, 12, 31))
    for place in range(VISITS_OF_2019):
        yield _moment(random, days[place * len(days) // VISITS_OF_2019])


def _recent(random: Random, calendar: WorkingCalendar, now: datetime) -> Iterator[datetime]:
    today = local_date(now)
    for month in months_back(today, MONTHS_BACK):
        last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        days = _working_days(calendar, month, min(last, today))
        chosen = sorted(random.choices(days, k=random.randint(*PER_MONTH))) if days else []
        moments = [_moment(random, day) for day in chosen]
        yield from (moment for moment in moments if moment < now)


def _working_days(calendar: WorkingCalendar, first: date, last: date) -> list[date]:
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if calendar.is_working_day(day)]


def _moment(random: Random, day: date) -> datetime:
    hour = random.choice((9, 9, 10, 10, 11, 14, 15, 15, 16))
    return at(day, time(hour, random.randrange(0, 60, 5)))


def _visit(random: Random, ref: Reference, staff: dict[str, int], moment: datetime) -> Visit:
    cause, persons = random.choice(causes()), _weighted(random, SIZES)
    area = ref.units[ref.unit_names[random.choice(AREAS)]].name
    words = {"area": area, "count": str(random.randint(2, 9))}
    receiver = staff[_weighted(random, RECEIVERS)]
    return Visit(
        visited_at=moment,
        place=_weighted(random, PLACES),
        received_by=receiver,
        persons=persons,
        is_collective=is_collective(persons, ref.settings["collective_min"]),
        matter=cause.matter.format(**words),
        said=cause.said.format(**words),
        result=cause.result,
        unit_id=ref.unit_names[cause.unit] if cause.unit else None,
        entered_by=receiver,
        entered_at=moment + timedelta(minutes=20),
    )


def _people(random: Random, ref: Reference, visit: Visit) -> Iterator[VisitPerson]:
    """One who speaks for a few, up to as many representatives as may be for a crowd."""
    most: int = ref.settings["representatives_max"]
    for _ in range(min(visit.persons, most) if visit.is_collective else 1):
        person = _person(random, ref)
        yield VisitPerson(
            visit_id=visit.id,
            is_representative=visit.is_collective,
            **person_columns(person),
            **identity_columns(person),
        )


def _person(random: Random, ref: Reference) -> VisitorCommand:
    phone = f"1{random.choice('3578')}{random.randrange(10**9):09}"
    area = ref.units[ref.unit_names[random.choice(AREAS)]].name
    address = f"{area}{random.randint(1, 18)}栋{random.randint(1, 4)}单元"
    return VisitorCommand(
        name=name_of(random.randrange(100_000)),
        phone=phone if random.random() < NUMBERS_KEPT else None,
        address=address if random.random() < ADDRESSES_KEPT else None,
    )


def _weighted(random: Random, choices: tuple[tuple[Any, int], ...]) -> Any:
    return random.choices([one for one, _ in choices], [weight for _, weight in choices])[0]
