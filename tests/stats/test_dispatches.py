"""派单准确率: what was dispatched and not given back by a granted return, row by row."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, true

from casetracker.persistence.case import Case
from casetracker.stats.dispatches import OF_DISPATCHES, cases_dispatched, dispatched_by
from tests.factories.street import Street

FIGURES = ("dispatched", "kept", "returned", "advised", "taken")


@pytest.fixture
def window(street: Street) -> tuple[datetime, datetime]:
    """Two kept, one returned and dispatched again, one on which a return was refused."""
    day = street.now
    for category in ("0203", "0401"):
        number = street.register(category=category).number
        street.act("dispatcher", number, "dispatch", unit="公共管理办公室")
    returned = street.register(category="0203").number
    street.act("dispatcher", returned, "dispatch", unit="东风社区")
    ask_back(street, returned)
    street.act("dispatcher", returned, "decide_return", granted=True, note="确不属于。")
    street.wait(hours=1)
    street.act("dispatcher", returned, "dispatch", unit="公共管理办公室")
    refused = street.register(category="0203").number
    street.act("dispatcher", refused, "dispatch", unit="东风社区")
    ask_back(street, refused)
    street.act("dispatcher", refused, "decide_return", granted=False, note="属于你们。")
    return day - timedelta(hours=1), street.now + timedelta(hours=1)


def ask_back(street: Street, number: str) -> None:
    body = {"reason": "not_our_duty", "basis": "权责清单没有此项。"}
    street.act("head", number, "request_return", **body)


def test_a_case_counts_once_in_the_total_and_once_for_each_unit_it_was_sent_to(
    street: Street, window: tuple[datetime, datetime]
) -> None:
    total = dispatched_by(street.session, true(), window, None)[None]
    assert (total.cases, total.returned) == (4, 1)
    units = dispatched_by(street.session, true(), window, "unit")
    office, community = street.units["public_works"].id, street.units["dongfeng"].id
    assert (units[office].cases, units[office].returned) == (3, 0)
    assert (units[community].cases, units[community].returned) == (2, 1)


def test_advice_is_taken_only_when_every_dispatch_followed_it(
    street: Street, window: tuple[datetime, datetime]
) -> None:
    total = dispatched_by(street.session, true(), window, None)[None]
    assert (total.advised, total.taken) == (4, 2)


def test_every_figure_of_every_row_is_the_number_of_its_cases(
    street: Street, window: tuple[datetime, datetime]
) -> None:
    for by in (None, *OF_DISPATCHES):
        for key, row in dispatched_by(street.session, true(), window, by).items():
            values = None if key is None else {key}
            named = {} if by is None else {by: values}
            found = [
                len(street.session.scalars(
                    select(Case.id).where(cases_dispatched(figure, window, named))
                ).all())
                for figure in FIGURES
            ]  # fmt: skip
            kept = row.cases - row.returned
            assert found == [row.cases, kept, row.returned, row.advised, row.taken], (by, key)
