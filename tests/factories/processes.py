"""A product that other processes share: its street, filled by this process, and its tables."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from casetracker import create_app
from casetracker.config import load_settings
from casetracker.domain.days import local_date
from casetracker.persistence.calendar_day import CalendarDay, CalendarVersion, Setting
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import touch
from tests.factories.street import Street, new_street


@dataclass
class SharedStreet:
    """The street in a database that real processes work on."""

    street: Street
    phones: int = 13800000000

    def register(self, count: int = 1) -> list[str]:
        """So many cases, each of another resident."""
        numbers = []
        for _ in range(count):
            self.phones += 1
            resident = {"name": "张三", "phone": str(self.phones)}
            numbers.append(self.street.register(petitioner=resident).number)
        return numbers

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What is in the database now."""
        with db.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def change(self, statement: str, **values: Any) -> None:
        with db.engine.begin() as connection:
            connection.execute(text(statement), values)

    def states(self, channel: str) -> dict[str, int]:
        """How many outbox rows of a channel are in which state."""
        counted = "SELECT state, count(*) FROM outbox WHERE channel = :channel GROUP BY state"
        return dict(tuple(row) for row in self.rows(counted, channel=channel))

    def all_sent(self, count: int) -> Callable[[], bool]:
        """Whether so many cases have been told in the house and outside."""
        return lambda: self.states("sms") == {"sent": count} == self.states("relay")


@contextmanager
def shared_street(env: Mapping[str, str]) -> Iterator[SharedStreet]:
    """The product of `env` within this process, with people and a calendar, committed."""
    app = create_app(load_settings(env))
    with app.app_context():
        street = new_street(db.session())
        open_around_the_clock(db.session(), street.now)
        try:
            yield SharedStreet(street)
        finally:
            db.session.remove()
            db.engine.dispose()


def open_around_the_clock(session: Session, now: datetime) -> None:
    """Reminders go out in office hours; these processes run whenever somebody tests."""
    today = local_date(datetime.now(UTC))
    days = [today + timedelta(days=offset) for offset in (-1, 0, 1)]
    for year in {day.year for day in days}:
        version = CalendarVersion(year=year, version=99, source="test", loaded_at=now)
        session.add(version)
        session.flush()
        session.add_all(
            CalendarDay(version_id=version.id, day=day, is_workday=True, name="")
            for day in days
            if day.year == year
        )
    session.add(Setting(name="office_hours", value="00:00-23:59", changed_at=now))
    touch(session, now)
    session.commit()
