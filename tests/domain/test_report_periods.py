"""Which days a report covers, and which period it is compared with."""

from datetime import UTC, datetime

import pytest

from casetracker.domain.days import local
from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import BEIJING_DISTRICT, WUHAN_DEFAULT
from casetracker.domain.reports.figure_periods import figure_period
from casetracker.domain.reports.periods import Span, last_full, report_period

NOW = datetime(2026, 3, 25, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "key", "previous", "last_year", "name"),
    [
        ("month", "2026-01", "2025-12", "2025-01", "2026年1月"),
        ("week", "2026-W01", "2025-W52", "2025-W01", "2026年第1周"),
        ("week", "2026-W10", "2026-W09", "2025-W10", "2026年第10周"),
        ("day", "2026-03-01", "2026-02-28", "2025-03-01", "2026年3月1日"),
        ("day", "2024-02-29", "2024-02-28", "2023-02-28", "2024年2月29日"),
    ],
)
def test_the_period_before_and_the_year_before(
    span: str, key: str, previous: str, last_year: str, name: str
) -> None:
    period = report_period(Span(span), key)
    assert (period.previous().key, period.last_year().key) == (previous, last_year)
    assert period.name == name


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [("month", "03-01 00:00", "04-01 00:00"), ("week", "03-02 00:00", "03-09 00:00"),
     ("day", "03-05 00:00", "03-06 00:00")],
)  # fmt: skip
def test_whole_shanghai_days(span: str, first: str, last: str) -> None:
    keys = {"month": "2026-03", "week": "2026-W10", "day": "2026-03-05"}
    start, end = report_period(Span(span), keys[span]).window(WUHAN_DEFAULT, NOW)
    assert [f"{local(one):%m-%d %H:%M}" for one in (start, end)] == [first, last]


def test_a_day_of_a_profile_with_a_cut_off_runs_from_noon_to_noon() -> None:
    start, end = report_period(Span.DAY, "2026-03-05").window(BEIJING_DISTRICT, NOW)
    assert [f"{local(one):%m-%d %H}" for one in (start, end)] == ["03-04 12", "03-05 12"]


@pytest.mark.parametrize(
    ("span", "key"),
    [("month", "2026-13"), ("month", "x"), ("week", "2026-W54"), ("week", "2026-10"),
     ("day", "2026-02-30"), ("day", "20260305"), ("day", "0001-01-01"), ("week", "9999-W52"),
     ("month", "0003-01")],
)  # fmt: skip
def test_what_is_no_period_is_refused(span: str, key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        report_period(Span(span), key)
    assert refused.value.problems == {span: f"bad_{span}"}


def test_the_last_one_that_is_over() -> None:
    assert [last_full(span, NOW).key for span in Span] == ["2026-02", "2026-W12", "2026-03-24"]


@pytest.mark.parametrize(
    ("key", "month", "name", "first", "last"),
    [
        ("2026-03", "2026-03", "2026年3月", "2026-03-01 00:00", "2026-04-01 00:00"),
        ("2026-W14", "2026-04", "2026年第14周", "2026-03-30 00:00", "2026-04-06 00:00"),
        ("2026-03-05", "2026-03", "2026年3月5日", "2026-03-05 00:00", "2026-03-06 00:00"),
        ("2026", "2026-12", "2026年", "2026-01-01 00:00", "2027-01-01 00:00"),
        ("2026-03-30--2026-04-05", "2026-04", "2026-03-30 至 2026-04-05", "2026-03-30 00:00",
         "2026-04-06 00:00"),
    ],
)  # fmt: skip
def test_a_figure_is_counted_in_any_of_five_kinds_of_periods(
    key: str, month: str, name: str, first: str, last: str
) -> None:
    period = figure_period(key)
    start, end = period.window(WUHAN_DEFAULT, NOW)
    assert (period.key, period.month, period.name) == (key, month, name)
    assert (f"{local(start):%Y-%m-%d %H:%M}", f"{local(end):%Y-%m-%d %H:%M}") == (first, last)


@pytest.mark.parametrize(
    "key",
    ["", "26", "20260", "1066", "2026-13", "2026-W54", "2026-02-30", "2026-03-05--2026-03-01",
     "2026-03--2026-04", "2026-03-01--2026-03-02--2026-03-03", "２０２６"],
)  # fmt: skip
def test_a_figure_is_counted_in_nothing_else(key: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        figure_period(key)
    assert refused.value.problems == {"period": "bad_period"}
