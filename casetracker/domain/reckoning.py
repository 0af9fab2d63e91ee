"""What one limit counts from a given trigger: which days, which hours, and where it ends.

The arithmetic of R1–R9 and nothing else; `deadlines` wraps it, `deadline_steps` puts it in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from casetracker.domain.days import OfficeHours, Span, local, used_up
from casetracker.domain.limits import Limit
from casetracker.domain.pauses import stands_at_end_of, without
from casetracker.domain.vocabulary import DayUnit
from casetracker.domain.working_calendar import WorkingCalendar

_DAY = timedelta(days=1)
_FOREVER = datetime.max.replace(tzinfo=UTC)


class LateReceipt(StrEnum):
    """What becomes of a trigger after office end on a working day (R5)."""

    SAME_DAY = "same_day"
    NEXT_WORKDAY = "next_workday"


def usual_late_receipt(unit: DayUnit) -> LateReceipt:
    """Working-day clocks start a day later, all others do not. Source: R5."""
    return LateReceipt.NEXT_WORKDAY if unit is DayUnit.WORKING else LateReceipt.SAME_DAY


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One limit running from one trigger; `pauses` are those that are over, in order."""

    limit: Limit
    trigger: datetime
    calendar: WorkingCalendar
    office: OfficeHours
    late_receipt: LateReceipt
    extend_days: int
    pauses: tuple[Span, ...]

    @property
    def amount(self) -> int:
        """The length of the limit; ValueError where it is not fixed by the catalogue."""
        if self.limit.amount is None:
            raise ValueError(f"{self.limit.code} has no length of its own: {self.limit.note}")
        return self.limit.amount

    def day_counted_from(self) -> date:
        """The trigger day, or the next working day when it came after office end (R5)."""
        moment = local(self.trigger)
        day = moment.date()
        shifts = (
            self.late_receipt is LateReceipt.NEXT_WORKDAY
            and moment.time() > self.office.end_of_office
            and self.calendar.is_working_day(day)
        )
        return self.calendar.next_working_day(day) if shifts else day

    def is_paused(self, day: date) -> bool:
        """Whether the day is left out because the clock stood when it ended (R9)."""
        return bool(self.pauses) and stands_at_end_of(day, self.pauses)

    def counts(self, day: date) -> bool:
        """Whether the day counts in the limit's unit (R1, R4, R9)."""
        fits = self.limit.unit is DayUnit.CALENDAR or self.calendar.is_working_day(day)
        return fits and not self.is_paused(day)

    def counted_days_after(self, day: date, count: int) -> date:
        """The count-th counted day after the day."""
        if self.pauses:
            while count:
                day += _DAY
                count -= self.counts(day)
            return day
        if self.limit.unit is DayUnit.CALENDAR:
            return day + timedelta(days=count)
        return self.calendar.add_working_days(day, count)

    def first_end(self) -> date:
        """The last day before any extension."""
        return self.counted_days_after(self.day_counted_from(), self.amount)

    def raw_end(self) -> date:
        """The last day with the extension, which runs on from the unrolled date (R7)."""
        return self.counted_days_after(self.first_end(), self.extend_days)

    def rolled(self, day: date) -> date:
        """The day itself, or the next working day when it is a rest day (R2)."""
        while not self.calendar.is_working_day(day) or self.is_paused(day):
            day = self.calendar.next_working_day(day)
        return day

    def spans(self) -> Iterator[Span]:
        """The time an hour limit counts, from the trigger on (R6, R9)."""
        if self.limit.unit is DayUnit.OFFICE_HOURS:
            open_time = self.office.spans_from(self.trigger, self.calendar)
        else:
            open_time = iter([(self.trigger, _FOREVER)])
        return without(open_time, self.pauses) if self.pauses else open_time

    def hours_end(self) -> datetime:
        """The moment at which the hours are used up (R6)."""
        return used_up(self.spans(), timedelta(hours=self.amount))
