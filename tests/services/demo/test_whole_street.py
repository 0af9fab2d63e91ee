"""The demonstration street: whole, and busy everywhere."""

from collections import Counter

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import (
    HOTLINE_STATES,
    LANE_STATES,
    PETITION_STATES,
    State,
    Track,
    UnitKind,
)
from casetracker.persistence.case import Case
from casetracker.persistence.organisation import Unit
from casetracker.persistence.papers import Paper
from casetracker.persistence.petition import Petition, PetitionPerson, PetitionReview
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.demo.foundation import AlreadyLoaded
from casetracker.services.demo.loading import DemoSize, load_demo
from casetracker.services.demo.organisation import UNITS
from casetracker.services.demo.petition_past import PRINTED
from casetracker.services.reports.year import year_report
from casetracker.services.verifying.running import verify
from tests.services.demo.conftest import CTX, NOW

SMALL = DemoSize(per_unit=(1, 2))

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # the first ./run lays it on SQLite: tests/workers/test_run_stack.py


def test_the_street_is_whole_and_busy(session: Session) -> None:
    """One load for all that is promised of its cases, because loading takes its time."""
    load_demo(CTX, SMALL)
    assert [str(finding) for _, finding in verify(CTX) if finding] == []

    cases = session.scalars(select(Case)).all()
    hotline = [case for case in cases if case.track is Track.HOTLINE]
    founding = [case for case in hotline if case.received_at.year == 2019]
    assert len(founding) == 446
    assert {case.excluded for case in founding} == {None}, "received says 446 as the report does"
    assert {case.state for case in founding} == {State.CLOSED}
    assert {case.channel for case in founding} == {"mayor_line", "district_line"}

    handling = {unit.id for unit in session.scalars(select(Unit).where(Unit.handles_cases))}
    recent = [case for case in hotline if case.received_at.year > 2019]
    busy = Counter((f"{case.received_at:%Y-%m}", case.lead_unit_id) for case in recent)
    months = sorted({month for month, _ in busy})
    assert months[0] == "2025-10"
    assert months[-1] == "2026-11"
    for month in months[1:]:
        led = {unit for of_month, unit in busy if of_month == month}
        assert len(handling - led) <= 1, month

    assert {case.state for case in hotline} >= HOTLINE_STATES - {State.REPLIED}
    late = [case for case in cases if case.is_open and case.next_due_at and case.next_due_at < NOW]
    assert late
    assert any(case.satisfaction == "dissatisfied" for case in cases)
    check_petitions(session, [case for case in cases if case.track is Track.PETITION])
    check_the_paragraph_of_2019()

    with pytest.raises(AlreadyLoaded):
        load_demo(CTX, SMALL)


def check_the_paragraph_of_2019() -> None:
    """The founding report's figures, and what does not add up in it."""
    found = year_report(CTX, AnnualQuestion.model_validate({"year": 2019}))
    for words in (
        "446件，已全部办理完毕",
        "接待来访群众266次",
        "阳光信访办理95件",
        "国家信访局7件、省6件、市35件、区30件、街内10件",
        "大接访10次，累计受理10件",
    ):
        assert words in found.paragraph
    gap = next(one for one in found.findings if one.code == "source_levels")
    assert (gap.parts, gap.whole) == (88, 95)


def check_petitions(session: Session, petitions: list[Case]) -> None:
    """The 95 of the report, seven of them without a source level; and every state of today."""
    on_the_desk = [case for case in petitions if not case.is_sealed]
    of_2019 = [case for case in on_the_desk if case.received_at.year == 2019]
    assert Counter(case.source_level for case in of_2019) == dict(PRINTED)
    assert len(of_2019) == 95
    assert not any(case.is_open for case in of_2019)
    assert {State.CONCLUDED, State.ARCHIVED, State.SERVED} < {case.state for case in of_2019}
    assert [case.persons for case in of_2019 if case.persons > 50] == [60]
    assert any(case.repeat_of_id for case in of_2019)
    sixty = next(case for case in of_2019 if case.persons == 60)
    others = session.scalars(
        select(PetitionPerson.is_representative).where(PetitionPerson.case_id == sixty.id)
    ).all()
    assert others == [True] * 4, "and the first of them is the petitioner"
    reviewed = select(PetitionReview.case_id).where(PetitionReview.stage == "final_review")
    assert set(session.scalars(reviewed)) & {case.id for case in of_2019}

    assert {case.state for case in on_the_desk} == PETITION_STATES
    assert {case.state for case in petitions if case.is_sealed} >= LANE_STATES
    now = [case for case in on_the_desk if case.received_at.year > 2019]
    assert [case for case in now if case.is_open and case.next_due_at < NOW], "some late"
    working = {code for code, kind in units_that_work() if kind is not UnitKind.DEPARTMENT}
    led = session.scalars(
        select(Unit.code).where(Unit.id.in_({case.lead_unit_id for case in now}))
    ).all()
    assert set(led) == working
    sides = session.scalars(select(Petition)).all()
    assert {side.petition_class for side in sides} >= set(PetitionClass)
    assert {side.subroute for side in sides} >= set(Subroute)
    assert any(side.from_hotline_id for side in sides)
    assert any(side.settled_at for side in sides)
    assert session.scalars(select(Paper.kind).distinct()).all() >= ["acceptance_notice", "opinion"]


def units_that_work() -> list[tuple[str, UnitKind]]:
    return [(unit.code, unit.kind) for unit in UNITS if unit.handles]
