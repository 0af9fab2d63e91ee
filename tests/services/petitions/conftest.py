"""The street on whose calendar petitions are dated."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.street import Street, new_street


@pytest.fixture
def years(session: Session) -> Street:
    """A street that knows the three years; nothing has happened yet."""
    return new_street(session, years=(2019, 2025, 2026))
