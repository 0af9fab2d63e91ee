"""Hotline cases of today in the demonstration street, whatever the hour."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from casetracker.services.context import SYSTEM, Context
from casetracker.services.demo.loading import DemoSize, load_demo

pytestmark = pytest.mark.usefixtures("store")


@pytest.mark.parametrize("hour", [0, 2, 6, 9, 16])
def test_the_scenes_of_today_can_be_played_at_any_hour(session: Session, hour: int) -> None:
    """Whatever the drawn matters are: those of one day leave no room for what takes longer."""
    now = datetime(2026, 11, 26, hour, 4, tzinfo=UTC)
    scenes = DemoSize(year_2019=0, per_unit=(0, 0), every_scene=1, petitions=False)
    assert load_demo(Context(SYSTEM, now, door="test"), scenes).present
