"""When a limit runs out: raw and legal due, provisional or not, and how late a case is.

Pure arithmetic over a limit, a trigger and a calendar; it reads no clock and no database.
Source: docs/rules/deadlines.md R1–R12.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from casetracker.domain.days import LAST_SECOND, OFFICE, OfficeHours, at, local, local_date
from casetracker.domain.deadline_steps import Step, steps_in_days, steps_in_hours
from casetracker.domain.errors import DomainError, GuardRefused
from casetracker.domain.limits import LONGEST, Limit
from casetracker.domain.pauses import Pause, closed, open_since
from casetracker.domain.reckoning import LateReceipt, Reckoning, usual_late_receipt
from casetracker.domain.vocabulary import DayUnit
from casetracker.domain.working_calendar import WorkingCalendar

__all__ = [
    "Due",
    "ExtensionBeyondCap",
    "LateReceipt",
    "Pause",
    "PauseNotAllowed",
    "Standing",
    "Step",
    "assist_due",
    "due_for",
    "remaining_text_facts",
    "standing",
    "stated_due",
    "warn_at",
]

_WARN_TENTHS = 3  # due soon when three tenths of the limit are left
_LAST_CALL_HOURS = 1  # and at least one office hour before


class ExtensionBeyondCap(GuardRefused):
    """More days asked than the limit may be extended by in all; facts: code, asked, cap."""

    code = "extension_beyond_cap"


class PauseNotAllowed(DomainError, ValueError):
    """A pause was given for a limit that no rule suspends (R9)."""

    code = "pause_not_allowed"


class Standing(StrEnum):
    """How one clock stands."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit runs out; instants are UTC, in whole seconds.

    `due_raw` is the platform's date, `due_legal` the one lateness is judged by; they differ only
    where a calendar-day limit ends on a rest day. `provisional`: the notice of a year it counts
    through is not loaded. `paused`: the clock stands, and the dates are those it had until then.
    `unit` and `length` (extension included) say what was counted, None for a stated due.
    """

    due_raw: datetime
    due_legal: datetime
    provisional: bool
    calendar_version: str
    steps: tuple[Step, ...] = ()
    paused: bool = False
    unit: DayUnit | None = None
    length: int | None = None


def due_for(
    limit: Limit,
    trigger: datetime,
    calendar: WorkingCalendar,
    office: OfficeHours = OFFICE,
    *,
    late_receipt: LateReceipt | None = None,
    extend_days: int = 0,
    pauses: Sequence[Pause] = (),
    explain: bool = True,
    day_ends: time = LAST_SECOND,
) -> Due:
    """When the limit runs out that the trigger started.

    `extend_days` counts in the limit's own unit, from the unrolled due date. `late_receipt` None
    takes the usual one of the unit; its bare value will do. With an open pause the due is the one
    the clock had, with `paused` set. `day_ends` is the last second of the day or the end of
    office. Raises ExtensionBeyondCap, PauseNotAllowed, and ValueError for a naive trigger or a
    limit without a length. Source: 民法典第二百零一、二百零三条; 信访工作条例第三十四条; R1–R10.
    """
    _check(limit, extend_days, pauses)
    reckoning = Reckoning(
        limit,
        trigger.replace(microsecond=0),
        calendar,
        office,
        usual_late_receipt(limit.unit) if late_receipt is None else late_receipt,
        extend_days,
        closed(pauses) if pauses else (),
    )
    since = open_since(pauses) if pauses else None
    if limit.in_days:
        return _due_in_days(reckoning, since, explain, day_ends)
    return _due_in_hours(reckoning, since, explain)


def _check(limit: Limit, extend_days: int, pauses: Sequence[Pause]) -> None:
    cap = LONGEST if limit.cap_days is None else limit.cap_days
    if extend_days < 0:
        raise ValueError("an extension cannot shorten a limit")
    if extend_days > cap:
        raise ExtensionBeyondCap(limit=limit.code, asked=extend_days, cap=cap)
    if pauses and not limit.pausable:
        raise PauseNotAllowed(limit=limit.code)


def _due_in_days(
    reckoning: Reckoning, open_pause: datetime | None, explain: bool, day_ends: time
) -> Due:
    unit, calendar = reckoning.limit.unit, reckoning.calendar
    raw = reckoning.raw_end()
    legal = raw if unit is DayUnit.WORKING else reckoning.rolled(raw)
    due_legal = at(legal, day_ends)
    first = local_date(reckoning.trigger) if unit is DayUnit.WORKING else raw
    provisional = _is_provisional(calendar, first, legal)
    paused = open_pause is not None and open_pause <= due_legal
    return Due(
        due_raw=at(raw, day_ends),
        due_legal=due_legal,
        provisional=provisional,
        calendar_version=_version(reckoning, legal),
        steps=steps_in_days(reckoning, legal, open_pause if paused else None) if explain else (),
        paused=paused,
        unit=unit,
        length=reckoning.amount + reckoning.extend_days,
    )


def _due_in_hours(reckoning: Reckoning, open_pause: datetime | None, explain: bool) -> Due:
    end = reckoning.hours_end()
    day = local_date(end)
    office = reckoning.limit.unit is DayUnit.OFFICE_HOURS
    first = local_date(reckoning.trigger) if office else day
    paused = open_pause is not None and open_pause <= end
    return Due(
        due_raw=end,
        due_legal=end,
        provisional=_is_provisional(reckoning.calendar, first, day),
        calendar_version=_version(reckoning, day),
        steps=steps_in_hours(reckoning, end, open_pause if paused else None) if explain else (),
        paused=paused,
        unit=reckoning.limit.unit,
        length=reckoning.amount,
    )


def _years(first: date, last: date) -> Iterable[date]:
    return (date(year, 1, 1) for year in range(first.year, last.year + 1))


def _is_provisional(calendar: WorkingCalendar, first: date, last: date) -> bool:
    """Whether any year that the answer rests on is unpublished (R10)."""
    return calendar.is_provisional(*_years(first, last))


def _version(reckoning: Reckoning, last: date) -> str:
    return reckoning.calendar.version_for(_years(local_date(reckoning.trigger), last))


def stated_due(due_at: datetime) -> Due:
    """The limit printed on an upstream ticket: authoritative as it is, nothing rolled."""
    instant = local(due_at).astimezone(UTC).replace(microsecond=0)
    return Due(instant, instant, provisional=False, calendar_version="")


def warn_at(
    started_at: datetime, due: Due, calendar: WorkingCalendar, office: OfficeHours = OFFICE
) -> datetime:
    """From when the clock is due soon: three tenths of the limit left, one office hour at least.

    Measured in the limit's own unit (working days leave rest days out) back from the earlier of
    the two dues; a stated due by the clock on the wall. Never before the start. Source: R3, §6.3.
    """
    end = min(due.due_raw, due.due_legal)
    last_call = office.subtract_office_time(end, _LAST_CALL_HOURS, calendar)
    return max(
        started_at, min(_three_tenths_left(started_at, end, due, calendar, office), last_call)
    )


def _three_tenths_left(
    started_at: datetime, end: datetime, due: Due, calendar: WorkingCalendar, office: OfficeHours
) -> datetime:
    if due.unit is None or due.length is None:
        return end - (end - started_at) * _WARN_TENTHS / 10
    whole, tenths = divmod(due.length * _WARN_TENTHS, 10)
    if due.unit is DayUnit.CALENDAR:
        return end - timedelta(days=whole + tenths / 10)
    if due.unit is DayUnit.NATURAL_HOURS:
        return end - timedelta(hours=whole + tenths / 10)
    if due.unit is DayUnit.OFFICE_HOURS:
        return office.subtract_office_time(end, whole + tenths / 10, calendar)
    moment, day = local(end).time(), local_date(end)
    for _ in range(whole):
        day = calendar.previous_working_day(day)
    return at(day, moment) - timedelta(days=tenths / 10)


def standing(
    due_at: datetime,
    warn_at: datetime,
    now: datetime,
    *,
    stopped_at: datetime | None = None,
    paused: bool = False,
) -> Standing:
    """How the clock stands now; the due second itself is still in time. Source: R3, R8."""
    if stopped_at is not None:
        return Standing.MET if stopped_at <= due_at else Standing.MET_LATE
    if paused:
        return Standing.PAUSED
    if now > due_at:
        return Standing.OVERDUE
    return Standing.DUE_SOON if now >= warn_at else Standing.ON_TIME


def remaining_text_facts(
    now: datetime, due_at: datetime, calendar: WorkingCalendar
) -> tuple[int, int]:
    """(working days left after today, working days overdue); both 0 on the due day itself."""
    today, due_day = local_date(now), local_date(due_at)
    return (
        calendar.working_days_between(today, due_day),
        calendar.working_days_between(due_day, today),
    )


def assist_due(main_due: datetime, calendar: WorkingCalendar) -> datetime:
    """When an assisting unit must answer: the main due less one working day, same time of day."""
    moment = local(main_due)
    return at(calendar.previous_working_day(moment.date()), moment.time())
