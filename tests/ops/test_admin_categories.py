"""The page on which the classification is kept."""

import pytest

from tests.pages import fill_in, visit

HERE = "/ops/admin/categories"


def test_the_tree_shows_usual_units_and_words(sign_in_as):
    page = visit(sign_in_as("admin"), HERE)
    rows = {row.all("a")[0].text: row for row in page.root.all("tr") if row.all("a")}
    assert "公共管理办公室" in rows["路灯"].text
    assert "tree--1" in rows["路灯"].all("td")[0].get("class")


def test_a_new_category_is_offered_at_registration(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/new", code="0209", name="井盖缺失", parent="02",
        default_unit="public_works", keywords="窨井盖",
    )  # fmt: skip
    assert page.flashes == ["分类已新增，即日起可用。"]
    assert "井盖缺失" in visit(sign_in_as("operator"), "/ops/cases/new").text


def test_an_ended_category_is_marked_and_no_longer_offered(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/0401", valid_to="2026-03-02")
    row = next(row for row in page.root.all("tr") if "施工噪声" in row.text)
    assert "停用" in row.text
    assert "施工噪声" not in visit(sign_in_as("operator"), "/ops/cases/new").text
    assert "施工噪声" in visit(sign_in_as("operator"), "/ops/cases").text


def test_a_bad_date_is_named_beside_its_field(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/0401", valid_to="明天")
    assert page.errors == ["停用日期：日期格式不对，应如 2026-03-01"]


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/new", "/0203"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
