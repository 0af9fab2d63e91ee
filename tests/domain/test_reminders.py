"""The reminder ladder: what falls when, to whom, and that an outage neither loses nor doubles."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.domain.days import OFFICE, SHANGHAI, OfficeHours
from casetracker.domain.deadlines import due_for, warn_at
from casetracker.domain.limits import limit_named
from casetracker.domain.reminders import (
    LADDER,
    Recipient,
    Reminder,
    ReminderStep,
    Rung,
    WarnedDue,
    next_reminder,
    recipients_for,
)
from tests.calendars import china_calendar

CHINA = china_calendar()
SOON, TODAY = ReminderStep.DUE_SOON, ReminderStep.DUE_TODAY
OVERDUE, AGAIN = ReminderStep.OVERDUE, ReminderStep.OVERDUE_AGAIN


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def shown(found: Reminder | None) -> tuple[ReminderStep, int, str] | None:
    if found is None:
        return None
    return found.step, found.occurrence, found.at.astimezone(SHANGHAI).strftime("%m-%dT%H:%M:%S")


def clock(name: str, started: str) -> tuple[datetime, WarnedDue]:
    start = moment(started)
    due = due_for(limit_named(name), start, CHINA, explain=False)
    return start, WarnedDue(due.due_legal, warn_at(start, due, CHINA))


def told_at(now: datetime, start: datetime, due: WarnedDue) -> Reminder | None:
    """What is told at this moment when nothing was told before; None when it can wait."""
    step = next_reminder(start, due, now, CHINA)
    return step if step.at <= now else None


def climb(name: str, started: str, count: int) -> list[tuple[ReminderStep, int, str]]:
    """The first steps of a clock that nobody stops, each told at its moment."""
    start, due = clock(name, started)
    now, last, told = start, None, []
    for _ in range(count):
        step = next_reminder(start, due, now, CHINA, last_step=last)
        now, last = step.at, (step.step, step.occurrence)
        told.append(shown(step))
    return told


@pytest.mark.parametrize(
    ("name", "started", "steps"),
    [
        (
            "handle:help",  # due Fri 2025-10-10
            "2025-09-26T10:00",  # Fri
            [
                (SOON, 0, "10-09T11:59:59"),  # Thu, 1.5 working days before
                (TODAY, 0, "10-10T09:00:00"),  # Fri
                (OVERDUE, 0, "10-11T09:00:00"),  # Sat, make-up day: somebody is there
                (AGAIN, 2, "10-13T09:00:00"),  # Mon
                (AGAIN, 3, "10-14T09:00:00"),
            ],
        ),
        (
            "notify15",  # raw Tue 10-07 within 国庆, legal Thu 10-09
            "2025-09-22T10:00",
            [
                (SOON, 0, "09-30T16:30:00"),  # Tue, the last office hour before the raw date
                (TODAY, 0, "10-09T09:00:00"),  # Thu, by the legal date
                (OVERDUE, 0, "10-10T09:00:00"),
                (AGAIN, 2, "10-11T09:00:00"),  # Sat, make-up day
            ],
        ),
        (
            "handle60",  # raw Sat 10-04, legal Thu 10-09: 18 days before the raw one
            "2025-08-05T10:00",
            [
                (SOON, 0, "09-17T09:00:00"),  # Tue 09-16 23:59:59 moved to Wed morning
                (TODAY, 0, "10-09T09:00:00"),
            ],
        ),
        (
            "handle:consult",  # due Tue 09-23; one day long, so the last call comes second
            "2025-09-22T10:00",
            [
                (TODAY, 0, "09-23T09:00:00"),
                (SOON, 0, "09-23T16:30:00"),
                (OVERDUE, 0, "09-24T09:00:00"),
            ],
        ),
        (
            "sign",  # due the same Mon 16:00; the morning was before the start
            "2025-09-22T10:00",
            [
                (SOON, 0, "09-22T14:48:00"),
                (OVERDUE, 0, "09-22T16:00:01"),
                (AGAIN, 1, "09-23T09:00:00"),
                (AGAIN, 2, "09-24T09:00:00"),
            ],
        ),
        (
            "sign",  # due the same Mon 15:00; opening is not announced to who starts with it
            "2025-09-22T09:00",
            [(SOON, 0, "09-22T11:48:00"), (OVERDUE, 0, "09-22T15:00:01")],
        ),
        (
            "contact:urgent",  # due Mon 20:30, at night: nothing before the morning
            "2025-09-22T18:30",
            [(OVERDUE, 0, "09-23T09:00:00"), (AGAIN, 2, "09-24T09:00:00")],
        ),
        (
            "contact:urgent",  # due at lunch
            "2025-09-22T10:30",
            [(SOON, 0, "09-22T11:00:00"), (OVERDUE, 0, "09-22T14:00:00")],
        ),
    ],
)
def test_the_ladder_of_a_clock_nobody_stops(name, started, steps):
    assert climb(name, started, len(steps)) == steps


def test_a_due_on_a_rest_day_is_announced_on_the_last_working_day_before():
    start = moment("2025-09-22T10:00")
    upstream = WarnedDue(moment("2025-10-04T18:00"), moment("2025-09-29T10:00"))  # Sat, 国庆
    steps = [next_reminder(start, upstream, moment("2025-09-29T12:00"), CHINA, last_step=(SOON, 0))]
    steps.append(next_reminder(start, upstream, steps[0].at, CHINA, last_step=(TODAY, 0)))
    assert [shown(step) for step in steps] == [
        (TODAY, 0, "09-30T09:00:00"),  # Tue
        (OVERDUE, 0, "10-09T09:00:00"),  # Thu
    ]


@pytest.mark.parametrize("due_at", ["2025-09-26T08:00", "2025-09-26T09:00:00"])  # Fri
def test_a_due_by_opening_is_announced_the_working_day_before(due_at):
    start = moment("2025-09-22T10:00")
    upstream = WarnedDue(moment(due_at), moment("2025-09-25T16:30"))
    found = next_reminder(start, upstream, start, CHINA)
    assert shown(found) == (TODAY, 0, "09-25T09:00:00")  # Thu


@pytest.mark.parametrize(
    ("now", "reached"),
    [
        # handle:help from Fri 2025-09-26, due Fri 10-10
        ("2025-10-09T11:59:58", None),  # Thu, not yet
        ("2025-10-09T14:00:00", (SOON, 0)),
        ("2025-10-09T20:00:00", None),  # at night nobody is told anything
        ("2025-10-10T09:00:00", (TODAY, 0)),
        ("2025-10-10T17:29:59", (TODAY, 0)),
        ("2025-10-11T08:59:59", None),
        ("2025-10-11T09:00:00", (OVERDUE, 0)),  # Sat, make-up
        ("2025-10-12T10:00:00", None),  # Sun
        ("2025-10-13T09:00:00", (AGAIN, 2)),  # Mon
        ("2025-10-14T12:30:00", None),  # lunch
        ("2025-10-16T15:00:00", (AGAIN, 5)),  # Thu: after an outage one step, the current one
    ],
)
def test_only_the_step_that_applies_now_is_due(now, reached):
    found = told_at(moment(now), *clock("handle:help", "2025-09-26T10:00"))
    assert (found and (found.step, found.occurrence)) == reached


def test_the_due_second_itself_is_not_late():
    start, due = clock("sign", "2025-09-22T10:00")  # due Mon 16:00:00
    assert told_at(moment("2025-09-22T16:00:00"), start, due).step is SOON
    assert told_at(moment("2025-09-22T16:00:01"), start, due).step is OVERDUE


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        # handle:help from Fri 2025-09-26, due Fri 10-10; the machine was off until now
        ("2025-10-09T15:00:00", None, (SOON, 0, "10-09T15:00:00")),  # at once
        ("2025-10-09T15:00:00", (SOON, 0), (TODAY, 0, "10-10T09:00:00")),  # told: the next one
        ("2025-10-09T19:00:00", None, (TODAY, 0, "10-10T09:00:00")),  # at night: what applies then
        ("2025-10-10T18:00:00", (SOON, 0), (OVERDUE, 0, "10-11T09:00:00")),
        ("2025-10-15T10:00:00", (TODAY, 0), (AGAIN, 4, "10-15T10:00:00")),  # Wed, one of the missed
        ("2025-10-15T10:00:00", (AGAIN, 3), (AGAIN, 4, "10-15T10:00:00")),
        ("2025-10-15T10:00:00", (AGAIN, 4), (AGAIN, 5, "10-16T09:00:00")),
        ("2025-10-18T10:00:00", (AGAIN, 6), (AGAIN, 7, "10-20T09:00:00")),  # Sat → Mon
    ],
)
def test_the_next_reminder_after_an_outage(now, last, expected):
    start, due = clock("handle:help", "2025-09-26T10:00")
    assert shown(next_reminder(start, due, moment(now), CHINA, last_step=last)) == expected


def test_working_days_late_leave_the_holiday_out():
    start, due = clock("handle:help", "2025-09-22T10:00")  # due Sun 09-28, make-up day
    found = told_at(moment("2025-10-09T10:00"), start, due)
    assert (found.step, found.occurrence) == (AGAIN, 3)  # Mon 29, Tue 30, Thu 10-09


def test_the_offices_own_hours_move_the_steps():
    summer = OfficeHours(((time(8, 30), time(12)), (time(15), time(18))))
    start, due = clock("handle:help", "2025-09-26T10:00")
    found = next_reminder(start, due, moment("2025-10-09T17:45"), CHINA, summer, (SOON, 0))
    assert shown(found) == (TODAY, 0, "10-10T08:30:00")


UNIT = {Recipient.HANDLER, Recipient.UNIT_HEAD}
SUPERVISOR, DISPATCHER = Recipient.SUPERVISOR, Recipient.DISPATCHER


@pytest.mark.parametrize(
    ("step", "late", "told"),
    [
        (SOON, 0, UNIT),
        (TODAY, 0, UNIT),
        (OVERDUE, 0, UNIT | {SUPERVISOR}),
        (AGAIN, 1, UNIT),
        (AGAIN, 2, UNIT),
        (AGAIN, 3, UNIT | {SUPERVISOR}),
        (AGAIN, 4, UNIT | {SUPERVISOR}),
        (AGAIN, 5, UNIT | {SUPERVISOR, Recipient.DEPUTY_LEADER}),
        (AGAIN, 9, UNIT | {SUPERVISOR, Recipient.DEPUTY_LEADER}),
        (AGAIN, 10, UNIT | {SUPERVISOR, Recipient.DEPUTY_LEADER, Recipient.LEADER}),
        (AGAIN, 99, UNIT | {SUPERVISOR, Recipient.DEPUTY_LEADER, Recipient.LEADER}),
    ],
)
def test_who_is_told_climbs_with_the_working_days_late(step, late, told):
    assert recipients_for(step, late) == told


def test_a_case_no_unit_holds_yet_is_the_dispatchers():
    assert recipients_for(SOON, assigned=False) == {DISPATCHER}
    assert recipients_for(OVERDUE, assigned=False) == {DISPATCHER, SUPERVISOR}
    assert recipients_for(AGAIN, 10, assigned=False) == {
        DISPATCHER,
        SUPERVISOR,
        Recipient.DEPUTY_LEADER,
        Recipient.LEADER,
    }


def test_a_street_may_configure_its_own_ladder():
    ladder = (Rung(AGAIN, frozenset({Recipient.LEADER}), "at once"),)
    assert recipients_for(AGAIN, 1, ladder=ladder) == {Recipient.LEADER}
    assert recipients_for(SOON, ladder=ladder) == set()


def test_every_step_has_a_rung_and_every_rung_says_why():
    assert {rung.step for rung in LADDER} == set(ReminderStep)
    assert all(rung.note and rung.roles for rung in LADDER)


NAMES = st.sampled_from(["handle:help", "handle:consult", "notify15", "sign", "contact:urgent"])
STARTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def started(name: str, start: datetime) -> WarnedDue:
    due = due_for(limit_named(name), start, CHINA, explain=False)
    return WarnedDue(due.due_legal, warn_at(start, due, CHINA))


@settings(max_examples=60)
@given(NAMES, STARTS)
def test_each_step_is_told_once_in_order_and_in_office_hours(name, start):
    due = started(name, start)
    now, told = start, []
    for _ in range(8):
        last = (told[-1].step, told[-1].occurrence) if told else None
        step = next_reminder(start, due, now, CHINA, last_step=last)
        assert OFFICE.is_open(step.at, CHINA)
        assert step.at >= now
        assert (step.step in (OVERDUE, AGAIN)) == (step.at > due.due_at)
        now = step.at
        told.append(step)
    keys = [(step.step, step.occurrence) for step in told]
    assert len(set(keys)) == len(keys)
    assert keys.count((OVERDUE, 0)) == 1
    late = [step.occurrence for step in told if step.step is AGAIN]
    assert late == list(range(late[0], late[0] + len(late)))


@settings(max_examples=60)
@given(NAMES, STARTS, st.lists(st.integers(1, 3000), min_size=5, max_size=25))
def test_a_scan_at_any_moments_tells_what_a_scan_without_gaps_would_tell_then(name, start, gaps):
    """An outage of any length: the same step, never one that was told already."""
    due = started(name, start)
    now, told = start, []
    for gap in gaps:
        now += timedelta(minutes=gap)
        last = (told[-1].step, told[-1].occurrence) if told else None
        planned = next_reminder(start, due, now, CHINA, last_step=last)
        reached = told_at(now, start, due)
        is_new = reached is not None and (reached.step, reached.occurrence) != last
        assert is_new == (planned.at <= now)
        if is_new:
            assert (planned.step, planned.occurrence) == (reached.step, reached.occurrence)
            told.append(reached)
    keys = [(step.step, step.occurrence) for step in told]
    assert len(set(keys)) == len(keys)
