"""A month is counted by the definitions that hold for it, wherever it stands beside others."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import BEIJING_DISTRICT, WUHAN_DEFAULT, XINFANG, percent
from casetracker.domain.reports.facts import Wording
from casetracker.domain.reports.notice import report_content
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.vocabulary import Aggregation
from casetracker.gateways.papers.docx_writer import write_docx
from casetracker.persistence.case import Case
from casetracker.services.reports.gathering import report_facts
from casetracker.stats.annual import annual_table
from casetracker.stats.behind import cases_behind
from casetracker.stats.monthly import monthly_table, totals_of
from tests.factories.papers import text_of_docx
from tests.factories.profiles import put_in_force
from tests.factories.rate_cases import add_random_cases, add_random_petitions
from tests.factories.street import Street, new_street

ALL = Scope(sees_all=True)
NOW = datetime(2026, 4, 25, 4, 0, tzinfo=UTC)
FROM_MARCH = date(2026, 3, 1)
NEW = replace(BEIJING_DISTRICT, code="WUHAN_DEFAULT", version="2026.2", effective_from=FROM_MARCH)
MEAN = replace(
    WUHAN_DEFAULT,
    code="OWN",
    version="2026.1",
    effective_from=FROM_MARCH,
    aggregation=Aggregation.MEAN,
)


@pytest.fixture(scope="module")
def counted_for_all(session_for_all: Session) -> Street:
    """Made once for all of them, as it takes its time; what a test adds is undone."""
    street = new_street(session_for_all)
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=7, count=300)
    add_random_petitions(street.session, units, seed=8, count=60)
    return street


@pytest.fixture
def counted(counted_for_all: Street, session: Session) -> Street:
    return counted_for_all.again(session)


def test_a_new_version_counts_its_months_and_leaves_the_old_ones_as_they_were(
    counted: Street,
) -> None:
    session = counted.session
    february = monthly_table(session, ALL, NOW, month="2026-02")
    march = monthly_table(session, ALL, NOW, month="2026-03")
    put_in_force(counted, NEW)
    assert monthly_table(session, ALL, NOW, month="2026-02") == february
    anew = monthly_table(session, ALL, NOW, month="2026-03")
    assert anew.profile == NEW
    assert anew.total.metrics != march.total.metrics
    assert anew.previous.total == february.total.metrics
    assert anew.compared[0] == WUHAN_DEFAULT
    told = totals_of(session, ALL, NOW, months=["2026-02", "2026-03"])
    assert [one.total for one in told] == [february.total.metrics, anew.total.metrics]
    year = annual_table(session, ALL, NOW, year=2026)
    months = dict(year.months)
    assert months["2026-02"] == february.total.metrics
    assert months["2026-03"] == anew.total.metrics
    received = [rates["received"].numerator for rates in months.values()]
    assert year.total["received"].numerator == sum(received) > 0


def test_the_cases_behind_a_figure_are_found_by_the_version_of_its_month(counted: Street) -> None:
    put_in_force(counted, NEW)
    total = monthly_table(counted.session, ALL, NOW, month="2026-03").total.metrics
    behind = cases_behind(counted.session, NOW, period="2026-03", metric="response")
    found = counted.session.scalar(select(func.count(Case.id)).where(behind))
    assert found == total["response"].denominator > 0  # type: ignore[operator]


def test_the_office_s_own_profiles_stand_in_where_none_is_named(counted: Street) -> None:
    put_in_force(counted, MEAN, as_default=True)
    letters = replace(XINFANG, code="LETTERS", effective_from=FROM_MARCH)
    put_in_force(counted, letters, as_default=True)
    march = monthly_table(counted.session, ALL, NOW, month="2026-03")
    assert march.profile.code == "OWN"
    assert monthly_table(counted.session, ALL, NOW, month="2026-02").profile == WUHAN_DEFAULT
    named = monthly_table(counted.session, ALL, NOW, month="2026-03", profile="LETTERS")
    xinfang = monthly_table(counted.session, ALL, NOW, month="2026-03", profile="XINFANG")
    assert named.total == xinfang.total


@pytest.mark.parametrize("by", ["unit", "channel"])
def test_a_mean_total_is_the_mean_of_the_units_rates_whatever_the_lines_are(
    counted: Street, by: str
) -> None:
    put_in_force(counted, MEAN)
    table = monthly_table(counted.session, ALL, NOW, month="2026-03", profile="OWN", by=by)
    pooled = monthly_table(counted.session, ALL, NOW, month="2026-03")
    rows = [row for row in pooled.rows if row.key]
    for code in ("response", "completion", "satisfaction"):
        values = [row.metrics[code].value for row in rows]
        known = [value for value in values if value is not None]
        rate, plain = table.total.metrics[code], pooled.total.metrics[code]
        assert rate.value == sum(known, Fraction(0)) / len(known) != plain.value
        assert (rate.numerator, rate.denominator) == (plain.numerator, plain.denominator)
    assert table.total.metrics["received"] == pooled.total.metrics["received"]
    [trend] = totals_of(counted.session, ALL, NOW, months=["2026-03"], profile="OWN")
    assert trend.total == table.total.metrics


def test_a_report_says_that_its_totals_are_means_and_shows_the_decimals_of_its_profile(
    counted: Street,
) -> None:
    put_in_force(counted, replace(MEAN, decimals=2), as_default=True)
    counted.now = NOW
    facts = report_facts(counted.ctx("leader"), report_period(Span.MONTH, "2026-03"))
    rate = monthly_table(counted.session, ALL, NOW, month="2026-03").total.metrics["satisfaction"]
    assert rate.value is not None
    said = text_of_docx(write_docx(report_content(facts, Wording())))
    assert "上期按武汉街道默认口径（2026.1）统计，去年同期按" in said
    assert "合计取各承办单位率的算术平均（2026.1）统计" in said
    assert f"满意率{percent(rate.value, 2)}%{rate.numerator}/{rate.denominator}" in said
