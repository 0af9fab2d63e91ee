"""A street on 2 April whose March can be frozen: random cases and petitions, some really worked."""

import pytest
from sqlalchemy.orm import Session

from casetracker.gateways.file_store import FileStore
from tests.factories.frozen import print_blank
from tests.factories.rate_cases import add_random_cases, add_random_petitions
from tests.factories.street import Street, new_street

MARCH = "2026-03"


@pytest.fixture(autouse=True)
def _own_store(store: FileStore) -> None:
    """Files of one test lie apart from those of others."""


@pytest.fixture
def blank_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that ask nothing of what is printed."""
    print_blank(monkeypatch)


@pytest.fixture(scope="module")
def march_for_all(session_for_all: Session) -> Street:
    """Made once for a module, as it takes its time; what a test adds is undone."""
    street = new_street(session_for_all)
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=31, count=120)
    add_random_petitions(street.session, units, seed=32, count=60)
    street.worked("closed")
    street.wait(days=31)
    return street


@pytest.fixture
def march(march_for_all: Street, session: Session) -> Street:
    return march_for_all.again(session)
