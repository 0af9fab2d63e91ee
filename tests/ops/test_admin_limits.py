"""The page of time limits."""

import pytest

from casetracker.domain.days import local_date
from casetracker.domain.limits import CATALOGUE
from tests.pages import fill_in, visit

HERE = "/ops/admin/limits"


def row_of(page, words: str):
    return next(row for row in page.root.all("tr") if words in row.text)


def test_every_limit_is_shown_with_length_cap_and_source(sign_in_as):
    page = visit(sign_in_as("admin"), HERE)
    rows = [row for row in page.root.all("tr") if "data-row" in row.attributes]
    assert len([row for row in rows if row.all("a")]) == len(CATALOGUE)
    help_row = row_of(page, "办理答复（求助）").text
    assert "5 个工作日" in help_row
    assert "10 个工作日" in help_row
    assert "信访工作条例第三十四条" in row_of(page, "信访办理").text
    assert "主办时限前 1 个工作日" in row_of(page, "协办反馈").text


def test_a_new_limit_applies_to_the_next_case_only(sign_in_as, street, clock):
    first = street.worked("to_sign")
    clock.shift(60)
    page = fill_in(
        sign_in_as("admin"), f"{HERE}/handle:help", amount="3", source="区热线办法〔2026〕3号"
    )
    assert page.flashes == ["办理答复（求助）时限已调整。"]
    assert "3 个工作日" in row_of(page, "办理答复（求助）").text
    street.wait(minutes=5)
    second = street.worked("to_sign")
    dues = [local_date(street.case(number).handle_due_at).day for number in (first, second)]
    assert dues == [9, 5]


def test_what_is_to_come_is_announced_and_kept_in_the_history(sign_in_as):
    browser = sign_in_as("admin")
    page = fill_in(
        browser, f"{HERE}/sign", amount="2", effective_from="2026-04-01", source="新办法"
    )
    assert "自 2026-04-01 起 2 个办公小时" in row_of(page, "派单至签收").text
    assert "4 个办公小时" in row_of(page, "派单至签收").text
    history = visit(browser, f"{HERE}/sign")
    assert "admin先生" in row_of(history, "新办法").text


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"effective_from": "2026-03-01"}, "生效日期：不能早于今天，已承诺的时限不再改变"),
        ({"source": ""}, "依据：不能为空，请填写"),
        ({"amount": "0"}, "长度：不能小于 1"),
        ({"amount": "三"}, "长度：应为整数"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(sign_in_as, fields, error):
    page = fill_in(sign_in_as("admin"), f"{HERE}/sign", **{"source": "新办法", **fields})
    assert page.status == 400
    assert page.errors == [error]


def test_a_limit_that_follows_from_each_case_has_no_form(sign_in_as):
    page = visit(sign_in_as("admin"), f"{HERE}/assist")
    assert "由个案决定" in page.text
    assert "调整时限" not in page.text


def test_what_is_no_limit_is_not_found(sign_in_as):
    visit(sign_in_as("admin"), f"{HERE}/nothing", status=404)


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/handle:help"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
