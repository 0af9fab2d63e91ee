"""The month's page: figures as defined, each leading to exactly its cases."""

import re
from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street
from tests.pages import visit

SignIn = Callable[[str], FlaskClient]
MONTH = "2026-03"


@pytest.fixture
def counted(street: Street, clock: time_machine.Traveller) -> Street:
    """A street with random cases, read on 25 March."""
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=3, count=80)
    clock.move_to(street.now.replace(day=25))
    return street


def test_every_figure_of_the_total_line_leads_to_as_many_cases(
    counted: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("supervisor")
    page = visit(client, f"/ops/statistics?month={MONTH}")
    total = next(row for row in page.root.all("tr") if "total" in row.get("class"))
    links = [(link.text, link.get("href")) for link in total.all("a")]
    assert len(links) > 10
    for words, href in links:
        listed = visit(client, href)
        rows = [row for row in listed.root.all("tr") if "data-row" in row.attributes]
        shown = min(int(re.sub(r"\D", "", words)), 50)
        if "满意率" in listed.text and "part=numerator" in href:
            continue  # a weighted sum, not a count of cases
        assert len(rows) == shown, href


def test_a_line_leads_to_the_cases_of_its_unit_alone(counted: Street, sign_in_as: SignIn) -> None:
    page = visit(
        sign_in_as("supervisor"),
        f"/ops/statistics/cases?month={MONTH}&metric=received&part=numerator&by=unit&key=dongfeng",
    )
    rows = [row for row in page.root.all("tr") if "data-row" in row.attributes]
    assert rows
    assert all("东风社区" in row.text for row in rows)
    assert f"{MONTH} · 东风社区 · 受理量 {len(rows)} 件 · 分子" in page.text


def test_a_unit_head_counts_the_own_unit_only(counted: Street, sign_in_as: SignIn) -> None:
    page = visit(sign_in_as("head"), f"/ops/statistics?month={MONTH}")
    assert "东风社区" in page.text
    assert "新河社区" not in page.text


def test_definition_profile_and_moment_stand_beside_the_figures(
    counted: Street, sign_in_as: SignIn
) -> None:
    page = visit(sign_in_as("leader"), f"/ops/statistics?month={MONTH}&profile=BEIJING_DISTRICT")
    for words in ("北京区级三率口径", "截至 2026-03-25", "有效回访", "综合成绩"):
        assert words in page.text


def test_a_month_without_cases_shows_a_dash_and_no_zero_rate(
    street: Street, sign_in_as: SignIn
) -> None:
    page = visit(sign_in_as("supervisor"), "/ops/statistics?month=2025-01")
    assert "—" in page.text
    assert "0.0%" not in page.text


def test_nonsense_is_named_and_the_last_month_shown_instead(sign_in_as: SignIn) -> None:
    page = visit(sign_in_as("supervisor"), "/ops/statistics?month=2026-77", status=400)
    assert page.errors


def test_somebody_without_the_right_does_not_see_it(sign_in_as: SignIn) -> None:
    visit(sign_in_as("handler"), "/ops/statistics", status=403)


def test_the_page_costs_the_same_statements_whatever_the_number_of_cases(
    street: Street, sign_in_as: SignIn, count_queries: Callable
) -> None:
    client = sign_in_as("supervisor")
    with count_queries() as few:
        visit(client, f"/ops/statistics?month={MONTH}")
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=4, count=60)
    with count_queries() as many:
        visit(client, f"/ops/statistics?month={MONTH}")
    assert len(few) == len(many)
