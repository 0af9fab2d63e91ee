"""The rules of the petition office's ledgers."""

from datetime import UTC, date, datetime

import pytest

from casetracker.domain.ledgers import (
    SESSION_STEPS,
    is_collective,
    may_still_change,
    next_month,
    stands_still,
    too_many_speakers,
)
from casetracker.domain.petition_vocabulary import SessionStatus


def test_five_people_are_a_collective_visit_and_four_are_not() -> None:
    assert is_collective(5, 5)
    assert not is_collective(4, 5)


@pytest.mark.parametrize(
    ("named", "persons", "refused"),
    [(5, 60, False), (6, 60, True), (6, 6, True), (4, 4, False)],
)
def test_a_collective_visit_speaks_through_five_at_most(
    named: int, persons: int, refused: bool
) -> None:
    assert too_many_speakers(named, persons, collective_min=5, most=5) is refused


def test_a_visit_is_put_right_until_midnight_in_shanghai() -> None:
    entered = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    assert may_still_change(entered, datetime(2026, 3, 2, 15, 59, tzinfo=UTC))
    assert not may_still_change(entered, datetime(2026, 3, 2, 16, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moved", "next_action", "still"),
    [
        (date(2026, 3, 1), None, True),  # fifteen days ago
        (date(2026, 3, 2), None, False),
        (date(2026, 3, 15), date(2026, 3, 15), True),  # its next action was due yesterday
        (date(2026, 3, 15), date(2026, 3, 16), False),
    ],
)
def test_an_undertaking_stands_still_when_nothing_happens_or_an_action_is_late(
    moved: date, next_action: date | None, still: bool
) -> None:
    assert stands_still(moved, next_action, date(2026, 3, 16), quiet_days=15) is still


@pytest.mark.parametrize(
    ("today", "first", "after"),
    [
        (date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)),
    ],
)
def test_the_schedule_to_publish_is_that_of_the_whole_next_month(
    today: date, first: date, after: date
) -> None:
    assert next_month(today) == (first, after)


def test_what_was_held_or_cancelled_stays_so() -> None:
    assert not SESSION_STEPS[SessionStatus.HELD]
    assert not SESSION_STEPS[SessionStatus.CANCELLED]
