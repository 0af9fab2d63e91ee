"""When a step of the history happened."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from casetracker.domain.history import IMPORT_DOOR, known_time

RECORDED = datetime(2026, 12, 1, tzinfo=UTC)
EARLIER = datetime(2026, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("door", "happened_at", "known"),
    [
        ("ops", None, RECORDED),
        ("ops", EARLIER, EARLIER),
        (IMPORT_DOOR, EARLIER, EARLIER),
        (IMPORT_DOOR, None, None),
    ],
)
def test_the_moment_of_an_import_is_never_taken_for_that_of_the_step(door, happened_at, known):
    assert known_time(SimpleNamespace(at=RECORDED, happened_at=happened_at, door=door)) == known
