"""Shanghai dates and office hours with a lunch break."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.domain.days import OFFICE, SHANGHAI, OfficeHours, at, end_of_day, local_date
from tests.calendars import china_calendar, naive_is_working_day

CHINA = china_calendar()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def test_the_date_is_that_of_shanghai_whatever_the_zone_of_the_instant():
    assert local_date(datetime(2025, 9, 26, 15, 59, 59, tzinfo=UTC)) == date(2025, 9, 26)
    assert local_date(datetime(2025, 9, 26, 16, 0, tzinfo=UTC)) == date(2025, 9, 27)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime.fromisoformat("2025-09-26T10:00"))


def test_a_day_ends_at_its_last_second_in_shanghai():
    assert end_of_day(date(2025, 9, 26)) == datetime(2025, 9, 26, 15, 59, 59, tzinfo=UTC)
    assert end_of_day(date(2025, 9, 26)).utcoffset() == timedelta(0)


def test_summer_time_of_the_eighties_moves_the_end_of_the_day():
    """Shanghai kept summer time in 1986–1991: midnight was UTC+9 then."""
    assert end_of_day(date(1988, 7, 1)) == datetime(1988, 7, 1, 14, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2025-09-22 09:00", 2, "2025-09-22 11:00:00"),  # Mon
        ("2025-09-22 11:00", 1, "2025-09-22 12:00:00"),  # ends with the morning, not at 14:00
        ("2025-09-22 11:30", 1, "2025-09-22 14:30:00"),  # over lunch
        ("2025-09-22 12:00", 1, "2025-09-22 15:00:00"),  # from the first second of lunch
        ("2025-09-22 13:59", 1, "2025-09-22 15:00:00"),
        ("2025-09-22 16:30", 1, "2025-09-22 17:30:00"),  # ends with the day
        ("2025-09-22 17:30", 1, "2025-09-23 10:00:00"),  # Mon → Tue
        ("2025-09-22 08:59", 4, "2025-09-22 15:00:00"),  # before opening
        ("2025-09-22 10:00", 6.5, "2025-09-23 10:00:00"),  # one whole office day
        ("2025-09-26 17:00", 1, "2025-09-28 09:30:00"),  # Fri → Sun, make-up
        ("2025-09-30 17:00", 2, "2025-10-09 10:30:00"),  # Tue, over the eight days of 国庆
        ("2026-02-14 16:30", 2, "2026-02-24 10:00:00"),  # Sat make-up, over 春节
        ("2020-01-23 17:29", 4, "2020-02-03 14:59:00"),  # Thu, over the prolonged 春节
        ("2025-10-03 10:00", 1, "2025-10-09 10:00:00"),  # started within the holiday
    ],
)
def test_office_time_leaves_out_lunch_nights_and_rest_days(start, hours, end):
    assert shown(OFFICE.add_office_time(moment(start), hours, CHINA)) == end


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2025-09-22 08:59:59", False),  # Mon
        ("2025-09-22 09:00:00", True),
        ("2025-09-22 11:59:59", True),
        ("2025-09-22 12:00:00", False),
        ("2025-09-22 14:00:00", True),
        ("2025-09-22 17:29:59", True),
        ("2025-09-22 17:30:00", False),
        ("2025-09-28 10:00:00", True),  # Sun, make-up
        ("2025-09-27 10:00:00", False),  # Sat
        ("2025-10-01 10:00:00", False),  # Wed, holiday
    ],
)
def test_open_only_within_the_sessions_of_a_working_day(instant, is_open):
    assert OFFICE.is_open(moment(instant), CHINA) is is_open


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2025-09-22 10:15", "2025-09-22 10:15:00"),  # open already
        ("2025-09-22 12:00", "2025-09-22 14:00:00"),
        ("2025-09-26 18:00", "2025-09-28 09:00:00"),  # Fri → make-up Sunday
        ("2025-09-30 17:30", "2025-10-09 09:00:00"),  # 国庆
    ],
)
def test_next_opening(instant, opening):
    assert shown(OFFICE.next_open(moment(instant), CHINA)) == opening


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        ("2025-09-23 23:59:59", 1, "2025-09-23 16:30:00"),  # Tue
        ("2025-09-23 14:30", 1, "2025-09-23 11:30:00"),
        ("2025-09-23 10:00", 1, "2025-09-23 09:00:00"),
        ("2025-10-07 23:59:59", 1, "2025-09-30 16:30:00"),  # within 国庆 → Tue before
        ("2025-10-09 09:30", 1, "2025-09-30 17:00:00"),  # Thu, half before the holiday
    ],
)
def test_office_time_counted_back(end, hours, start):
    assert shown(OFFICE.subtract_office_time(moment(end), hours, CHINA)) == start


def test_a_street_may_keep_other_hours():
    summer = OfficeHours(((time(8, 30), time(12)), (time(15), time(18))))
    assert summer.end_of_office == time(18)
    assert shown(summer.add_office_time(moment("2025-07-01 11:30"), 1, CHINA)) == (
        "2025-07-01 15:30:00"  # Tue
    )


@pytest.mark.parametrize(
    "sessions",
    [
        (),
        ((time(12), time(9)),),
        ((time(9), time(12)), (time(11), time(17))),
        ((time(14), time(17)), (time(9), time(12))),
    ],
)
def test_office_sessions_out_of_order_are_refused(sessions):
    with pytest.raises(ValueError, match="in order"):
        OfficeHours(sessions)


_FIRST = datetime(2019, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 7 * 365 * 24 * 60).map(lambda minutes: _FIRST + timedelta(minutes=minutes))


def minute_is_open(instant: datetime) -> bool:
    here = instant.astimezone(SHANGHAI)
    minute = here.hour * 60 + here.minute
    in_session = 540 <= minute < 720 or 840 <= minute < 1050
    return in_session and naive_is_working_day(here.date())


@settings(max_examples=25)
@given(MOMENTS, st.integers(1, 5))
def test_office_time_agrees_with_counting_open_minutes(start, hours):
    left, instant = hours * 60, start
    while left:
        left -= minute_is_open(instant)
        instant += timedelta(minutes=1)
    assert OFFICE.add_office_time(start, hours, CHINA) == instant


@given(MOMENTS, st.integers(1, 200).map(lambda tenths: tenths / 10))
def test_counting_back_undoes_counting_forward(end, hours):
    start = OFFICE.subtract_office_time(end, hours, CHINA)
    assert start <= end
    again = OFFICE.add_office_time(start, hours, CHINA)
    opening, expected = OFFICE.next_open(again, CHINA), OFFICE.next_open(end, CHINA)
    assert abs(opening - expected) < timedelta(seconds=1)


def test_a_wall_clock_moment_is_given_in_utc():
    assert at(date(2025, 9, 22), time(9)).isoformat() == "2025-09-22T01:00:00+00:00"
