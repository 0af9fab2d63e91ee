"""The page of the working calendar."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from casetracker.domain.days import local_date
from casetracker.persistence.account import Account
from tests.pages import fill_in, submit, visit

HERE = "/ops/admin/calendar"
NOTICE = (
    "国务院办公厅关于2027年部分节假日安排的通知\n"
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（周五）至13日（周六）放假调休，共9天。2月14日（周日）上班。\n"
)


@pytest.fixture
def browser(sign_in_as):
    return sign_in_as("admin")


def days_of(page, month: int) -> dict[str, str]:
    grid = next(one for one in page.root.all("table") if one.get("class") == "month"
                and one.all("caption")[0].text == f"{month}月")  # fmt: skip
    return {cell.text.rstrip("休班"): cell.text for cell in grid.all("td") if cell.text}


def test_a_published_year_shows_rest_and_make_up_days_with_their_source(browser):
    page = visit(browser, f"{HERE}?year=2026")
    assert "国务院办公厅关于2026年部分节假日安排的通知" in page.text
    assert "第 1 版" in page.text
    assert days_of(page, 10)["1"] == "1休"
    assert days_of(page, 10)["10"] == "10班"
    assert days_of(page, 10)["12"] == "12"


def test_this_year_is_shown_unless_another_is_asked_for(browser):
    assert "2026年" in visit(browser, HERE).text
    assert "2026年" in visit(browser, f"{HERE}?year=soon").text


def test_a_year_that_is_not_published_is_provisional(browser):
    page = visit(browser, f"{HERE}?year=2027")
    assert "暂定" in page.text
    assert "休" not in "".join(days_of(page, 10).values())


def test_a_notice_is_looked_at_before_it_is_loaded(browser, street):
    page = fill_in(browser, f"{HERE}/notice", text=NOTICE, do="preview")
    assert "2027年：将改变 13 天" in page.text
    rows = [[cell.text for cell in row.all("td")] for row in page.root.all("tr")]
    assert ["2027年1月1日(周五)", "照常", "放假", "元旦"] in rows
    assert ["2027年2月14日(周日)", "照常", "上班", "—"] in rows
    assert "暂定" in visit(browser, f"{HERE}?year=2027").text


def test_loading_a_notice_moves_open_dates_and_says_how_many(sign_in_as, street, clock):
    street.now = datetime(2026, 12, 31, 2, tzinfo=UTC)
    street.session.execute(update(Account).values(password_changed_at=street.now))
    street.session.commit()
    number = street.worked("to_sign")
    before = local_date(street.case(number).handle_due_at)
    clock.move_to(street.now)
    browser = sign_in_as("admin")
    page = fill_in(browser, f"{HERE}/notice", text=NOTICE, do="load")
    assert page.heading == "工作日历"
    assert "第 1 版" in page.flashes[0]
    assert "重算在办时限 0 个" not in page.flashes[0]
    assert local_date(street.case(number).handle_due_at) > before
    again = fill_in(browser, f"{HERE}/notice", text=NOTICE, do="load")
    assert again.flashes == ["2027年放假安排与已载入的相同，重算在办时限 0 个。"]
    assert "国务院办公厅关于2027年" in visit(sign_in_as("auditor"), "/ops/admin/audit").text


def test_a_table_without_a_year_in_it_takes_the_year_beside_it(browser):
    table = "\n".join(["2027-01-01,放假,元旦"] + [f"2027/2/{n},放假,春节" for n in range(5, 16)])
    page = fill_in(browser, f"{HERE}/notice", text=table, year="2027", do="preview")
    assert "2027年：将改变 12 天" in page.text


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("今年放假吗", "通知内容：无法读懂放假通知"),
        ("一、元旦：1月1日放假。", "年份：通知中没有写明年份"),
        ("2027-01-01,放假,元旦", "通知内容：放假安排不合理"),
        ("", "通知内容：不能为空"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(browser, text, error):
    page = fill_in(browser, f"{HERE}/notice", text=text, do="preview")
    assert page.status == 400
    assert page.errors[0].startswith(error)


def test_the_same_year_again_is_said_to_change_nothing(browser):
    page = visit(browser, f"{HERE}/notice")
    submit(browser, page, f"{HERE}/notice", text=NOTICE, do="load")
    seen = submit(browser, page, f"{HERE}/notice", text=NOTICE, do="preview")
    assert "2027年：没有变化" in seen.text


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
@pytest.mark.parametrize("path", ["", "/notice"])
def test_it_is_the_system_administrators_alone(sign_in_as, who, path):
    assert sign_in_as(who).get(HERE + path).status_code == 403
