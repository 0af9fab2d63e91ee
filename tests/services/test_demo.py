"""The demonstration street: whole, busy everywhere, and the same every time."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import (
    HOTLINE_STATES,
    LANE_STATES,
    PETITION_STATES,
    Kind,
    Role,
    State,
    Track,
    UnitKind,
)
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import CalendarVersion
from casetracker.persistence.case import Case
from casetracker.persistence.organisation import Category, RoutingRow, Unit
from casetracker.persistence.papers import Paper
from casetracker.persistence.petition import Petition, PetitionPerson, PetitionReview
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.context import SYSTEM, Context
from casetracker.services.demo.categories import categories
from casetracker.services.demo.foundation import AlreadyLoaded
from casetracker.services.demo.loading import SEED, DemoLoaded, DemoSize, load_demo
from casetracker.services.demo.matters import matters
from casetracker.services.demo.organisation import UNITS
from casetracker.services.demo.past import Storyteller, cases_of_2019, recent_cases
from casetracker.services.demo.petition_matters import petition_matters
from casetracker.services.demo.petition_past import (
    PRINTED,
    PetitionTeller,
    petitions_of_2019,
    recent_petitions,
)
from casetracker.services.demo.petition_present import PetitionStage, play_petitions
from casetracker.services.demo.present import stage_of
from casetracker.services.demo.timing import Pace
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.reports.year import year_report
from casetracker.services.verifying.running import verify

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday noon
CTX = Context(SYSTEM, NOW, door="test")
SMALL = DemoSize(per_unit=(1, 2))
BARE = DemoSize(year_2019=0, per_unit=(0, 0), every_scene=1000, petitions=False)


pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def loaded(session: Session) -> DemoLoaded:
    """The street with its people and rules, nearly without cases."""
    return load_demo(CTX, BARE)


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


def test_every_role_and_every_handling_unit_has_people(
    loaded: DemoLoaded, session: Session
) -> None:
    accounts = session.scalars(select(Account)).all()
    assert {role for account in accounts for role in account.roles} == set(Role) - {
        Role.RESIDENT, Role.SYSTEM,
    }  # fmt: skip
    assert not any(account.must_change_password for account in accounts)
    for unit in session.scalars(select(Unit).where(Unit.handles_cases)):
        roles = {role for one in accounts if one.unit_id == unit.id for role in one.roles}
        assert {"unit_head", "handler"} <= roles, unit.name
        assert unit.deputy_leader_id is not None
    told = {one.username: one for one in loaded.accounts}
    assert len(told) == len(accounts)
    assert all(len(one.password) >= 10 for one in loaded.accounts)
    years = set(session.scalars(select(CalendarVersion.year)))
    assert years >= set(range(2018, 2027))


def test_the_rules_lead_every_leaf_to_a_unit(loaded: DemoLoaded, session: Session) -> None:
    leaves = session.scalars(select(Category).where(Category.level == 2)).all()
    assert all(leaf.national_l1 and leaf.national_l2 and leaf.default_unit_id for leaf in leaves)
    routed = set(session.scalars(select(RoutingRow.category_id)))
    assert {leaf.id for leaf in leaves} <= routed


def test_the_same_moment_tells_the_same_stories(loaded: DemoLoaded, session: Session) -> None:
    ref = reference(session)

    def stories() -> list[ImportedCase]:
        pace = Pace(ref.calendar, ref.settings.office_hours)
        teller = Storyteller(ref, pace, Random(SEED))
        recent = recent_cases(teller, NOW, NOW.date(), per_unit=(1, 2))
        told = [*cases_of_2019(teller), *recent]
        tales = PetitionTeller(teller)
        return [*told, *petitions_of_2019(tales, ()), *recent_petitions(tales, NOW, NOW.date())]

    assert stories() == stories()
    assert len({case.content for case in stories()}) > 500


def test_the_words_fit_the_tree() -> None:
    known = {one.code for one in categories()}
    assert {matter.category for matter in matters()} <= known
    assert len(matters()) >= 60
    assert all(len(matter.contents) >= 2 for matter in matters())
    assert {matter.kind for matter in matters()} >= {Kind.HELP, Kind.COMPLAINT, Kind.CONSULT}
    assert {matter.category for matter in petition_matters()} <= known
    assert {matter.route for matter in petition_matters()} == {None, *Subroute}
    for matter in petition_matters():
        goes_elsewhere = matter.route is not None and matter.route < Subroute.DUTY
        assert bool(matter.organ) == goes_elsewhere, matter.title
        assert len(matter.contents) >= 2
    owners = {one.unit for one in categories()}
    assert owners <= {unit.code for unit in UNITS}


@pytest.mark.parametrize("hour", [0, 2, 6, 9, 16])
def test_the_scenes_of_today_can_be_played_at_any_hour(session: Session, hour: int) -> None:
    """Whatever the drawn matters are: those of one day leave no room for what takes longer."""
    now = datetime(2026, 11, 26, hour, 4, tzinfo=UTC)
    scenes = DemoSize(year_2019=0, per_unit=(0, 0), every_scene=1, petitions=False)
    assert load_demo(Context(SYSTEM, now, door="test"), scenes).present


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
