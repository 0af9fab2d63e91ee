"""The insight pages: every figure leads to exactly its cases, within what the reader sees."""

import re
from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street
from tests.pages import Page, visit

SignIn = Callable[[str], FlaskClient]
MONTH = "month=2026-03"
PAGES = (
    "/ops/insight?days=30",
    "/ops/insight/season",
    "/ops/insight/hours?days=90",
    f"/ops/insight/communities?{MONTH}",
    f"/ops/insight/workload?{MONTH}",
    f"/ops/insight/dispatching?{MONTH}",
    f"/ops/insight/durations?{MONTH}",
)


@pytest.fixture
def busy(street: Street, clock: time_machine.Traveller) -> Street:
    """A street with worked and random cases, read on 25 March."""
    returned = street.register(category="0203", location={"unit": "东风社区"}).number
    street.act("dispatcher", returned, "dispatch", unit="新河社区")
    body = {"reason": "not_our_duty", "basis": "权责清单没有此项。"}
    street.act("other_head", returned, "request_return", **body)
    street.act("dispatcher", returned, "decide_return", granted=True, note="同意。")
    street.worked("closed", category="0401", location={"unit": "东风社区"})
    street.worked("handling", category="0203", location={"unit": "新河社区"})
    units = [unit.id for unit in street.units.values()]
    for case in add_random_cases(street.session, units, seed=3, count=60):
        case.category_id = street.categories["0203" if case.id % 3 else "02"].id
        case.area_unit_id = street.units["dongfeng"].id if case.id % 2 else None
        if case.id % 5 == 0:  # filed under the street as a whole, above its communities
            case.area_unit_id = street.units["street"].id
    street.session.commit()
    clock.move_to(street.now.replace(day=25))
    return street


def figures_of(page: Page) -> list[tuple[int, str]]:
    """Each number of cases that is a link to them, with its address."""
    links = [
        (link.text, link.get("href"))
        for link in page.root.all("a")
        if "个工作日" not in link.text + link.get("aria-label")
    ]
    to_cases = [(words, href) for words, href in links if "/insight/cases?" in href]
    return [
        (int(re.findall(r"[0-9]+", words)[-1]), href)
        for words, href in to_cases
        if re.search(r"[0-9]", words) and "%" not in words
    ]


@pytest.mark.parametrize("address", PAGES)
def test_every_figure_leads_to_as_many_cases(
    busy: Street, sign_in_as: SignIn, address: str
) -> None:
    client = sign_in_as("supervisor")
    figures = dict.fromkeys(figures_of(visit(client, address)))
    assert len(figures) > 3
    for count, href in figures:
        listed = visit(client, href)
        assert f"· {count} 件" in listed.text, (count, href)
        rows = [row.text for row in listed.root.all("tr") if "data-row" in row.attributes]
        assert all(re.search("计入 [^ ]{2,}", row) for row in rows), f"{href} does not say why"


def test_a_unit_head_sees_the_own_unit_alone(busy: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("head")
    page = visit(client, f"/ops/insight/workload?{MONTH}")
    assert "handler先生" in page.text
    assert "other_handler" not in page.text
    for count, href in figures_of(page):
        rows = visit(client, href).root.all("tr")
        cases = [row.text for row in rows if "data-row" in row.attributes]
        assert len(cases) == min(count, 50)
        assert not any("新河社区" in text for text in cases)


def test_somebody_without_the_right_sees_none_of_them(street: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("handler")
    for address in (*PAGES, "/ops/insight/repeated", "/ops/insight/cases?figure=open"):
        visit(client, address, status=403)


def test_nonsense_is_named_and_the_usual_page_shown(street: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("supervisor")
    assert visit(client, "/ops/insight/communities?month=2026-77", status=400).errors
    assert visit(client, "/ops/insight?days=8", status=400).errors
    for asked in ("figure=none", "figure=received", "figure=open&area=nowhere",
                  "figure=open&dispatcher=dispatcher", "figure=open&weekday=9"):  # fmt: skip
        assert visit(client, f"/ops/insight/cases?{asked}", status=400).errors, asked


def test_too_short_a_past_says_so_instead_of_a_season(street: Street, sign_in_as: SignIn) -> None:
    street.register(category="0203")
    page = visit(sign_in_as("leader"), "/ops/insight/season")
    assert "数据不足" in page.text


def test_a_matter_of_several_residents_offers_to_group_what_waits(
    street: Street, sign_in_as: SignIn
) -> None:
    said = {"title": "兴隆街老王烧烤油烟扰民", "content": "老王烧烤每晚摆到两点，油烟进屋。"}
    people = [{"name": "张三", "phone": f"1380000000{at}"} for at in range(2)]
    first, second = (street.register(**said, petitioner=one).number for one in people)
    client = sign_in_as("dispatcher")
    matter = visit(client, visit(client, "/ops/insight/repeated").links[said["title"]])
    form = visit(client, matter.links[f"把 {second} 并入 {first}"])
    values = [field.get("value") for field in form.root.all("input") if field.get("name") == "into"]
    assert values == [first]
    still = visit(client, f"/ops/insight/repeated/{first}?only_open=true")
    cases = next(table for table in still.root.all("table") if first in table.text)
    assert sum("data-row" in row.attributes for row in cases.all("tr")) == 2
    assert "可以并单" not in visit(sign_in_as("supervisor"), f"/ops/insight/repeated/{first}").text
    visit(client, "/ops/insight/repeated/RX2026-999999", status=404)


@pytest.mark.parametrize("address", [*PAGES, "/ops/insight/repeated"])
def test_a_page_costs_the_same_statements_whatever_the_number_of_cases(
    street: Street, sign_in_as: SignIn, count_queries: Callable, address: str
) -> None:
    street.worked("closed", category="0401", location={"unit": "东风社区"})
    units = [unit.id for unit in street.units.values()]
    client = sign_in_as("supervisor")
    visit(client, address)
    with count_queries() as few:
        visit(client, address)
    add_random_cases(street.session, units, seed=4, count=60)
    with count_queries() as many:
        visit(client, address)
    assert len(few) == len(many)
