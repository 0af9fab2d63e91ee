"""The page of reply templates."""

import pytest

from casetracker.persistence.exchange import ReplyTemplate
from tests.pages import fill_in, visit

HERE = "/ops/admin/templates"
NEW = {
    "name": "专线回告",
    "use": "upstream",
    "channel": "mayor_line",
    "body": "工单 {external_number}：{reply}（{unit}）",
}


@pytest.fixture
def browser(sign_in_as):
    return sign_in_as("admin")


def test_a_template_is_kept_and_changed(browser):
    page = fill_in(browser, f"{HERE}/new", **NEW)
    assert page.flashes == ["模板已保存。"]
    page = fill_in(browser, page.links["专线回告"], name="市长专线回告", is_active="")
    row = next(row for row in page.root.all("tr") if "市长专线回告" in row.text)
    assert "停用" in row.text
    assert "市长专线" in row.text


def test_a_reply_is_for_a_category_and_keeps_it(browser, street):
    words = {"name": "路灯答复", "use": "reply", "category": "0203", "body": "路灯已修好。"}
    page = fill_in(browser, f"{HERE}/new", **words)
    assert (
        "市政设施/路灯" in next(row for row in page.root.all("tr") if "路灯答复" in row.text).text
    )
    page = fill_in(browser, page.links["路灯答复"], body="路灯已换新。")
    assert (
        "市政设施/路灯" in next(row for row in page.root.all("tr") if "路灯答复" in row.text).text
    )


def test_a_handler_starts_a_reply_from_the_templates_that_fit_the_case(browser, street, sign_in_as):
    body = "您好！您反映的“{title}”已由{unit}办理。"
    for name, category, active in (
        ("一般答复", "", "true"), ("路灯答复", "0203", "true"), ("噪声答复", "04", "true"),
        ("旧答复", "", ""),
    ):  # fmt: skip
        fill_in(browser, f"{HERE}/new", name=name, use="reply", category=category, body=body,
                is_active=active)  # fmt: skip
    number = street.worked("signed", category="0203", title="路灯不亮")
    page = visit(sign_in_as("handler"), f"/ops/cases/{number}/actions/submit")
    offered = [one.text for one in page.root.all("label") if one.get("for").startswith("words-")]
    assert offered == ["路灯答复", "一般答复"]
    assert "您反映的“路灯不亮”已由东风社区办理。" in page.text


def test_the_places_are_listed_with_what_they_hold(browser):
    page = visit(browser, f"{HERE}/new")
    rows = [row.text for row in page.root.all("tr")]
    assert "{external_number} 上级平台单号" in rows
    assert "{unit} 承办单位" in rows


def test_a_preview_fills_the_places_and_keeps_nothing(browser, street):
    page = fill_in(browser, f"{HERE}/new", **NEW, do="preview")
    assert "工单 SZ20260301001：" in page.text
    assert "（公共管理办公室）" in page.text
    assert page.form(f"{HERE}/new").all("textarea")[0].text == NEW["body"]
    assert street.session.query(ReplyTemplate).count() == 0


@pytest.mark.parametrize("do", ["preview", "save"])
def test_an_unknown_place_is_refused_with_its_name_and_those_there_are(browser, do):
    page = fill_in(browser, f"{HERE}/new", **{**NEW, "body": "您好 {姓名}", "do": do})
    assert page.status == 400
    assert "不认识的位置“姓名”" in page.errors[0]
    assert "{external_number}" in page.errors[0]


def test_what_is_no_template_is_not_found(browser):
    visit(browser, f"{HERE}/987654", status=404)


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/new"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
