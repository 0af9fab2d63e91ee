"""The demonstration street: whole, busy everywhere, and the same every time."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Kind, Role, State
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import CalendarVersion
from casetracker.persistence.case import Case
from casetracker.persistence.organisation import Category, RoutingRow, Unit
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import SYSTEM, Context
from casetracker.services.demo.categories import categories
from casetracker.services.demo.foundation import AlreadyLoaded
from casetracker.services.demo.loading import SEED, DemoLoaded, DemoSize, load_demo
from casetracker.services.demo.matters import matters
from casetracker.services.demo.organisation import UNITS
from casetracker.services.demo.past import Storyteller, cases_of_2019, recent_cases
from casetracker.services.demo.timing import Pace
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.verifying.running import verify

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday noon
CTX = Context(SYSTEM, NOW, door="test")
SMALL = DemoSize(per_unit=(1, 2))
BARE = DemoSize(year_2019=0, per_unit=(0, 0), every_scene=1000)


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
    founding = [case for case in cases if case.received_at.year == 2019]
    assert len(founding) == 446
    assert {case.excluded for case in founding} == {None}, "received says 446 as the report does"
    assert {case.state for case in founding} == {State.CLOSED}
    assert {case.channel for case in founding} == {"mayor_line", "district_line"}

    handling = {unit.id for unit in session.scalars(select(Unit).where(Unit.handles_cases))}
    recent = [case for case in cases if case.received_at.year > 2019]
    busy = Counter((f"{case.received_at:%Y-%m}", case.lead_unit_id) for case in recent)
    months = sorted({month for month, _ in busy})
    assert months[0] == "2025-10"
    assert months[-1] == "2026-11"
    for month in months[1:]:
        led = {unit for of_month, unit in busy if of_month == month}
        assert len(handling - led) <= 1, month

    assert {case.state for case in cases} >= set(State) - {State.REPLIED}
    late = [case for case in cases if case.is_open and case.next_due_at and case.next_due_at < NOW]
    assert late
    assert any(case.satisfaction == "dissatisfied" for case in cases)

    with pytest.raises(AlreadyLoaded):
        load_demo(CTX, SMALL)


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
        return [*cases_of_2019(teller), *recent]

    assert stories() == stories()
    assert len({case.content for case in stories()}) > 500


def test_the_words_fit_the_tree() -> None:
    known = {one.code for one in categories()}
    assert {matter.category for matter in matters()} <= known
    assert len(matters()) >= 60
    assert all(len(matter.contents) >= 2 for matter in matters())
    assert {matter.kind for matter in matters()} >= {Kind.HELP, Kind.COMPLAINT, Kind.CONSULT}
    owners = {one.unit for one in categories()}
    assert owners <= {unit.code for unit in UNITS}


@pytest.mark.parametrize("hour", [0, 2, 6, 9, 16])
def test_the_scenes_of_today_can_be_played_at_any_hour(session: Session, hour: int) -> None:
    """Whatever the drawn matters are: those of one day leave no room for what takes longer."""
    now = datetime(2026, 11, 26, hour, 4, tzinfo=UTC)
    scenes = DemoSize(year_2019=0, per_unit=(0, 0), every_scene=1)
    assert load_demo(Context(SYSTEM, now, door="test"), scenes).present
