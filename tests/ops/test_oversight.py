"""The supervisor's desk: counts that lead to their lists, orders until 销号, answers to decide."""

import pytest
from sqlalchemy import select

from casetracker.domain.deadlines import Standing
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.desks.late_cases import late_without_order
from casetracker.services.desks.unhappy_answers import unhappy_answers
from casetracker.services.oversight.orders import open_orders
from tests.pages import parse, submit, visit

HERE = "/ops/oversight"


def overdue(street, clock, until="signed", **body):
    """A case whose limit has passed; the street's own clock goes along."""
    number = street.worked(until, **body)
    later(street, clock, days=20)
    return number


def later(street, clock, **time):
    street.wait(**time)
    clock.move_to(street.now)


def ordered(street, until="signed", **body):
    number = street.worked(until)
    body = {"trigger": "overdue", "requirement": "三日内办结并反馈", **body}
    return number, street.act("supervisor", number, "supervise", **body).facts["order"]


def unhappy(street, **said):
    number = street.worked("to_follow_up")
    answers = {"resolved": False, "satisfaction": "dissatisfied", "because": "not_solved", **said}
    street.act("caller", number, "follow_up", validity="valid", **answers)
    return number


def order_of(street, order):
    street.session.expire_all()
    return street.session.scalars(
        select(SupervisionOrder).where(SupervisionOrder.number == order)
    ).one()


def posted(browser, page, address, **fields):
    """A form that the page does not offer, sent all the same."""
    token = next(m.get("content") for m in page.root.all("meta") if m.get("name") == "csrf-token")
    return parse(browser.post(address, data={"csrf_token": token, **fields}))


def test_a_late_case_is_put_under_an_order_and_leaves_the_list(sign_in_as, street, clock):
    number = overdue(street, clock, title="路灯不亮")
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    assert "已超期 1" in page.text
    opened = visit(browser, page.links["督办"])
    assert "路灯不亮" in opened.text
    done = submit(browser, opened, f"{number}/supervise", requirement="三日内办结并书面反馈")
    assert "督办编号 DB2026-0001" in done.text
    order = order_of(street, "DB2026-0001")
    assert (order.trigger, order.level) == ("overdue", "notice")
    assert "没有已超期而未督办的工单" in done.text
    assert "三日内办结并书面反馈" in done.text
    street.act("head", number, "supervise_report", text="正在办理")
    street.act("supervisor", number, "supervise_report", text="同意", accepted=True)
    assert "已超期 1" in visit(browser, HERE).text


def test_what_is_due_soon_stands_behind_its_own_tab(sign_in_as, street, clock):
    late, soon = overdue(street, clock), street.worked("handling")
    later(street, clock, seconds=(street.case(soon).next_warn_at - street.now).total_seconds())
    browser = sign_in_as("supervisor")
    for one in Standing.OVERDUE, Standing.DUE_SOON:
        found = late_without_order(street.ctx("supervisor"), one)
        page = visit(browser, f"{HERE}?late={one}")
        rows = [row for row in page.root.all("tr") if "data-row" in row.attributes]
        assert len(rows) == found.totals[one] == 1
        assert (late if one is Standing.OVERDUE else soon) in rows[0].text


def test_an_order_without_a_requirement_comes_back_with_what_was_typed(sign_in_as, street, clock):
    number = overdue(street, clock)
    browser = sign_in_as("supervisor")
    page = visit(browser, f"{HERE}?open={number}")
    again = submit(browser, page, "/supervise", requirement="", trigger="media", level=["listed"])
    assert again.status == 400
    assert again.errors
    chosen = [o.get("value") for o in again.root.all("option") if "selected" in o.attributes]
    assert chosen == ["media"]
    assert open_orders(street.ctx("supervisor")).total == 0


