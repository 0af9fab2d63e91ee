"""Dates and distances as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from casetracker.domain.deadlines import Standing
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.web import templating

NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)


@pytest.fixture
def says(monkeypatch):
    """`says(hours=2)`: the words of a limit that far from Tuesday noon."""
    monkeypatch.setattr(templating, "_calendar", lambda: WorkingCalendar({}))
    monkeypatch.setattr(templating, "now", lambda: NOON)

    def words(standing=Standing.ON_TIME, **distance):
        return templating.due_text({"standing": standing, "due_at": NOON + timedelta(**distance)})

    return words


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        ({"minutes": 40}, "3月3日(周二) 12:40前 · 还剩 40 分钟"),
        ({"hours": 3, "minutes": 50}, "3月3日(周二) 15:50前 · 还剩 3 小时"),
        ({"hours": 11, "minutes": 59}, "3月3日(周二)前 · 今日到期"),
    ],
)
def test_a_limit_of_today_says_how_long_is_left(says, distance, words):
    assert says(**distance) == words


def test_what_was_missed_today_says_by_how_much(says):
    assert says(Standing.OVERDUE, minutes=-25) == "3月3日(周二) 11:35前 · 已超期 25 分钟"
    assert says(Standing.OVERDUE, hours=-2) == "3月3日(周二) 10:00前 · 已超期 2 小时"


@pytest.mark.parametrize(
    ("above", "below", "shown"),
    [(369, 400, "92.3%"), (2, 3, "66.7%"), (1, 1, "100.0%"), (0, 7, "0.0%"), (1.2, 1.6, "75.0%")],
)
def test_a_rate_is_rounded_half_up_from_the_fraction(above, below, shown):
    """369 of 400 are 92.25 %, which the float alone would round down."""
    assert templating.percent(above / below) == shown


def test_a_rate_of_nothing_is_a_dash():
    assert templating.percent(None) == "—"
