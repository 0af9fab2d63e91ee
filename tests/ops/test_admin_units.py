"""The page on which the organisation is kept."""

import pytest

from tests.pages import fill_in, submit, visit

HERE = "/ops/admin/units"
NEW = {"code": "squad", "name": "城管中队", "kind": "brigade", "parent": "street"}


def test_the_tree_shows_who_handles_who_leads_and_what_is_open(sign_in_as, street):
    street.worked("to_sign")
    page = visit(sign_in_as("admin"), HERE)
    rows = {row.all("a")[0].text: row for row in page.root.all("tr") if row.all("a")}
    assert "社区" in rows["东风社区"].text
    assert "deputy先生" in rows["东风社区"].text
    assert rows["东风社区"].all("td")[-1].text == "1"
    assert "tree--0" in rows["测试街道"].all("td")[0].get("class")
    assert "tree--1" in rows["东风社区"].all("td")[0].get("class")


def test_a_new_unit_is_added_and_offered_to_the_dispatcher(sign_in_as, street):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/new", **NEW, handles_cases="true")
    assert page.flashes == ["单位已新增。"]
    assert "城管中队" in page.links
    number = street.register().number
    page = visit(sign_in_as("dispatcher"), f"/ops/cases/{number}/actions/dispatch")
    assert "城管中队" in page.text


def test_a_second_press_adds_nothing_and_complains_of_nothing(sign_in_as, street):
    browser = sign_in_as("admin")
    form = visit(browser, f"{HERE}/new")
    submit(browser, form, f"{HERE}/new", **NEW)
    again = submit(browser, form, f"{HERE}/new", **NEW)
    assert again.errors == []
    assert again.flashes == ["单位已新增。"]


def test_what_was_typed_stays_when_the_name_is_taken(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/new", **{**NEW, "name": "东风社区"})
    assert page.status == 400
    assert page.errors == ["名称：已被使用，请换一个"]
    fields = {one.get("name"): one.get("value") for one in page.root.all("input")}
    assert fields["code"] == "squad"


def test_a_unit_with_open_cases_is_not_closed_and_says_why(sign_in_as, street):
    street.worked("to_sign")
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/dongfeng", is_active="")
    assert page.errors == ["启用：该单位还有 1 件在办工单，请先改派或办结"]


def test_a_unit_is_changed_and_its_other_facts_stay(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/dongfeng", name="东风第一社区")
    assert page.flashes == ["单位已保存。"]
    row = next(row for row in page.root.all("tr") if "东风第一社区" in row.text)
    assert "承办" in row.text
    assert "deputy先生" in row.text


def test_an_unknown_unit_is_not_found(sign_in_as):
    visit(sign_in_as("admin"), f"{HERE}/nothing", status=404)


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/new", "/dongfeng"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
