"""The street that statistics tests count on."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.street import Street, new_street


@pytest.fixture
def street(session: Session) -> Street:
    return new_street(session)
