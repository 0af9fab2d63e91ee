"""The day-by-day explanation of a due date, in Chinese, as operators and residents read it.

Walks over the same reckoning that gave the date; decides nothing itself.
Source: docs/rules/deadlines.md, "Explanation".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from casetracker.domain.days import local, local_date
from casetracker.domain.reckoning import Reckoning
from casetracker.domain.vocabulary import DayUnit

_DAY = timedelta(days=1)
_LONG_RUN = 7  # calendar days in a row that are still listed one by one
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation, and the day or moment it speaks of."""

    on: date | datetime
    text: str


def day_text(day: date, year: int) -> str:
    """`09-28（周日）`, with the year in front when it is another one than the trigger's."""
    form = "%m-%d" if day.year == year else "%Y-%m-%d"
    return f"{day.strftime(form)}（周{_WEEKDAYS[day.weekday()]}）"


def steps_in_days(
    reckoning: Reckoning, legal: date, open_pause: datetime | None
) -> tuple[Step, ...]:
    """The lines for a limit in days, from the trigger to the legal due."""
    return (*_DayWalk(reckoning).lines(legal), *_closing(reckoning, legal, open_pause))


def steps_in_hours(
    reckoning: Reckoning, end: datetime, open_pause: datetime | None
) -> tuple[Step, ...]:
    """The lines for a limit in hours, from the trigger to the moment it ends."""
    return (*_hour_lines(reckoning, end), *_closing(reckoning, local_date(end), open_pause))


def _rest(reckoning: Reckoning, day: date) -> str:
    """Why the day is not worked, '' on a working day."""
    calendar = reckoning.calendar
    if calendar.is_working_day(day):
        return ""
    name = calendar.holiday_name(day)
    if name is None:
        return "周末"
    return f"{name or '法定节假日'}放假"


@dataclass(frozen=True, slots=True)
class _DayWalk:
    """Says each day of one reckoning in words."""

    reckoning: Reckoning

    def say(self, day: date, text: str) -> Step:
        year = local_date(self.reckoning.trigger).year
        return Step(day, f"{day_text(day, year)}{text}")

    def lines(self, legal: date) -> Iterator[Step]:
        walk = self.reckoning
        start, first_end = walk.day_counted_from(), walk.first_end()
        yield from self.trigger_lines(start)
        yield from self.counted_lines(start, first_end, "第{}")
        if walk.extend_days:
            yield self.say(first_end, f"原到期日，自此延期{walk.extend_days}{self.unit_word}")
            yield from self.counted_lines(first_end, walk.raw_end(), "延期第{}")
        yield from self.roll_lines(walk.raw_end(), legal)

    @property
    def unit_word(self) -> str:
        return "天" if self.reckoning.limit.unit is DayUnit.CALENDAR else "个工作日"

    def trigger_lines(self, start: date) -> Iterator[Step]:
        day = local_date(self.reckoning.trigger)
        if start == day:
            rest = _rest(self.reckoning, day)
            yield self.say(day, f"{rest}，起算日，不计" if rest else "起算日，不计")
            return
        moment, office = local(self.reckoning.trigger), self.reckoning.office
        yield self.say(
            day,
            f"{moment:%H:%M:%S} 收到，晚于 {office.end_of_office:%H:%M} 下班，以下一工作日为起算日",
        )
        yield from self.resting(day, start)
        yield self.say(start, "起算日，不计")

    def resting(self, after: date, before: date) -> Iterator[Step]:
        day = after + _DAY
        while day < before:
            yield self.say(day, f"{_rest(self.reckoning, day)}，不计")
            day += _DAY

    def counted_lines(self, after: date, until: date, ordinal: str) -> Iterator[Step]:
        run: list[tuple[date, int]] = []
        number, day = 0, after
        while day < until:
            day += _DAY
            if self.reckoning.counts(day):
                number += 1
                run.append((day, number))
                continue
            yield from self.run_lines(run, ordinal)
            run = []
            yield self.left_out(day)
        yield from self.run_lines(run, ordinal)

    def left_out(self, day: date) -> Step:
        paused = self.reckoning.is_paused(day)
        return self.say(day, f"{'暂停计时' if paused else _rest(self.reckoning, day)}，不计")

    def run_lines(self, run: list[tuple[date, int]], ordinal: str) -> Iterator[Step]:
        """Counted days in a row; a long stretch of calendar days is drawn together."""
        if self.reckoning.limit.unit is DayUnit.WORKING or len(run) <= _LONG_RUN:
            for day, number in run:
                yield self.counted(day, number, ordinal)
            return
        (second, low), (last_but_one, high) = run[1], run[-2]
        yield self.counted(*run[0], ordinal)
        year = local_date(self.reckoning.trigger).year
        between = f"至 {day_text(last_but_one, year)}逐日计，"
        span = ordinal.format(f"{low}天至第{high}天")
        yield self.say(second, f"{between}{span}")
        yield self.counted(*run[-1], ordinal)

    def counted(self, day: date, number: int, ordinal: str) -> Step:
        make_up = self.reckoning.calendar.is_make_up_day(day)
        working = self.reckoning.limit.unit is DayUnit.WORKING
        lead = "调休上班，" if make_up and working else ""
        return self.say(day, lead + ordinal.format(f"{number}{self.unit_word}"))

    def roll_lines(self, raw: date, legal: date) -> Iterator[Step]:
        if legal == raw:
            yield self.say(raw, "到期")
            return
        yield self.say(raw, f"原始到期日逢{_rest(self.reckoning, raw)}，法定期限顺延")
        day = raw + _DAY
        while day < legal:
            yield self.left_out(day)
            day += _DAY
        yield self.say(legal, "顺延后的首个工作日，法定到期")


