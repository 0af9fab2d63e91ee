"""Several breakdowns at once say what each says alone; how long handling took, case by case."""

from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import update

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import WUHAN_DEFAULT, Window
from casetracker.domain.vocabulary import Channel
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.stats.breakdowns import By, breakdowns, each
from casetracker.stats.durations import Span, handling_times, of_spans
from casetracker.stats.tallies import Received, Tally, tallies
from tests.factories.street import Street

COLUMNS = {
    "channel": Case.channel,
    "category": Case.category_id,
    "area": Case.area_unit_id,
    "is_open": Case.is_open,
    "is_repeat": Case.repeat_of_id.is_not(None),
}


@pytest.fixture
def windows(street: Street) -> list[Window]:
    """Two hotline calls and a letter of five persons in the first, one call in the second."""
    first = street.now
    street.register(category="0203", location={"unit": "东风社区"})
    street.register(category="0203")
    street.register(channel="letter", category="0401", persons=5)
    street.wait(hours=3)
    second = street.now
    street.register(category="0203")
    hour = timedelta(hours=1)
    return [(first - hour, first + hour), (second - hour, second + hour)]


def received(street: Street) -> Received:
    return Received(WUHAN_DEFAULT, Scope(sees_all=True), street.now)


def test_each_breakdown_is_what_it_would_be_alone(street: Street, windows: list[Window]) -> None:
    together = breakdowns(street.session, received(street), each(COLUMNS, windows))
    for name, column in COLUMNS.items():
        alone = tallies(street.session, received(street), windows, column)
        assert together[name] == alone, name
        kinds = [{type(key) for key in of} for of in together[name]]
        assert kinds == [{type(key) for key in of} for of in alone], name
    assert together["channel"] == [
        {Channel.MAYOR_LINE: Tally(2, 2), Channel.LETTER: Tally(1, 5)},
        {Channel.MAYOR_LINE: Tally(1, 1)},
    ]
    assert together["area"][0][None] == Tally(2, 6)


def test_breakdowns_in_other_windows_are_read_beside(street: Street, windows: list[Window]) -> None:
    """They may overlap with those of the others: each case is still counted once in each."""
    whole = ((windows[0][0], windows[1][1]),)
    found = breakdowns(
        street.session,
        received(street),
        {**each(COLUMNS, windows), "all": By(Case.channel, whole)},
    )
    assert found["all"] == tallies(street.session, received(street), whole, Case.channel)
    assert found["channel"] == tallies(street.session, received(street), windows, Case.channel)


def test_a_share_of_ninety_in_a_hundred_took_no_longer_than_the_slow_ones() -> None:
    ten = of_spans([Span(1, 8, ()), Span(4, 1, ()), Span(30, 1, ())])
    assert (ten.answered, ten.average, ten.slow) == (10, Fraction(42, 10), 4)
    assert of_spans([Span(0, 9, ()), Span(7, 2, ())]).slow == 7
    assert of_spans([Span(3, 1, ())]).slow == 3


def test_handling_is_counted_in_working_days_of_the_shanghai_clock(street: Street) -> None:
    """Both came and were answered in one hour of UTC, on either side of midnight in Shanghai."""
    calendar = reference(street.session).calendar
    numbers = [street.worked("closed"), street.worked("closed")]
    evening = street.now.replace(hour=15, minute=30)
    for number, hours in zip(numbers, (0, 1), strict=True):
        street.session.execute(
            update(Case).where(Case.number == number).values(
                received_at=evening, replied_at=evening + timedelta(hours=hours)
            )
        )  # fmt: skip
    street.session.commit()
    window = (evening - timedelta(hours=1), evening + timedelta(days=1))
    times = handling_times(street.session, received(street), window, calendar)
    assert (times.answered, times.average, times.slow) == (2, Fraction(1, 2), 1)
