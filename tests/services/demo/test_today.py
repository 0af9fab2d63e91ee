"""Cases of today in the demonstration street, whatever the hour.

That all of it can be laid on either engine is told by test_whole_street; here the hours take turns.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import PETITION_STATES
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import SYSTEM, Context
from casetracker.services.demo.foundation import lay_foundation
from casetracker.services.demo.loading import SEED, DemoSize, load_demo
from casetracker.services.demo.past import Storyteller
from casetracker.services.demo.petition_past import PetitionTeller
from casetracker.services.demo.petition_present import PetitionStage, play_petitions
from casetracker.services.demo.present import Stage, play_all, stage_of
from casetracker.services.demo.timing import Pace
from tests.engines import in_turn
from tests.services.demo.conftest import CTX

pytestmark = pytest.mark.usefixtures("store")


def at(hour: int) -> Context:
    return Context(SYSTEM, datetime(2026, 11, 26, hour, 4, tzinfo=UTC), door="test")


@in_turn("hour", [0, 16])
def test_the_street_is_loaded_before_and_after_the_office_as_well(
    session: Session, hour: int
) -> None:
    """Eight in the morning, and past midnight. The first test here: it needs an empty database."""
    scenes = DemoSize(year_2019=0, per_unit=(0, 0), petitions=False)
    assert load_demo(at(hour), scenes).present


@pytest.fixture(scope="module")
def _founded(session_for_all: Session) -> None:
    lay_foundation(CTX)


@pytest.fixture
def stage(_founded: None, session: Session) -> Callable[[int], Stage]:
    """The people of the street at an hour."""

    def standing(hour: int) -> Stage:
        ref = reference(session)
        teller = Storyteller(ref, Pace(ref.calendar, ref.settings.office_hours), Random(SEED))
        return stage_of(at(hour), teller)

    return standing


@in_turn("hour", [2, 6, 9])
def test_the_scenes_of_today_can_be_played_at_any_hour(
    stage: Callable[[int], Stage], hour: int
) -> None:
    """Whatever the drawn matters are: those of one day leave no room for what takes longer."""
    scenes = stage(hour)
    play_all(scenes, lambda done: None)
    assert scenes.played


@in_turn("hour", [0, 9])
def test_petitions_of_today_can_be_played_at_any_hour(
    stage: Callable[[int], Stage], hour: int
) -> None:
    hotline = stage(hour)
    petitions = PetitionStage(hotline, PetitionTeller(hotline.teller))
    play_petitions(petitions, lambda done: None)
    assert petitions.played > len(PETITION_STATES)