def _hour_lines(reckoning: Reckoning, end: datetime) -> Iterator[Step]:
    walk, trigger = _DayWalk(reckoning), reckoning.trigger
    yield Step(trigger, walk.say(local_date(trigger), f"{_clock(trigger)} 起算").text)
    total, before = timedelta(0), trigger
    for opens, closes in takewhile(lambda span: span[0] < end, reckoning.spans()):
        yield from _gap(walk, before, opens)
        before = min(closes, end)
        total += before - opens
        yield Step(opens, _span_text(walk, opens, before, total))
    yield Step(end, walk.say(local_date(end), f"{_clock(end)} 到期").text)


def _gap(walk: _DayWalk, start: datetime, end: datetime) -> Iterator[Step]:
    """What lies between two counted spans: pauses, and days on which the office is shut."""
    reckoning, year = walk.reckoning, local_date(walk.reckoning.trigger).year
    for pause_start, pause_end in reckoning.pauses:
        if pause_end > start and pause_start < end:
            ends = f"{day_text(local_date(pause_end), year)}{_clock(pause_end)}"
            yield walk.say(
                local_date(pause_start), f"{_clock(pause_start)} 至 {ends} 暂停计时，不计"
            )
    if reckoning.limit.unit is DayUnit.OFFICE_HOURS:
        day = local_date(start) + _DAY
        while day < local_date(end):
            if rest := _rest(reckoning, day):
                yield walk.say(day, f"{rest}，不计")
            day += _DAY


def _clock(instant: datetime) -> str:
    moment = local(instant)
    return f"{moment:%H:%M}" if not moment.second else f"{moment:%H:%M:%S}"


def _span_text(walk: _DayWalk, start: datetime, end: datetime, total: timedelta) -> str:
    year = local_date(walk.reckoning.trigger).year
    until = "" if local_date(end) == local_date(start) else f"{day_text(local_date(end), year)}"
    return (
        f"{day_text(local_date(start), year)}{_clock(start)}–{until}{_clock(end)}"
        f" 计{_hours(end - start)}，累计{_hours(total)}"
    )


def _hours(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    parts = ((seconds // 3600, "小时"), (seconds // 60 % 60, "分"), (seconds % 60, "秒"))
    return "".join(f"{value}{word}" for value, word in parts if value) or "0小时"


def _closing(reckoning: Reckoning, last: date, open_pause: datetime | None) -> Iterator[Step]:
    """What qualifies the date: a standing clock, a year without a notice."""
    year = local_date(reckoning.trigger).year
    if open_pause is not None:
        day = local_date(open_pause)
        text = f"{day_text(day, year)}{_clock(open_pause)} 起暂停计时，恢复后重新推算到期日"
        yield Step(open_pause, text)
    if not reckoning.calendar.covers(last):
        yield Step(last, f"{last.year}年放假安排尚未公布，按周一至周五推算，暂定")
