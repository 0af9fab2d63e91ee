"""The page of the office's own values."""

import pytest

from casetracker.domain.office_settings import CATALOGUE
from tests.pages import fill_in, submit, visit

HERE = "/ops/admin/settings"


def test_every_value_is_shown_with_its_meaning_default_and_source(sign_in_as):
    page = visit(sign_in_as("admin"), HERE)
    rows = {
        row.all("td")[0].text: row for row in page.root.all("tr") if "data-row" in row.attributes
    }
    assert set(rows) == {entry.meaning for entry in CATALOGUE.values()}
    assert "热线办理流程第 6 步" in rows["同一工单最多退单次数"].text
    assert "按时限类型" in rows["下班后收到的，计时起点"].text


def test_a_value_is_changed_and_logged_with_before_and_after(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/return_maximum", value="3")
    assert page.flashes == ["参数已保存，立即生效。"]
    row = next(row for row in page.root.all("tr") if "退单次数" in row.text)
    assert [cell.text for cell in row.all("td")][1].startswith("3")
    assert "取值 2 → 3" in visit(sign_in_as("auditor"), "/ops/admin/audit").text


def test_a_bad_value_is_refused_with_what_is_expected(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/office_hours", value="九点到五点")
    assert page.status == 400
    assert "09:00-12:00,14:00-17:30" in page.errors[0]


def test_a_choice_is_made_among_words(sign_in_as):
    browser = sign_in_as("admin")
    page = visit(browser, f"{HERE}/late_receipt")
    assert [one.text for one in page.root.all("option")][1:] == ["按时限类型", "当日", "次工作日"]
    page = submit(browser, page, HERE, value="same_day")
    assert "当日" in next(row for row in page.root.all("tr") if "计时起点" in row.text).text


def test_what_is_no_setting_is_not_found(sign_in_as):
    visit(sign_in_as("admin"), f"{HERE}/reference_stamp", status=404)


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/street_name"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
