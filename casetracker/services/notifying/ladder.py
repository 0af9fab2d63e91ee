"""Which step of the reminder ladder a clock has reached and who is told, worked out once a kind.

The ladder itself is `domain.reminders`; here it meets clocks and people. A late clock depends on
its due date alone, so thousands of them cost a handful of calculations.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from casetracker.domain.days import local_date
from casetracker.domain.reminders import (
    LADDER,
    Recipient,
    Reminder,
    ReminderStep,
    WarnedDue,
    next_reminder,
    recipients_for,
)
from casetracker.domain.vocabulary import Role, State, Track
from casetracker.persistence.queries.reference import Reference
from casetracker.services.notifying.petition_holders import petition_holders
from casetracker.services.notifying.recipients import NOBODY, Directory, Ids

LATE_AFTER_HOURS = 0.25
"""Office time after which a reminder is marked 补发: the scan was not running when it was due."""
_GRAVEST = max(rung.from_days_late for rung in LADDER)
_HOLDERS = frozenset({Recipient.HANDLER, Recipient.UNIT_HEAD})


class DueClock(Protocol):
    """What is known of a clock and of its case."""

    limit_code: str
    unit_id: int | None
    started_at: datetime
    due_at: datetime
    warn_at: datetime
    reminded_step: str | None
    next_reminder_at: datetime
    state: State
    track: Track
    is_sealed: bool
    lead_unit_id: int | None
    handler_id: int | None
    is_important: bool


class Step(NamedTuple):
    """What is told now (None if it was before), to whom, and when to look again.

    `mark` is what the clock remembers as told last.
    """

    told: Reminder | None
    people: tuple[int, ...]
    is_late: bool
    next_at: datetime
    mark: str | None


def rows_of(step: Step, now: datetime, **subject: Any) -> list[dict[str, Any]]:
    """One row a person about the subject; none where the step has been told before."""
    if step.told is None:
        return []
    told = {"step": step.told.step, "occurrence": step.told.occurrence, "is_late": step.is_late}
    return [{**subject, **told, "account_id": person, "created_at": now} for person in step.people]


@dataclass(slots=True)
class Ladder:
    """The ladder at one moment within office hours."""

    ref: Reference
    directory: Directory
    now: datetime
    _late: dict[Any, tuple[Reminder | None, datetime]] = field(default_factory=dict)
    _people: dict[Any, tuple[int, ...]] = field(default_factory=dict)
    _delays: dict[datetime, bool] = field(default_factory=dict)

    def step_of(self, clock: DueClock) -> Step:
        told, next_at = self._reached(clock)
        if told is None:
            return Step(None, (), False, next_at, clock.reminded_step)
        mark = f"{told.step}:{told.occurrence}"
        people = self._told_people(clock, told)
        return Step(told, people, self._is_delayed(clock.next_reminder_at), next_at, mark)

    def _reached(self, clock: DueClock) -> tuple[Reminder | None, datetime]:
        if clock.due_at >= self.now:
            return self._work_out(clock)
        day = local_date(clock.due_at)
        key = (day if day < self._settled_before() else clock.due_at, clock.reminded_step)
        if key not in self._late:
            self._late[key] = self._work_out(clock)
        return self._late[key]

    def _settled_before(self) -> date:
        """Due dates before this day have had their `overdue` on an earlier day than today."""
        return self.ref.calendar.previous_working_day(local_date(self.now))

    def _work_out(self, clock: DueClock) -> tuple[Reminder | None, datetime]:
        due = WarnedDue(clock.due_at, clock.warn_at)
        office, calendar = self.ref.settings.office_hours, self.ref.calendar
        start, last = clock.started_at, _last_step(clock.reminded_step)
        step = next_reminder(start, due, self.now, calendar, office, last)
        if step.at > self.now:
            return None, step.at
        told = (step.step, step.occurrence)
        return step, next_reminder(start, due, self.now, calendar, office, told).at

    def _is_delayed(self, planned: datetime) -> bool:
        if planned not in self._delays:
            office = self.ref.settings.office_hours
            grace = office.add_office_time(planned, LATE_AFTER_HOURS, self.ref.calendar)
            self._delays[planned] = self.now > grace
        return self._delays[planned]

    def _told_people(self, clock: DueClock, told: Reminder) -> tuple[int, ...]:
        days_late = min(told.occurrence, _GRAVEST)
        key = (
            told.step, days_late, clock.limit_code, clock.unit_id, clock.lead_unit_id,
            clock.handler_id, clock.is_important, clock.state, clock.track, clock.is_sealed,
        )  # fmt: skip
        if key not in self._people:
            self._people[key] = tuple(sorted(self._who(clock, told, days_late)))
        return self._people[key]

    def _who(self, clock: DueClock, told: Reminder, days_late: int) -> Ids:
        """Of a sealed case the discipline officers hear, and nobody in their stead."""
        if clock.is_sealed:
            return self.directory.having(Role.DISCIPLINE)
        roles = recipients_for(told.step, days_late)
        found = self._holders(clock) if roles & _HOLDERS else NOBODY
        for role in roles - _HOLDERS:
            found |= self._above(role, clock)
        return found or self.directory.having(Role.SUPERVISOR)

    def _holders(self, clock: DueClock) -> Ids:
        """Who has to act for this clock to stop."""
        if clock.track is Track.PETITION:
            return petition_holders(clock, self.directory)
        people, unit = self.directory, clock.lead_unit_id
        match clock.limit_code:
            case "assist" | "supervise":
                return people.heads(clock.unit_id) | people.handlers(clock.unit_id)
            case "callback":
                return people.having(Role.FOLLOW_UP)
            case "park_review":
                return people.deputy_leader(unit)
            case "review" if clock.is_important:
                return people.deputy_leader(unit) | people.having(Role.LEADER)
            case "review":
                return people.heads(unit)
        if unit is None or clock.state is State.RETURN_PENDING:
            return people.having(Role.DISPATCHER)
        return people.heads(unit) | people.handlers(unit, clock.handler_id)

    def _above(self, role: Recipient, clock: DueClock) -> Ids:
        if role is Recipient.DEPUTY_LEADER:
            return self.directory.deputy_leader(clock.lead_unit_id or clock.unit_id)
        office = {Recipient.SUPERVISOR: Role.SUPERVISOR, Recipient.LEADER: Role.LEADER}
        return self.directory.having(office.get(role, Role.DISPATCHER))


def _last_step(mark: str | None) -> tuple[ReminderStep, int] | None:
    if mark is None:
        return None
    step, _, occurrence = mark.partition(":")
    return ReminderStep(step), int(occurrence)
