"""What the rules of supervision look at: the facts of one case, and the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from casetracker.domain.days import OfficeHours, at, local_date
from casetracker.domain.vocabulary import Channel, State, SuperviseTrigger
from casetracker.domain.working_calendar import WorkingCalendar


class RunningLimit(NamedTuple):
    """A clock that runs; `unit_id` is who has to meet it."""

    id: int
    code: str
    unit_id: int | None
    started_at: datetime
    due_at: datetime


class Happened(NamedTuple):
    """Something that happened once, and the row that tells of it."""

    id: int
    at: datetime


class LeaderNote(NamedTuple):
    """A leader's note on a petition that waits for a report until a day."""

    id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One open case as far as the rules ask; instants are aware.

    `last_record_at` is when its units last did something on it, `sent_back` the newest reply if it
    was refused, `twins` how many other cases got the newest reply word for word, `disputed` the
    answer of a resident whose own words stand against the record. `under_order` names the triggers
    of orders that wait to be struck off.
    """

    case_id: int
    state: State
    channel: Channel
    risk_tags: frozenset[str] = frozenset()
    persons: int = 1
    is_repeat: bool = False
    repeat_count: int = 0
    urge_count: int = 0
    return_count: int = 0
    lead_unit_id: int | None = None
    limits: tuple[RunningLimit, ...] = ()
    last_record_at: datetime | None = None
    sent_back: Happened | None = None
    instructed: Happened | None = None
    letters: tuple[LeaderNote, ...] = ()
    answered: Happened | None = None
    twins: int = 0
    disputed: int | None = None
    under_order: frozenset[SuperviseTrigger] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ripening:
    """What a rule finds from `at` on if nothing changes, until `until` where that is known.

    `episode` tells one occasion from the next: the same one is brought up once. `unit_id` is whom
    an order would go to, `facts` the reason in figures.
    """

    at: datetime
    episode: str
    unit_id: int | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, in the office's own calendar and hours."""

    now: datetime
    calendar: WorkingCalendar
    office: OfficeHours
    collective_min: int = 5

    def opening(self, day: date) -> datetime:
        return at(day, self.office.start_of_office)

    def working_days_after(self, instant: datetime, days: int) -> datetime:
        """The opening of the so-manieth working day after; the instant itself for none."""
        if days == 0:
            return instant
        return self.opening(self.calendar.add_working_days(local_date(instant), days))

    def working_days_before(self, instant: datetime, days: int) -> datetime:
        """The opening of the day from which that many working days are left."""
        day = local_date(instant)
        for _ in range(days):
            day = self.calendar.previous_working_day(day)
        return self.opening(day)
