"""The demonstration street with its people and rules, nearly without cases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from casetracker.services.context import SYSTEM, Context
from casetracker.services.demo.loading import DemoLoaded, DemoSize, load_demo

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday noon
CTX = Context(SYSTEM, NOW, door="test")
BARE = DemoSize(year_2019=0, per_unit=(0, 0), every_scene=1000, petitions=False)


@pytest.fixture(scope="module")
def loaded(session_for_all: Session) -> DemoLoaded:
    """Loaded once for a module, as it takes its time; what a test adds is undone."""
    return load_demo(CTX, BARE)
