"""The ledgers of the demonstration street: the founding year as its report counts it."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local, local_date
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import ReceptionEntry, ReceptionSession, Visit, VisitPerson
from casetracker.services.commands.ledgers import VisitSearch
from casetracker.services.context import Actor, Context
from casetracker.services.demo.foundation import lay_foundation
from casetracker.services.demo.hard_matters import lay_hard_matters
from casetracker.services.demo.receptions import lay_receptions
from casetracker.services.demo.visitors import causes, lay_visits
from casetracker.services.ledgers.daily_watch import daily_watch
from casetracker.services.ledgers.old_cases import old_case_lines
from casetracker.services.ledgers.published_schedule import published_schedule
from casetracker.services.ledgers.reception_reading import schedule
from casetracker.services.ledgers.undertaking_reading import undertaking_lines
from casetracker.services.ledgers.visit_reading import list_visits
from tests.services.demo.conftest import CTX, NOW

YEAR_2019 = VisitSearch.model_validate({"since": "2019-01-01", "until": "2019-12-31"})


@pytest.fixture(scope="module")
def laid(session_for_all: Session) -> Context:
    """The petition clerk of the street with its ledgers laid."""
    lay_foundation(CTX)
    lay_visits(CTX)
    lay_receptions(CTX)
    lay_hard_matters(CTX)
    row = session_for_all.scalars(select(Account).where(Account.username == "clerk1")).one()
    actor = Actor(row.id, row.name, row.unit_id, frozenset({Role.PETITION_CLERK}), row.username)
    return Context(actor, NOW, door="test")


@pytest.fixture
def clerk(laid: Context, session: Session) -> Context:
    """Each test undoes what it changes."""
    return laid


def test_the_founding_year_has_its_visits_and_receptions(clerk: Context, session: Session) -> None:
    totals = list_visits(clerk, YEAR_2019).totals
    assert totals.visits == 266
    assert totals.persons > totals.collective_persons > 30
    past = schedule(clerk, 2019).past
    assert len(past) == 10
    assert sum(line.entries for line in past) == 10


def test_numbers_run_in_the_order_in_which_people_came(clerk: Context, session: Session) -> None:
    wanted = select(Visit.number).where(Visit.number.like("LF2019-%")).order_by(Visit.visited_at)
    assert session.scalars(wanted).all() == [f"LF2019-{n:06}" for n in range(1, 267)]


def test_people_come_on_working_days_and_nothing_lies_ahead(
    clerk: Context, session: Session
) -> None:
    visits = session.scalars(select(Visit)).all()
    assert all(visit.visited_at < NOW for visit in visits)
    months = {f"{local(visit.visited_at):%Y-%m}" for visit in visits}
    assert {"2025-10", "2026-05", "2026-11"} <= months
    golden_week = {f"2026-10-0{n}" for n in range(1, 8)}
    assert golden_week.isdisjoint(local_date(one.visited_at).isoformat() for one in visits)


def test_a_crowd_speaks_through_five(clerk: Context, session: Session) -> None:
    named = (
        select(func.count(VisitPerson.id))
        .join(Visit, Visit.id == VisitPerson.visit_id)
        .where(Visit.persons > 30)
        .group_by(Visit.id)
    )
    assert set(session.scalars(named)) == {5}


def test_there_is_something_to_publish_to_watch_and_to_strike_off(clerk: Context) -> None:
    assert len(published_schedule(clerk)) == 3
    assert schedule(clerk, 2026).waiting == 1
    watch = daily_watch(clerk)
    assert watch.period is not None
    assert len(watch.undertakings) == 1
    assert len(undertaking_lines(clerk)) == 2
    assert sum(line.waits for line in old_case_lines(clerk)) == 1
    assert len(old_case_lines(clerk, struck_off=True)) == 1


def test_the_same_moment_lays_the_same_visits(clerk: Context, session: Session) -> None:
    before = session.execute(select(Visit.matter, Visit.visited_at, Visit.persons)).all()
    for table in (VisitPerson, Visit, ReceptionEntry, ReceptionSession):
        session.query(table).delete()
    session.commit()
    lay_visits(CTX)
    after = session.execute(select(Visit.matter, Visit.visited_at, Visit.persons)).all()
    assert sorted(map(tuple, before)) == sorted(map(tuple, after))


def test_every_cause_has_its_words() -> None:
    assert len(causes()) >= 15
    assert all(cause.matter and cause.said for cause in causes())
