"""People, rules and stories of the demonstration street: the same every time."""

from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.petition_vocabulary import Subroute
from casetracker.domain.vocabulary import Kind, Role
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import CalendarVersion
from casetracker.persistence.organisation import Category, RoutingRow, Unit
from casetracker.persistence.queries.reference import reference
from casetracker.services.demo.categories import categories
from casetracker.services.demo.foundation import DemoAccount, lay_foundation
from casetracker.services.demo.loading import SEED
from casetracker.services.demo.matters import matters
from casetracker.services.demo.organisation import UNITS
from casetracker.services.demo.past import Storyteller, cases_of_2019, recent_cases
from casetracker.services.demo.petition_matters import petition_matters
from casetracker.services.demo.petition_past import (
    PetitionTeller,
    petitions_of_2019,
    recent_petitions,
)
from casetracker.services.demo.timing import Pace
from casetracker.services.imports.imported import ImportedCase
from tests.services.demo.conftest import CTX, NOW

Founded = tuple[DemoAccount, ...]


@pytest.fixture(scope="module")
def founded(session_for_all: Session) -> Founded:
    """Laid once for all of them; what a test adds is undone."""
    return lay_foundation(CTX)


def test_every_role_and_every_handling_unit_has_people(founded: Founded, session: Session) -> None:
    accounts = session.scalars(select(Account)).all()
    assert {role for account in accounts for role in account.roles} == set(Role) - {
        Role.RESIDENT, Role.SYSTEM,
    }  # fmt: skip
    assert not any(account.must_change_password for account in accounts)
    for unit in session.scalars(select(Unit).where(Unit.handles_cases)):
        roles = {role for one in accounts if one.unit_id == unit.id for role in one.roles}
        assert {"unit_head", "handler"} <= roles, unit.name
        assert unit.deputy_leader_id is not None
    told = {one.username: one for one in founded}
    assert len(told) == len(accounts)
    assert all(len(one.password) >= 10 for one in founded)
    years = set(session.scalars(select(CalendarVersion.year)))
    assert years >= set(range(2018, 2027))


def test_the_rules_lead_every_leaf_to_a_unit(founded: Founded, session: Session) -> None:
    leaves = session.scalars(select(Category).where(Category.level == 2)).all()
    assert all(leaf.national_l1 and leaf.national_l2 and leaf.default_unit_id for leaf in leaves)
    routed = set(session.scalars(select(RoutingRow.category_id)))
    assert {leaf.id for leaf in leaves} <= routed


def test_the_same_moment_tells_the_same_stories(founded: Founded, session: Session) -> None:
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
