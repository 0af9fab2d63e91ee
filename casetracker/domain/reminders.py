"""The reminder ladder: which step a clock has reached, when the next one falls, and who is told.

Level-triggered: asked at any moment, it names the one step that applies then, so an outage loses
nothing that still matters and doubles nothing. Steps fall in office hours only. Whether a step has
been told already is for the caller to remember. Source: docs/rules/deadlines.md, "Reminders".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from casetracker.domain.days import OFFICE, OfficeHours, at, local_date
from casetracker.domain.working_calendar import WorkingCalendar


class ReminderStep(StrEnum):
    """The steps, in the order in which they outrank each other at the same moment."""

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    OVERDUE_AGAIN = "overdue_again"


class Recipient(StrEnum):
    """Who is told, by the part they take in the case."""

    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    DEPUTY_LEADER = "deputy_leader"
    LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Rung:
    """Who else is told at a step, from so many working days late on."""

    step: ReminderStep
    roles: frozenset[Recipient]
    note: str
    from_days_late: int = 0


SUPERVISION_SUGGESTED_FROM = 3
"""Working days late from which a 督办 is suggested."""

_UNIT = frozenset({Recipient.HANDLER, Recipient.UNIT_HEAD})

LADDER: tuple[Rung, ...] = (
    Rung(ReminderStep.DUE_SOON, _UNIT, "30 % of the limit left"),
    Rung(ReminderStep.DUE_TODAY, _UNIT, "office opening of the last working day"),
    Rung(ReminderStep.OVERDUE, _UNIT | {Recipient.SUPERVISOR}, "first office hour after the due"),
    Rung(ReminderStep.OVERDUE_AGAIN, _UNIT, "office opening of every working day while late"),
    Rung(
        ReminderStep.OVERDUE_AGAIN,
        frozenset({Recipient.SUPERVISOR}),
        "with a 督办 suggested",
        from_days_late=SUPERVISION_SUGGESTED_FROM,
    ),
    Rung(
        ReminderStep.OVERDUE_AGAIN,
        frozenset({Recipient.DEPUTY_LEADER}),
        "分管领导",
        from_days_late=5,
    ),
    Rung(ReminderStep.OVERDUE_AGAIN, frozenset({Recipient.LEADER}), "主要领导", from_days_late=10),
)
"""The ladder as shipped; the colours 黄、橙、红、督办 of 12345 practice follow its steps."""


class WarnedDue(NamedTuple):
    """A due date that drives reminders, and from when it is due soon."""

    due_at: datetime
    warn_at: datetime


class Reminder(NamedTuple):
    """One step of the ladder: `at` is its moment in UTC, `occurrence` the working days late.

    `occurrence` is 0 except for `overdue_again`; with the due date and the step it makes a key.
    """

    step: ReminderStep
    at: datetime
    occurrence: int


def recipients_for(
    step: ReminderStep,
    working_days_late: int = 0,
    *,
    assigned: bool = True,
    ladder: Sequence[Rung] = LADDER,
) -> frozenset[Recipient]:
    """Who is told at a step; a case that no unit holds yet is the dispatcher's."""
    told = frozenset[Recipient]().union(
        *(r.roles for r in ladder if r.step is step and working_days_late >= r.from_days_late)
    )
    return told if assigned else (told - _UNIT) | {Recipient.DISPATCHER}


@dataclass(frozen=True, slots=True)
class _Ladder:
    """The moments of one clock's steps."""

    started_at: datetime
    due: WarnedDue
    calendar: WorkingCalendar
    office: OfficeHours

    def opening_of(self, day: date) -> datetime:
        return at(day, self.office.start_of_office)

    def before_due(self) -> list[Reminder]:
        """The warnings that fall after the start, earliest first.

        One that the closed office pushes past the due coincides with `overdue` and yields to it.
        """
        soon = self.office.next_open(self.due.warn_at, self.calendar)
        today = self.last_opening()
        found = [Reminder(ReminderStep.DUE_SOON, soon, 0)]
        if today > self.started_at:
            found.append(Reminder(ReminderStep.DUE_TODAY, today, 0))
        return sorted(found, key=_moment)

    def last_opening(self) -> datetime:
        """The opening of the last working day that comes before the due."""
        day = self.calendar.last_working_day(local_date(self.due.due_at))
        opening = self.opening_of(day)
        if opening >= self.due.due_at:
            return self.opening_of(self.calendar.previous_working_day(day))
        return opening

    def overdue(self) -> Reminder:
        after_due = self.due.due_at + timedelta(seconds=1)
        return Reminder(ReminderStep.OVERDUE, self.office.next_open(after_due, self.calendar), 0)

    def again(self, day: date) -> Reminder:
        """The daily step of a late case on one working day."""
        late = self.calendar.working_days_between(local_date(self.due.due_at), day)
        return Reminder(ReminderStep.OVERDUE_AGAIN, self.opening_of(day), late)

    def reached(self, moment: datetime) -> Reminder | None:
        """The latest step at a moment within office hours; of two together the graver one."""
        overdue = self.overdue()
        if moment < overdue.at:
            return max((s for s in self.before_due() if s.at <= moment), key=_moment, default=None)
        day = local_date(moment)
        return self.again(day) if day > local_date(overdue.at) else overdue

    def following(self, moment: datetime) -> Reminder:
        """The first step after the moment; of two together the graver one."""
        overdue = self.overdue()
        ahead = [s for s in (*self.before_due(), overdue) if s.at > moment]
        if ahead:
            return max((s for s in ahead if s.at == ahead[0].at), key=_moment)
        return self.again(
            self.calendar.next_working_day(max(local_date(overdue.at), local_date(moment)))
        )


_RANK = {step: rank for rank, step in enumerate(ReminderStep)}


def _moment(reminder: Reminder) -> tuple[datetime, int]:
    return reminder.at, _RANK[reminder.step]


def next_reminder(
    clock_started_at: datetime,
    due: WarnedDue,
    now: datetime,
    calendar: WorkingCalendar,
    office: OfficeHours = OFFICE,
    last_step: tuple[ReminderStep, int] | None = None,
) -> Reminder:
    """The first step not yet told, with the moment at which to tell it.

    A step already reached and newer than `last_step` (step and occurrence told last, for this
    same due date) is told now or at the next opening; else it is the next one to come. A running
    clock always has a next step: being late is told every working day.
    """
    ladder = _Ladder(clock_started_at, due, calendar, office)
    moment = office.next_open(now, calendar)
    reached = ladder.reached(moment)
    if reached and (reached.step, reached.occurrence) != last_step:
        return reached._replace(at=moment)
    return ladder.following(moment)
