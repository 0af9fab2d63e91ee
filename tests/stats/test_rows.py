"""Whatever the lines of a table are, they add up to its total and lead to their own cases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.peer_groups import peer_group_of
from casetracker.domain.permissions import Scope
from casetracker.domain.vocabulary import Dimension, SourceLevel
from casetracker.persistence.case import Case
from casetracker.stats.behind import cases_behind
from casetracker.stats.monthly import monthly_table
from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street, new_street

ALL = Scope(sees_all=True)
NOW = datetime(2026, 3, 25, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def counted_for_all(session_for_all: Session) -> Street:
    """Made once for all of them, as it takes its time; what a test adds is undone."""
    street = new_street(session_for_all)
    units = [unit.id for unit in street.units.values()]
    levels = [None, *SourceLevel]
    for place, case in enumerate(add_random_cases(street.session, units, seed=5, count=150)):
        case.source_level = levels[place % len(levels)]
    street.session.commit()
    return street


@pytest.fixture
def counted(counted_for_all: Street, session: Session) -> Street:
    return counted_for_all.again(session)


@pytest.mark.parametrize("by", list(Dimension))
def test_the_lines_add_up_to_the_total_and_each_leads_to_its_cases(
    counted: Street, by: Dimension
) -> None:
    table = monthly_table(counted.session, ALL, NOW, month="2026-03", by=by)
    total = table.total.metrics
    assert total == monthly_table(counted.session, ALL, NOW, month="2026-03").total.metrics
    for code in ("received", "completion", "satisfaction"):
        rates = [row.metrics[code] for row in table.rows]
        assert sum(rate.numerator for rate in rates) == total[code].numerator > 0
        assert sum(rate.denominator or 0 for rate in rates) == (total[code].denominator or 0)
    for row in table.rows:
        behind = cases_behind(
            counted.session, NOW, period="2026-03", metric="completion", by=by, key=row.key
        )
        found = counted.session.scalar(select(func.count(Case.id)).where(behind))
        assert found == row.metrics["completion"].denominator, row.label


def test_a_group_is_made_of_its_units_and_a_level_of_its_name(counted: Street) -> None:
    groups = monthly_table(counted.session, ALL, NOW, month="2026-03", by="unit_group").rows
    units = monthly_table(counted.session, ALL, NOW, month="2026-03", by="unit").rows
    kinds = {unit.code: unit.kind for unit in counted.units.values()}
    for group in groups:
        own = [row for row in units if (row.key and peer_group_of(kinds[row.key])) == group.key]
        received = sum(row.metrics["received"].numerator for row in own)
        assert group.metrics["received"].numerator == received, group.label
    assert [row.label for row in groups][:1] == ["社区"]
    levels = monthly_table(counted.session, ALL, NOW, month="2026-03", by="source_level").rows
    assert [row.label for row in levels] == ["国家", "省", "市", "区", "街道", "未登记来源层级"]
    assert levels[-1].key is None


@pytest.mark.parametrize("by", ["unit", "unit_group", "category", "source_level", "channel"])
def test_a_row_that_there_is_not_is_refused(counted: Street, by: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        cases_behind(counted.session, NOW, period="2026-03", metric="received", by=by, key="nobody")
    assert refused.value.problems == {"key": "unknown_key"}
