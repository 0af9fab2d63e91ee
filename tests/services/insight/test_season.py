"""Months of the calendar of matters are the same figures, kept or counted."""

from datetime import UTC, datetime

from casetracker.services.context import SYSTEM, Context
from casetracker.services.insight.season import Season, season
from casetracker.services.running.rollup import roll
from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street

NOW = datetime(2026, 4, 25, 4, 0, tzinfo=UTC)


def seen(street: Street) -> Season:
    return season(street.ctx("supervisor"))


def test_a_season_from_kept_sums_is_the_one_that_is_counted(street: Street) -> None:
    street.now = NOW
    units = [unit.id for unit in street.units.values()]
    cases = add_random_cases(street.session, units, seed=5, count=150)
    categories = [one.id for one in street.categories.values()]
    for place, case in enumerate(cases):
        case.category_id = (*categories, None)[place % (len(categories) + 1)]
    street.session.commit()
    counted = seen(street)
    assert len({month for _, month in counted.counts}) >= 3
    roll(Context(SYSTEM, NOW))
    assert seen(street) == counted
    for moved in (one for one in cases if one.received_at.month == 3):
        moved.received_at = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
    street.session.commit()
    changed = seen(street)
    assert changed.counts != counted.counts
    roll(Context(SYSTEM, NOW))
    assert seen(street) == changed
