"""Triggers keep what a case was before its first change since the sums were made."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from casetracker.domain.rates.facts import COUNTS, INSTANTS, OF_PETITIONS
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.figures import COPIED, ChangedCase
from casetracker.persistence.petition import Petition
from tests.factories.rate_cases import Facts, add_random_petitions, random_case
from tests.factories.street import Street, new_street

THEN = datetime(2025, 5, 5, 5, 5, 5, tzinfo=UTC)
CODES = {
    "track": ("hotline", "petition"), "state": ("archived", "closed"), "kind": ("other", "help"),
    "channel": ("media", "grid"), "urgency": ("critical", "normal"), "excluded": ("legacy", None),
    "result": ("explained", None), "satisfaction": ("fair", None),
    "office_satisfaction": ("fair", None), "source_level": ("national", None),
}  # fmt: skip


@pytest.fixture
def street(session: Session) -> Street:
    return new_street(session)


@pytest.fixture
def found(street: Street) -> Facts:
    """A petition with every fact drawn, of which the sums know."""
    units = [unit.id for unit in street.units.values()]
    first, _ = add_random_petitions(street.session, units, seed=1, count=2)
    forget(street.session)
    return first


def forget(session: Session) -> None:
    session.execute(delete(ChangedCase))
    session.commit()


def noted(session: Session) -> dict[str, Any]:
    return dict(session.execute(select(ChangedCase.__table__)).mappings().one())


def as_it_is(session: Session, case_id: int) -> dict[str, Any]:
    columns = [getattr(Petition if name in OF_PETITIONS else Case, name) for name in COPIED]
    joined = select(*columns).select_from(Case).join(Petition, Petition.case_id == Case.id)
    return dict(session.execute(joined.where(Case.id == case_id)).mappings().one())


def another(name: str, value: Any, street: Street, found: Facts) -> Any:
    """A value that the fact did not have."""
    if name in INSTANTS:
        return THEN
    if name in CODES:
        return next(code for code in CODES[name] if code != value)
    if name == "category_id":
        return street.categories["0203"].id
    if name == "lead_unit_id":
        return next(unit.id for unit in street.units.values() if unit.id != value)
    if name.endswith("_id"):
        return found.case.id
    return value + 1 if name in COUNTS else not value


def test_each_fact_that_a_figure_looks_at_is_noted_as_it_was(street: Street, found: Facts) -> None:
    session = street.session
    for name in COPIED:
        before = as_it_is(session, found.case.id)
        model = Petition if name in OF_PETITIONS else Case
        key = Petition.case_id if name in OF_PETITIONS else Case.id
        value = another(name, before[name], street, found)
        changed = {name: value} if name != "is_sealed" else {name: value, "is_open": False}
        session.execute(update(model).where(key == found.case.id).values(changed))
        image = noted(session)
        assert (image["was_known"], image["touched"]) == (True, 1), name
        assert {one: image[one] for one in COPIED} == before, name
        forget(session)


def test_the_first_image_stays_and_later_changes_are_counted(street: Street, found: Facts) -> None:
    before = as_it_is(street.session, found.case.id)
    found.case.satisfaction = None if before["satisfaction"] else "fair"
    street.session.commit()
    assert found.petition is not None
    found.petition.judged_at = THEN
    street.session.commit()
    image = noted(street.session)
    assert image["touched"] == 2
    assert {one: image[one] for one in COPIED} == before


def test_what_no_figure_looks_at_is_not_noted(street: Street, found: Facts) -> None:
    found.case.title = "另一个标题"
    found.case.version = 7
    found.case.replied_at = found.case.replied_at
    assert found.petition is not None
    found.petition.law = "条例"
    street.session.execute(update(Case).values(channel=Case.channel))
    street.session.commit()
    assert street.session.execute(select(ChangedCase.__table__)).all() == []


def test_a_new_case_is_noted_as_one_that_was_not_known(street: Street, found: Facts) -> None:
    units = [unit.id for unit in street.units.values()]
    new = random_case(random.Random(1), 77, units, found.case.petitioner_id, Track.PETITION)
    street.session.add(new)
    street.session.flush()
    street.session.add(Petition(case_id=new.id))
    street.session.commit()
    image = noted(street.session)
    assert (image["case_id"], image["was_known"], image["touched"]) == (new.id, False, 2)
    assert {image[name] for name in COPIED} == {None}


def test_a_petition_that_a_case_becomes_or_ceases_to_be_is_noted(
    street: Street, found: Facts
) -> None:
    before = as_it_is(street.session, found.case.id)
    street.session.execute(delete(Petition).where(Petition.case_id == found.case.id))
    image = noted(street.session)
    assert {one: image[one] for one in COPIED} == before
    forget(street.session)
    street.session.execute(insert(Petition).values(case_id=found.case.id))
    image = noted(street.session)
    assert image["channel"] == before["channel"]
    assert {image[name] for name in OF_PETITIONS} == {None}
