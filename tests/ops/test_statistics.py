"""The month's page: figures as defined, each leading to exactly its cases."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street
from tests.ops.figure_links import figure_links, wrong_lengths
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


def test_every_count_on_the_page_leads_to_as_many_cases(
    counted: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("supervisor")
    page = visit(client, f"/ops/statistics?month={MONTH}&by=track")
    links = {
        href: words
        for href, words in figure_links(page.root).items()
        if f"period={MONTH}" in href
        and ("key=" not in href or "metric=received" in href or "metric=overdue" in href)
        # a weighted sum is no count of cases
        and not ("metric=satisfaction" in href and "part=numerator" in href)
    }
    notes = [href for href, words in links.items() if any(one.startswith("剔除") for one in words)]
    assert len(links) > 30
    assert len(notes) > 3
    assert wrong_lengths(client, links) == []


def test_a_line_leads_to_the_cases_of_its_unit_alone(counted: Street, sign_in_as: SignIn) -> None:
    page = visit(
        sign_in_as("supervisor"),
        f"/ops/statistics/cases?period={MONTH}&metric=received&part=numerator&by=unit&key=dongfeng",
    )
    rows = [row for row in page.root.all("tr") if "data-row" in row.attributes]
    assert rows
    assert all("东风社区" in row.text for row in rows)
    assert f"2026年3月 · 东风社区 · 受理量 {len(rows)} 件 · 名单 {len(rows)} 件" in page.text


def figure(**asked: str) -> str:
    given = {"month": MONTH, "metric": "completion_on_time", **asked}
    return f"/ops/statistics/cases?{urlencode(given)}"


def test_each_case_says_why_it_is_in_the_figure(counted: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("supervisor")
    hits = visit(client, figure(part="numerator"))
    lines = [row.text for row in hits.root.all("tr") if "data-row" in row.attributes]
    assert lines
    assert all("计入分子" in line and "在期限内" in line for line in lines)
    base = visit(client, figure(part="denominator"))
    missed = [row.text for row in base.root.all("tr") if "只计分母" in row.text]
    assert missed
    assert all("超过期限" in line or "未答复" in line for line in missed)


def test_an_excluded_case_says_the_reason_and_who_decided_it(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    proof = {"text": "已在信访途径中。", "document_number": "新信〔2026〕12号"}
    street.act("head", number, "exclude", reason="statutory_channel", **proof)
    street.act("leader", number, "decide_exclusion", granted=True, note="属实")
    page = visit(sign_in_as("supervisor"), figure(metric="received", part="excluded"))
    leader = street.people["leader"].name
    for words in ("剔除", "法定途径", "已在信访途径中。", f"{leader} 3月2日同意"):
        assert words in page.text


def test_a_case_that_is_not_listed_is_asked_about_by_number(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    client = sign_in_as("supervisor")
    here = visit(client, figure(metric="received", number=number))
    assert "计入" in here.text
    other = visit(client, figure(metric="received", month="2026-01", number=number))
    assert f"属于 {MONTH}" in other.text
    row = visit(client, figure(metric="received", by="unit", key="xinhe", number=number))
    assert "不在所查的这一行" in row.text
    unknown = visit(client, figure(metric="received", number="MH20260302999"))
    assert "没有这个编号的工单" in unknown.text


def test_one_case_is_told_for_every_metric_of_a_month(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    client = sign_in_as("supervisor")
    side = visit(client, f"/ops/cases/{number}")
    assert f"/ops/statistics/cases/{number}" in [link.get("href") for link in side.root.all("a")]
    page = visit(client, f"/ops/statistics/cases/{number}")
    for words in ("受理量", "签收及时率", "在期限内", "满意率", "未办结，不计入任何一个月"):
        assert words in page.text
    visit(client, f"/ops/statistics/cases/{number}?month=2026-77", status=400)


def test_nobody_asks_about_a_case_out_of_reach(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    client = sign_in_as("other_head")
    visit(client, f"/ops/statistics/cases/{number}", status=404)
    assert "没有这个编号的工单" in visit(client, figure(metric="received", number=number)).text


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


def test_a_running_month_says_that_it_holds_what_is_not_due_yet(
    counted: Street, sign_in_as: SignIn
) -> None:
    browser = sign_in_as("supervisor")
    assert "还没到期的也在分母中" in visit(browser, f"/ops/statistics?month={MONTH}").text
    assert "还没到期的也在分母中" in visit(browser, "/ops/").text
    assert "尚未结束" not in visit(browser, "/ops/statistics?month=2026-02").text


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
    visit(client, "/ops/")  # what a process keeps from one request to the next is there
    with count_queries() as few:
        visit(client, f"/ops/statistics?month={MONTH}")
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=4, count=60)
    with count_queries() as many:
        visit(client, f"/ops/statistics?month={MONTH}")
    assert len(few) == len(many)