def test_what_moved_on_meanwhile_is_told_and_the_requirement_is_kept(sign_in_as, street, clock):
    number = overdue(street, clock)
    browser = sign_in_as("supervisor")
    page = visit(browser, f"{HERE}?open={number}")
    street.act("deputy", number, "instruct", text="抓紧")
    late = submit(browser, page, "/supervise", requirement="三日内办结")
    assert late.status == 409
    assert "deputy先生" in late.text
    assert "三日内办结" in late.text
    assert "DB2026-0001" in submit(browser, late, "/supervise").text


def test_a_second_press_gives_one_order(sign_in_as, street, clock):
    number = overdue(street, clock)
    browser = sign_in_as("supervisor")
    page = visit(browser, f"{HERE}?open={number}")
    for _ in range(2):
        submit(browser, page, "/supervise", requirement="三日内办结")
    assert open_orders(street.ctx("supervisor")).total == 1


def test_a_case_is_urged_from_its_line(sign_in_as, street, clock):
    number = overdue(street, clock)
    browser = sign_in_as("supervisor")
    done = submit(browser, visit(browser, HERE), f"{number}/urge")
    assert "共催办 1 次" in done.text
    assert street.case(number).urge_count == 1


def test_an_order_is_struck_off_once_the_unit_has_answered(sign_in_as, street):
    number, order = ordered(street)
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    assert "等待承办单位反馈" in page.text
    assert f"{number}/order" not in page.response.get_data(as_text=True)
    street.act("head", number, "supervise_report", text="已约谈施工方")
    page = visit(browser, HERE)
    assert "已约谈施工方" in page.text
    assert "head先生" in page.text
    done = submit(browser, page, f"{number}/order", text="同意销号", accepted="true")
    assert f"{order} 已销号" in done.text
    assert order_of(street, order).closed_at == street.now
    assert "没有未销号的督办" in done.text


def test_a_unit_reports_on_its_order_and_is_not_asked_to_strike_it_off(sign_in_as, street):
    number, first = ordered(street)
    second = street.act("supervisor", number, "supervise", trigger="media", requirement="回应")
    browser = sign_in_as("head")
    page = visit(browser, f"/ops/cases/{number}/actions/supervise_report")
    offered = [one.get("value") for one in page.root.all("option") if one.get("value")]
    assert offered == [first, second.facts["order"]]
    assert not [one for one in page.root.all("input") if one.get("name") == "accepted"]
    submit(browser, page, "supervise_report", order=offered[1], text="已联系媒体说明")
    assert order_of(street, offered[1]).feedback == "已联系媒体说明"
    assert order_of(street, first).feedback is None


def test_feedback_sent_back_is_waited_for_again(sign_in_as, street):
    number, order = ordered(street)
    street.act("head", number, "supervise_report", text="正在了解")
    browser = sign_in_as("supervisor")
    page = submit(
        browser, visit(browser, HERE), f"{number}/order", text="请说明时间", accepted="false"
    )
    assert "等待承办单位反馈" in page.text
    kept = order_of(street, order)
    assert (kept.closed_at, kept.feedback, kept.feedback_at) == (None, None, None)
    answer = posted(browser, page, f"{HERE}/{number}/order", text="销号", accepted="true")
    assert answer.status == 409
    assert "承办单位尚未反馈" in answer.text


def test_of_two_orders_the_one_pressed_is_struck_off(sign_in_as, street):
    number, first = ordered(street)
    second = street.act(
        "supervisor", number, "supervise", trigger="media", requirement="回应媒体"
    ).facts["order"]
    for order in (first, second):
        street.act("head", number, "supervise_report", text="已办理", order=order)
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    form = next(
        f for f in page.root.all("form")
        if second in [i.get("value") for i in f.all("input")]
    )  # fmt: skip
    fields = {i.get("name"): i.get("value") for i in form.all("input")}
    browser.post(form.get("action"), data={**fields, "text": "同意", "accepted": "true"})
    assert order_of(street, second).closed_at is not None
    assert order_of(street, first).closed_at is None


