"""Figures from the database equal the exact definitions, and lead to their cases."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import PROFILES, evaluate, period_so_far
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.stats.behind import cases_behind
from casetracker.stats.monthly import monthly_table, totals_of
from tests.factories.rate_cases import Facts, add_random_cases, add_random_petitions, facts_in
from tests.factories.street import Street, new_street

ALL = Scope(sees_all=True)
NOW = datetime(2026, 3, 25, 4, 0, tzinfo=UTC)
MONTHS = ("2026-02", "2026-03")


@pytest.fixture(scope="module")
def counted(session_for_all: Session) -> Street:
    """Made once for all of them, as it takes its time; what a test adds is undone."""
    street = new_street(session_for_all)
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=7, count=300)
    add_random_petitions(street.session, units, seed=8, count=150)
    return street


@pytest.fixture
def street(counted: Street, session: Session) -> Street:
    return counted.again(session)


@pytest.fixture
def cases(street: Street) -> list[Facts]:
    return facts_in(street.session)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("month", MONTHS)
def test_every_figure_equals_the_definition_worked_out_case_by_case(
    street: Street, cases: list[Facts], profile: str, month: str
) -> None:
    chosen = PROFILES[profile]
    window = period_so_far(chosen, month, NOW)
    table = monthly_table(street.session, ALL, NOW, month=month, profile=profile)
    names = {unit.id: unit.code for unit in street.units.values()}
    for row in (*table.rows, table.total):
        of_row = cases if row is table.total else [
            case for case in cases if names.get(case.lead_unit_id) == row.key
        ]  # fmt: skip
        for metric in chosen.metrics:
            expected = evaluate(metric, chosen, of_row, window=window, as_of=NOW)
            assert row.metrics[metric.code] == expected, (row.label, metric.code)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_cases_behind_a_figure_are_as_many_as_the_figure_says(
    street: Street, cases: list[Facts], profile: str
) -> None:
    table = monthly_table(street.session, ALL, NOW, month="2026-03", profile=profile, by="channel")
    for metric in PROFILES[profile].metrics:
        for row in table.rows[:3]:
            rate = row.metrics[metric.code]
            counts = {
                part: street.session.scalar(
                    select(func.count(Case.id)).where(
                        cases_behind(
                            street.session, NOW, period="2026-03", metric=metric.code, part=part,
                            profile=profile, by="channel", key=row.key,
                        )
                    )
                )
                for part in ("numerator", "denominator", "excluded")
            }  # fmt: skip
            assert counts["excluded"] == sum(rate.excluded.values())
            if rate.denominator is not None:
                assert counts["denominator"] == rate.denominator
            if metric.weights is None:
                assert counts["numerator"] == rate.numerator


def test_units_together_are_the_total_and_scope_hides_the_others(
    street: Street, cases: list[Facts]
) -> None:
    table = monthly_table(street.session, ALL, NOW, month="2026-03")
    received = sum(row.metrics["received"].numerator for row in table.rows)
    assert received == table.total.metrics["received"].numerator > 0
    own = Scope(units=frozenset({street.units["dongfeng"].id}))
    narrow = monthly_table(street.session, own, NOW, month="2026-03")
    assert [row.key for row in narrow.rows] == ["dongfeng"]


def test_months_are_counted_in_as_many_statements_as_one_month(
    street: Street, cases: list[Facts], count_queries
) -> None:
    reference(street.session)
    with count_queries() as one:
        first = totals_of(street.session, ALL, NOW, months=["2026-02"])
    with count_queries() as many:
        both = totals_of(street.session, ALL, NOW, months=["2026-02", "2026-03"])
    assert len(one) == len(many)
    assert both[0] == first[0]
    assert both[1] == totals_of(street.session, ALL, NOW, months=["2026-03"])[0]


def test_a_month_without_cases_has_no_rates_instead_of_zero(street: Street) -> None:
    table = monthly_table(street.session, ALL, NOW, month="2025-01")
    assert table.rows == ()
    assert table.total.metrics["satisfaction"].value is None
    assert table.total.metrics["received"].numerator == 0


def test_a_month_that_is_still_to_come_has_no_rows_and_what_it_is_compared_with(
    street: Street, cases: list[Facts]
) -> None:
    """April of the 19th begins on 19 March; on the 10th nothing of it lies before the cut-off."""
    early = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
    april = monthly_table(
        street.session, ALL, early, month="2026-04", profile="BEIJING_DISTRICT", by="unit"
    )
    march = monthly_table(
        street.session, ALL, early, month="2026-03", profile="BEIJING_DISTRICT", by="unit"
    )
    assert april.rows == ()
    assert april.total.metrics["received"].numerator == 0
    assert april.previous.total == march.total.metrics
    assert april.previous.total["received"].numerator > 0


def test_the_month_before_and_the_year_before_are_given_for_comparison(
    street: Street, cases: list[Facts]
) -> None:
    march = monthly_table(street.session, ALL, NOW, month="2026-03")
    february = monthly_table(street.session, ALL, NOW, month="2026-02")
    assert march.previous.total == february.total.metrics
    assert march.previous.total["received"].numerator > 0
    assert march.last_year.total["received"].numerator == 0
    next_year = datetime(2027, 2, 10, tzinfo=UTC)
    anew = monthly_table(street.session, ALL, next_year, month="2027-02")
    then = monthly_table(street.session, ALL, next_year, month="2026-02").total.metrics
    assert anew.last_year.total == then


@pytest.mark.parametrize(
    "asked",
    [{"month": "2026-13"}, {"month": "2026-03", "profile": "X"}, {"month": "2026-03", "by": "x"}],
)
def test_nonsense_is_refused_by_name(street: Street, asked: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        monthly_table(street.session, ALL, NOW, **asked)


def test_the_months_sums_are_found_by_their_dates_without_statistics_of_the_planner(
    street: Street,
) -> None:
    if street.session.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL plans by the statistics that it keeps itself
    plans = []
    connection = street.session.connection()

    def explain(_conn, _cursor, statement, parameters, _context, _many) -> None:
        if "sum(" in statement:
            cursor = connection.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.append([step[3] for step in cursor.fetchall()])

    event.listen(connection, "before_cursor_execute", explain)
    monthly_table(street.session, ALL, NOW, month="2026-03")
    by_date = ("received", "dispatched", "sign_due", "contact_due", "handle_due", "closed")
    assert len(plans) == 1
    for name in by_date:
        index = f"USING COVERING INDEX ix_cases_{name} ("
        assert any(index in step for step in plans[0]), (name, plans)
    assert not any(step.startswith("SCAN cases") for step in plans[0]), plans


def test_the_share_in_a_score_is_taken_of_the_unit_s_own_group(
    street: Street, cases: list[Facts]
) -> None:
    """村居 and 部门 are ranked apart, so one group's load does not press on the other's points."""
    table = monthly_table(
        street.session, ALL, NOW, month="2026-03", profile="SHANGHAI_TOWN", by="unit"
    )
    grassroots = {
        unit.code for unit in street.units.values() if unit.kind in {"community", "brigade"}
    }
    scored = [row for row in table.rows if row.key and row.metrics["score"].value is not None]
    assert {row.key in grassroots for row in scored} == {True, False}
    for row in scored:
        group = [
            other.metrics["received"].numerator
            for other in table.rows
            if other.key and (other.key in grassroots) == (row.key in grassroots)
        ]
        share = row.metrics["received"].numerator / Fraction(sum(group))
        response, satisfaction = row.metrics["response"].value, row.metrics["satisfaction"].value
        assert response is not None
        assert satisfaction is not None
        expected = 5 * share + 30 * response + 20 + 40 * satisfaction
        assert row.metrics["score"].numerator == expected, row.label


def test_a_month_that_received_nothing_has_its_rates_and_no_score(
    street: Street, cases: list[Facts]
) -> None:
    for case in cases:
        case.case.received_at = datetime(2026, 1, 10, 4, 0, tzinfo=UTC)
    street.session.commit()
    table = monthly_table(
        street.session, ALL, NOW, month="2026-03", profile="SHANGHAI_TOWN", by="unit"
    )
    assert table.total.metrics["received"].numerator == 0
    assert any(row.metrics["satisfaction"].denominator for row in table.rows)
    assert {row.metrics["score"].value for row in table.rows} == {None}
