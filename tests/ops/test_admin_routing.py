"""The page of the dispatch catalogue."""

import pytest

from casetracker.services.commands.administration import AddRoute
from casetracker.services.office.dispatch_rules import add_route
from tests.pages import fill_in, submit, visit

HERE = "/ops/admin/routing"
RULE = {"category": "0203", "unit": "public_works", "source": "街道派单目录"}


@pytest.fixture
def browser(sign_in_as):
    return sign_in_as("admin")


@pytest.fixture
def rule(browser):
    """The list on which the new rule stands."""
    return fill_in(browser, f"{HERE}/new", **RULE)


def test_a_rule_is_added_and_named_with_its_source(rule):
    assert rule.flashes == ["规则已增加，即日起生效。"]
    cells = [cell.text for cell in rule.root.all("td")]
    assert cells[:5] == ["市政设施/路灯", "任意", "任意", "公共管理办公室", "街道派单目录"]


def test_a_rule_for_everything_is_refused(browser):
    page = fill_in(browser, f"{HERE}/new", **{**RULE, "category": ""})
    assert page.errors == ["问题分类：分类、地域、诉求类型至少填写一项"]


def test_a_rule_is_ended_after_a_second_look_and_kept_to_be_read(browser, rule):
    page = visit(browser, rule.links["停用"])
    assert "公共管理办公室" in page.text
    page = submit(browser, page, HERE)
    assert page.flashes == ["规则已停用。"]
    assert "市政设施/路灯" not in [cell.text for cell in page.root.all("td")]
    ended = visit(browser, f"{HERE}?ended=1")
    assert "市政设施/路灯" in [cell.text for cell in ended.root.all("td")]


def test_the_list_is_narrowed_to_a_unit(browser, rule):
    assert "街道派单目录" in visit(browser, f"{HERE}?unit=public_works").text
    assert "没有这样的规则" in visit(browser, f"{HERE}?unit=xinhe").text


def test_a_long_catalogue_is_read_page_by_page(browser, street):
    for _ in range(51):
        add_route(street.ctx("admin"), AddRoute.model_validate(RULE))
    assert "第 1–50 条" in visit(browser, HERE).text
    last = visit(browser, f"{HERE}?page=2")
    assert len([row for row in last.root.all("tr") if "data-row" in row.attributes]) == 1


def test_what_is_no_rule_is_not_found(browser):
    visit(browser, f"{HERE}/987654", status=404)


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/new"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