def test_striking_off_without_a_word_keeps_the_order(sign_in_as, street):
    number, order = ordered(street)
    street.act("head", number, "supervise_report", text="已办理")
    browser = sign_in_as("supervisor")
    page = submit(browser, visit(browser, HERE), f"{number}/order", text=" ", accepted="true")
    assert page.status == 400
    assert page.errors
    assert order_of(street, order).closed_at is None


def test_a_dissatisfied_answer_is_shown_whole_and_sent_for_a_second_round(sign_in_as, street):
    number = unhappy(street, note="只是口头答应，没有来修")
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    for words in ("不满意待处置 1 件", "只是口头答应，没有来修", "未解决", "caller先生", "已修好"):
        assert words in page.text, words
    done = submit(browser, page, f"{number}/answer", do="redo", note="单位负责人到场核实")
    assert "已交承办单位重办" in done.text
    case = street.case(number)
    assert (case.state, case.round) == ("redo", 2)


@pytest.mark.parametrize(("button", "unreasonable"), [("unreasonable", True), ("in_full", False)])
def test_a_dissatisfied_answer_is_closed_with_the_reason(sign_in_as, street, button, unreasonable):
    number = unhappy(street)
    browser = sign_in_as("supervisor")
    submit(browser, visit(browser, HERE), f"{number}/answer", do=button, note="已当面解释")
    case = street.case(number)
    assert (case.state, case.judged_unreasonable) == ("closed", unreasonable)
    assert case.satisfaction == "dissatisfied"


def test_deciding_without_a_word_comes_back_at_its_line(sign_in_as, street):
    number = unhappy(street)
    browser = sign_in_as("supervisor")
    page = submit(browser, visit(browser, HERE), f"{number}/answer", do="redo", note="")
    assert page.status == 400
    assert page.errors
    assert street.case(number).state == "to_follow_up"


def test_what_another_decided_is_told_and_the_word_is_kept(sign_in_as, street):
    number = unhappy(street)
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    street.act("supervisor", number, "close", unreasonable=False, note="已解释")
    late = submit(browser, page, f"{number}/answer", do="redo", note="到场核实")
    assert late.status == 409
    assert "到场核实" in late.text


@pytest.mark.parametrize("address", ["order", "answer"])
def test_a_button_that_does_not_exist_does_nothing(sign_in_as, street, address):
    number = unhappy(street)
    browser = sign_in_as("supervisor")
    page = visit(browser, HERE)
    answer = posted(browser, page, f"{HERE}/{number}/{address}", text="x", note="x", do="archive")
    assert answer.status == 404


def test_the_page_counts_what_it_lists(sign_in_as, street):
    for _ in range(2):
        unhappy(street)
    ordered(street)
    page = visit(sign_in_as("supervisor"), HERE)
    assert "不满意待处置 2 件 · 未销号督办 1 件" in page.text
    articles = [one.get("aria-label").split()[0] for one in page.root.all("article")]
    assert articles == ["不满意待处置"] * 2 + ["督办"]
    assert unhappy_answers(street.ctx("supervisor")).total == 2
    assert open_orders(street.ctx("supervisor")).total == 1


def test_what_was_written_stays_words(sign_in_as, street):
    unhappy(street, note="<script>alert(1)</script>")
    html = sign_in_as("supervisor").get(HERE).get_data(as_text=True)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_an_unknown_case_is_not_found(sign_in_as, street):
    assert sign_in_as("supervisor").get(f"{HERE}?open=RX2026-999999").status_code == 404


@pytest.mark.parametrize("who", ["operator", "dispatcher", "head", "leader", "caller", "admin"])
def test_it_is_for_supervisors(sign_in_as, who):
    assert sign_in_as(who).get(HERE).status_code == 403


def test_more_work_costs_no_more_statements(sign_in_as, street, clock, count_queries):
    def fill(times):
        for _ in range(times):
            ordered(street)
            unhappy(street)
            street.worked("signed")

    fill(1)
    browser = sign_in_as("supervisor")
    browser.get(HERE)
    with count_queries() as few:
        browser.get(HERE)
    fill(3)
    with count_queries() as many:
        browser.get(HERE)
    assert len(many) == len(few)
