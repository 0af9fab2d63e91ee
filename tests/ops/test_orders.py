"""The register of orders: counts are those of its lists, filters, paper, sheet, 挂牌督办."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from casetracker.domain.oversight_vocabulary import OrderStatus
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock
from tests.pages import submit, visit

HERE = "/ops/orders"


def ordered(street, **body):
    number = street.worked("signed")
    given = {"trigger": "overdue", "requirement": "三日内办结并反馈", **body}
    return number, street.act("supervisor", number, "supervise", **given).facts["order"]


@pytest.fixture
def four(street, clock):
    """An order of each status, by status."""
    made = {}
    number, made[OrderStatus.CLOSED] = ordered(street)
    street.act("head", number, "supervise_report", text="已办结")
    street.act("supervisor", number, "supervise_report", text="同意", accepted=True)
    _, made[OrderStatus.LATE] = ordered(street, trigger="media", due_at="2026-03-03")
    number, made[OrderStatus.ANSWERED] = ordered(street, level="order")
    street.act("head", number, "supervise_report", text="已约谈施工方")
    street.wait(days=3)
    clock.move_to(street.now)
    _, made[OrderStatus.OPEN] = ordered(street)
    return made


def listed(page):
    rows = [row for row in page.root.all("tr") if "data-row" in row.attributes]
    return [row.all("td")[0].text[:11] for row in rows]


def test_each_status_counts_what_it_lists(sign_in_as, four):
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    assert len(listed(page)) == 4
    for status, order in four.items():
        assert f"{label(status)} 1" in page.text
        shown = visit(browser, f"{HERE}?status={status}")
        assert listed(shown) == [order]


def test_filters_hold_together_and_a_bad_one_is_told(sign_in_as, four):
    browser = sign_in_as("supervisor")
    late = four[OrderStatus.LATE]
    assert listed(visit(browser, f"{HERE}?trigger=media&month=2026-03&unit=dongfeng")) == [late]
    assert listed(visit(browser, f"{HERE}?month=2026-02")) == []
    page = visit(browser, f"{HERE}?month=nonsense", status=400)
    assert any("月份应如" in error for error in page.errors)


def test_a_limit_of_its_own_holds_and_is_not_moved(street, four):
    number, _ = ordered(street, due_at="2026-03-20")
    clock = street.session.scalars(
        select(Clock).join(Case).where(Case.number == number, Clock.limit_code == "supervise")
    ).one()
    assert clock.due_at.isoformat() == "2026-03-20T15:59:59+00:00"
    assert clock.rule_code == "set_by_hand"


def test_units_read_their_own_orders_only(sign_in_as, four):
    assert len(listed(visit(sign_in_as("head"), HERE))) == 4
    assert listed(visit(sign_in_as("other_head"), HERE)) == []
    assert sign_in_as("handler").get(HERE).status_code == 403


def test_the_sheet_holds_what_the_page_lists(sign_in_as, store, four):
    browser = sign_in_as("supervisor")
    asking = visit(browser, visit(browser, f"{HERE}?status=late").links["导出表格"])
    assert "状态=逾期未反馈" in asking.text
    done = submit(browser, asking, "/ops/exports", purpose="月度例会")
    with browser.get(done.links["下载"]) as answer:
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert [row[0] for row in rows[1:]] == [four[OrderStatus.LATE]]


def test_the_register_goes_to_paper(sign_in_as, four):
    page = visit(sign_in_as("supervisor"), f"{HERE}/print?status=answered")
    assert "已约谈施工方" in page.text
    assert four[OrderStatus.LATE] not in page.text


def test_what_is_listed_shows_plan_and_days_left_until_it_is_struck_off(sign_in_as, street):
    number, order = ordered(street, level="listed")
    browser = sign_in_as("handler")
    page = visit(browser, "/ops/listed")
    assert "责任单位尚未报送" in page.text
    assert "还剩 5 个工作日" in page.text
    head = sign_in_as("head")
    form = visit(head, f"/ops/cases/{number}/actions/supervise_report")
    submit(head, form, "supervise_report", text="已制定方案", plan="四月底前完工", order=order)
    assert "四月底前完工" in visit(browser, "/ops/listed").text
    street.act("supervisor", number, "supervise_report", text="同意", accepted=True)
    assert "没有挂牌督办的事项" in visit(browser, "/ops/listed").text
    assert "没有挂牌督办的事项" in visit(sign_in_as("other_handler"), "/ops/listed").text
