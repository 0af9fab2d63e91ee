"""Which instants a month covers, what it is compared with, and how a change is printed."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import (
    BEIJING_DISTRICT,
    PROFILES,
    WUHAN_DEFAULT,
    change,
    percent,
    period_of,
    period_so_far,
    previous_month,
    rate_of,
    same_month_last_year,
)
from tests.factories.counted_cases import (
    at,
    case,
    figure,
    survey_of_90,
)


def test_a_month_is_the_calendar_month_in_shanghai() -> None:
    start, end = period_of(WUHAN_DEFAULT, "2026-02")
    assert start.isoformat() == "2026-02-01T00:00:00+08:00"
    assert end.isoformat() == "2026-03-01T00:00:00+08:00"
    just_before_utc_midnight = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)  # 1 March in Shanghai
    cases = [case(received_at=just_before_utc_midnight - timedelta(microseconds=1))]
    assert figure("received", cases, month="2026-02").numerator == 1
    cases = [case(received_at=just_before_utc_midnight)]
    assert figure("received", cases, month="2026-02").numerator == 0
    assert figure("received", cases, month="2026-03").numerator == 1


@pytest.mark.parametrize(
    ("month", "start", "end"),
    [
        ("2026-03", "2026-02-19", "2026-03-19"),
        ("2026-01", "2025-12-19", "2026-01-19"),
        ("2025-12", "2025-11-19", "2025-12-19"),
    ],
)
def test_the_beijing_month_begins_on_the_19th_of_the_month_before(
    month: str, start: str, end: str
) -> None:
    window = period_of(BEIJING_DISTRICT, month)
    assert tuple(moment.isoformat() for moment in window) == (
        f"{start}T00:00:00+08:00",
        f"{end}T00:00:00+08:00",
    )


@given(st.integers(1990, 2090), st.integers(1, 12))
def test_months_follow_each_other_without_gap_or_overlap(year: int, number: int) -> None:
    month = f"{year}-{number:02d}"
    for profile in PROFILES.values():
        assert period_of(profile, previous_month(month))[1] == period_of(profile, month)[0]


def test_comparison_months() -> None:
    assert previous_month("2026-01") == "2025-12"
    assert previous_month("2026-03") == "2026-02"
    assert same_month_last_year("2024-02") == "2023-02"


@pytest.mark.parametrize(
    ("as_of", "end"),
    [
        (at(5, 13), at(5, 12)),  # after noon: up to noon
        (at(5, 11), at(4, 12)),  # before noon: up to noon of the day before
        (at(5, 12), at(5, 12)),
        (at(25, 13), at(19, 0)),  # the month is over
        (datetime(2026, 2, 1, tzinfo=UTC), at(19, 0, month=2)),  # not begun: nothing
    ],
)
def test_a_running_beijing_month_reaches_to_the_last_noon(as_of: datetime, end: datetime) -> None:
    assert period_so_far(BEIJING_DISTRICT, "2026-03", as_of) == (at(19, 0, month=2), end)


def test_a_running_month_of_the_default_holds_what_falls_due_later_in_it() -> None:
    assert period_so_far(WUHAN_DEFAULT, "2026-03", at(5, 13)) == period_of(WUHAN_DEFAULT, "2026-03")


@pytest.mark.parametrize(
    "text",
    [
        *["", "2026", "2026-13", "2026-00", "2026-3", "26-03", "2026-03-01", "-026-03"],
        *["2026-03\n", " 2026-03", "２０２６-03", "0000-01", "0001-01", "9999-12"],
    ],
)
def test_anything_but_a_month_is_refused(text: str) -> None:
    for ask in (
        lambda: period_of(WUHAN_DEFAULT, text),
        lambda: previous_month(text),
        lambda: same_month_last_year(text),
    ):
        with pytest.raises(InvalidInput):
            ask()


def test_change_is_the_difference_over_the_base_and_nothing_over_an_empty_base() -> None:
    assert change(1234, 1140) == Fraction(94, 1140)
    assert change(0, 10) == -1
    assert change(Fraction(1, 2), Fraction(1, 4)) == 1
    assert change(5, 0) is None
    assert change(5, None) is None
    assert change(None, 5) is None


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(7675, 10000), 1, "76.8"),
        (Fraction(1, 3), 2, "33.33"),
        (Fraction(2, 3), 2, "66.67"),
        (Fraction(1, 800), 2, "0.13"),  # 0.125 % goes up
        (Fraction(-1, 800), 2, "-0.13"),
        (Fraction(1), 2, "100.00"),
        (Fraction(0), 1, "0.0"),
        (Fraction(1, 2), 0, "50"),
    ],
)
def test_percentages_are_rounded_half_up_from_the_exact_fraction(
    value: Fraction, places: int, shown: str
) -> None:
    assert str(percent(value, places)) == shown


def test_sums_from_elsewhere_give_the_same_rate() -> None:
    metric = WUHAN_DEFAULT.metric("satisfaction")
    summed = rate_of(metric, numerator=Fraction(70), denominator=90, excluded={})
    assert summed == figure("satisfaction", survey_of_90())
