"""A street whose clock the requests share, and browsers at its desks."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories.desk import seat
from tests.factories.street import MONDAY_MORNING, Street, new_street


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Everybody's clock; `clock.shift(60)` lets a minute pass."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def street(session: Session, clock: time_machine.Traveller) -> Street:
    return new_street(session)


@pytest.fixture
def sign_in_as(
    new_client: Callable[[], FlaskClient], street: Street
) -> Callable[[str], FlaskClient]:
    """A browser in which that person of the street has signed in."""

    def signed_in(who: str) -> FlaskClient:
        browser = new_client()
        seat(browser, street, who)
        return browser

    return signed_in
