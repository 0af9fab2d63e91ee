"""Petitions of today in the demonstration street, whatever the hour."""

from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import PETITION_STATES
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import SYSTEM, Context
from casetracker.services.demo.loading import SEED, DemoLoaded
from casetracker.services.demo.past import Storyteller
from casetracker.services.demo.petition_past import PetitionTeller
from casetracker.services.demo.petition_present import PetitionStage, play_petitions
from casetracker.services.demo.present import stage_of
from casetracker.services.demo.timing import Pace

pytestmark = pytest.mark.usefixtures("store")


@pytest.mark.parametrize("hour", [0, 9])
def test_petitions_of_today_can_be_played_at_any_hour(
    loaded: DemoLoaded, session: Session, hour: int
) -> None:
    ctx = Context(SYSTEM, datetime(2026, 11, 26, hour, 4, tzinfo=UTC), door="test")
    ref = reference(session)
    teller = Storyteller(ref, Pace(ref.calendar, ref.settings.office_hours), Random(SEED))
    stage = PetitionStage(stage_of(ctx, teller), PetitionTeller(teller))
    play_petitions(stage, lambda done: None)
    assert stage.played > len(PETITION_STATES)
