"""A month in which little happened, worked step by step."""

from datetime import UTC, datetime
from fractions import Fraction

from casetracker.domain.permissions import Scope
from casetracker.stats.monthly import monthly_table
from tests.factories.street import Street

ALL = Scope(sees_all=True)


def test_a_worked_case_moves_the_months_rates(street: Street) -> None:
    street.worked("closed")
    street.worked("to_follow_up")
    now = datetime(2026, 3, 10, tzinfo=UTC)
    total = monthly_table(street.session, ALL, now, month="2026-03").total.metrics
    assert total["received"].numerator == 2
    assert total["response"].value == 1
    assert total["completion_on_time"].value == 1
    assert total["satisfaction"].value == Fraction(1)
    assert total["answer"].denominator == 1


def test_a_running_month_counts_what_falls_due_later_in_it_and_nothing_as_late_before(
    street: Street,
) -> None:
    street.now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    street.worked("handling")
    table = monthly_table(street.session, ALL, street.now, month="2026-03")
    figures = {
        code: table.total.metrics[code] for code in ("completion", "sign_on_time", "overdue")
    }
    told = {code: (int(rate.numerator), rate.denominator) for code, rate in figures.items()}
    assert told == {"completion": (0, 1), "sign_on_time": (1, 1), "overdue": (0, 1)}
