"""The Chinese working calendar: make-up days, holiday runs, years without a notice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.domain.working_calendar import CalendarYear, WorkingCalendar
from tests.calendars import china_calendar, naive_is_working_day

CHINA = china_calendar()
DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    "worked",
    [
        "2019-02-02",  # Sat, before 春节
        "2019-02-03",  # Sun
        "2019-04-28",  # Sun
        "2019-05-05",  # Sun
        "2019-09-29",  # Sun
        "2019-10-12",  # Sat
        "2020-01-19",  # Sun
        "2020-04-26",  # Sun
        "2020-05-09",  # Sat
        "2020-06-28",  # Sun
        "2020-09-27",  # Sun
        "2020-10-10",  # Sat
        "2025-01-26",  # Sun
        "2025-02-08",  # Sat
        "2025-04-27",  # Sun
        "2025-09-28",  # Sun
        "2025-10-11",  # Sat
        "2026-01-04",  # Sun
        "2026-02-14",  # Sat
        "2026-02-28",  # Sat
        "2026-05-09",  # Sat
        "2026-09-20",  # Sun
        "2026-10-10",  # Sat
    ],
)
def test_a_make_up_weekend_day_is_worked(worked):
    assert day(worked).weekday() >= 5
    assert CHINA.is_working_day(day(worked))
    assert CHINA.is_make_up_day(day(worked))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2019-02-04", "2019-02-10"),  # Mon–Sun 春节
        ("2019-05-01", "2019-05-04"),  # Wed–Sat 劳动节
        ("2019-10-01", "2019-10-07"),  # Tue–Mon 国庆
        ("2020-01-24", "2020-02-02"),  # Fri–Sun 春节, prolonged
        ("2020-10-01", "2020-10-08"),  # Thu–Thu 国庆与中秋
        ("2025-01-28", "2025-02-04"),  # Tue–Tue 春节
        ("2025-04-04", "2025-04-06"),  # Fri–Sun 清明
        ("2025-05-01", "2025-05-05"),  # Thu–Mon 劳动节
        ("2025-05-31", "2025-06-02"),  # Sat–Mon 端午
        ("2025-10-01", "2025-10-08"),  # Wed–Wed 国庆与中秋
        ("2026-01-01", "2026-01-03"),  # Thu–Sat 元旦
        ("2026-02-15", "2026-02-23"),  # Sun–Mon 春节
        ("2026-04-04", "2026-04-06"),  # Sat–Mon 清明
        ("2026-05-01", "2026-05-05"),  # Fri–Tue 劳动节
        ("2026-06-19", "2026-06-21"),  # Fri–Sun 端午
        ("2026-09-25", "2026-09-27"),  # Fri–Sun 中秋
        ("2026-10-01", "2026-10-07"),  # Thu–Wed 国庆
    ],
)
def test_nobody_works_within_a_holiday_run_and_somebody_does_right_around_it(first, last):
    run = [day(first) + timedelta(n) for n in range((day(last) - day(first)).days + 1)]
    assert not any(CHINA.is_working_day(each) for each in run)
    assert CHINA.next_working_day(day(first)) > day(last)
    assert CHINA.previous_working_day(day(last)) < day(first)


def test_a_holiday_has_its_chinese_name_and_a_plain_weekend_has_none():
    assert CHINA.holiday_name(day("2025-10-01")) == "国庆节"  # Wed
    assert CHINA.holiday_name(day("2025-10-04")) == "国庆节"  # Sat inside the run
    assert CHINA.holiday_name(day("2025-10-06")) == "中秋节"  # Mon
    assert CHINA.holiday_name(day("2025-09-27")) is None  # Sat
    assert CHINA.holiday_name(day("2025-10-09")) is None  # Thu


def test_a_holiday_without_a_recorded_name_is_still_a_holiday():
    bare = CalendarYear(2025, frozenset({day("2025-10-01")}), frozenset(), "1", "notice")
    calendar = WorkingCalendar({2025: bare})
    assert not calendar.is_working_day(day("2025-10-01"))
    assert calendar.holiday_name(day("2025-10-01")) == ""


def test_a_year_without_a_notice_is_monday_to_friday_and_provisional():
    assert CHINA.is_working_day(day("2027-01-01"))  # Fri: a guess until the notice is out
    assert not CHINA.is_working_day(day("2027-01-02"))  # Sat
    assert not CHINA.covers(day("2027-01-01"))
    assert CHINA.is_provisional(day("2026-12-31"), day("2027-01-01"))
    assert not CHINA.is_provisional(day("2026-12-31"))


def test_a_notice_may_reach_into_the_december_before():
    """元旦 2023 was taken from Saturday 2022-12-31 on; a notice may also take a working Friday."""
    notice = CalendarYear(
        2027, frozenset({day("2026-12-31"), day("2027-01-01")}), frozenset(), "1", "notice"
    )
    calendar = WorkingCalendar({**CHINA.years, 2027: notice})
    assert CHINA.is_working_day(day("2026-12-31"))  # Thu
    assert not calendar.is_working_day(day("2026-12-31"))
    assert calendar.next_working_day(day("2026-12-30")) == day("2027-01-04")  # Wed → Mon


def test_an_empty_calendar_still_answers():
    empty = WorkingCalendar({})
    assert empty.add_working_days(day("2025-09-26"), 3) == day("2025-10-01")  # Fri → Wed
    assert empty.working_days_between(day("2025-09-26"), day("2025-10-01")) == 3
    assert empty.is_provisional(day("2025-10-01"))


def test_days_before_the_first_loaded_year_are_counted_too():
    assert CHINA.add_working_days(day("2017-12-27"), 3) == day("2018-01-02")  # Wed; 元旦 Mon 01-01
    assert CHINA.working_days_between(day("2017-12-27"), day("2018-01-02")) == 3


def test_counting_nothing_stays_and_counting_back_is_refused():
    assert CHINA.add_working_days(day("2025-10-04"), 0) == day("2025-10-04")  # Sat, holiday
    with pytest.raises(ValueError, match="forward"):
        CHINA.add_working_days(day("2025-10-04"), -1)


def test_last_working_day_is_the_day_itself_or_the_one_before_the_rest():
    assert CHINA.last_working_day(day("2025-09-28")) == day("2025-09-28")  # Sun, make-up
    assert CHINA.last_working_day(day("2025-10-08")) == day("2025-09-30")  # Wed, holiday → Tue


def test_the_version_text_names_every_year_behind_the_days_once():
    days = [day("2026-12-30"), day("2026-12-31"), day("2027-01-04")]
    assert CHINA.version_for(days) == "2026:1 2027:unpublished"


def test_a_calendar_can_key_a_cache():
    seen = {CHINA: "this one"}
    assert seen[CHINA] == "this one"
    assert WorkingCalendar(CHINA.years) not in seen


@given(DAYS)
def test_every_day_agrees_with_the_published_notices(each):
    assert CHINA.is_working_day(each) == naive_is_working_day(each)


@given(DAYS, st.integers(1, 60))
def test_adding_working_days_agrees_with_walking_them(start, count):
    walked, left = start, count
    while left:
        walked += timedelta(1)
        left -= naive_is_working_day(walked)
    assert CHINA.add_working_days(start, count) == walked
    assert CHINA.working_days_between(start, walked) == count


@given(DAYS, DAYS)
def test_days_between_agree_with_counting_them(start, end):
    span = range(1, (end - start).days + 1)
    counted = sum(naive_is_working_day(start + timedelta(n)) for n in span)
    assert CHINA.working_days_between(start, end) == counted
