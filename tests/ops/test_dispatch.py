"""The dispatcher's screen: what waits, where it should go and why, and what is about to be late."""

import pytest

from casetracker.domain.privacy import mask_name
from casetracker.persistence.organisation import Unit
from casetracker.persistence.working import Assignment
from casetracker.services.case_reading.listing import count_cases
from casetracker.services.desks.dispatch_desk import WAITING
from casetracker.services.desks.unit_load import unit_loads
from tests.pages import parse, submit, visit

HERE = "/ops/dispatch"


def numbers_on(page):
    boxes = [box for box in page.root.all("input") if box.get("name") == "numbers"]
    return [box.get("value") for box in boxes]


def opened(browser, number):
    return visit(browser, f"{HERE}?open={number}")


def ticked(page, numbers, **more):
    """The bulk form as a browser would send it with these rows ticked."""
    form = page.form("/bulk")
    fields = {box.get("name"): box.get("value") for box in form.all("input")}
    return {**fields, "numbers": numbers, **more}


def unit_id(street, code):
    return street.session.query(Unit.id).filter_by(code=code).scalar()


def lamp(street, **body):
    return street.register(category="0203", title="路灯不亮", **body).number


def test_a_waiting_case_is_shown_with_its_unit_and_the_reason_but_not_the_name(sign_in_as, street):
    lamp(
        street,
        location={"address": "东风小区三栋"},
        petitioner={"name": "欧阳春花", "phone": "13812345678"},
    )
    page = visit(sign_in_as("dispatcher"), HERE)
    assert "分类默认承办单位：路灯 → 公共管理办公室" in page.text
    assert "东风小区三栋" in page.text
    assert mask_name("欧阳春花") in page.text
    assert "欧阳春花" not in page.text
    assert "13812345678" not in page.text


def test_the_page_counts_what_the_list_holds(sign_in_as, street):
    for _ in range(3):
        lamp(street)
    street.worked("to_sign")
    page = visit(sign_in_as("dispatcher"), HERE)
    counted = count_cases(street.ctx("dispatcher"), WAITING)
    assert f"待派单 {counted} 件" in page.text
    assert len(numbers_on(page)) == counted == 3


def test_an_unfolded_case_goes_to_the_unit_proposed(sign_in_as, street):
    number = lamp(street)
    browser = sign_in_as("dispatcher")
    page = submit(browser, opened(browser, number), f"{HERE}/{number}")
    assert f"{number} 已派单" in page.text
    case = street.case(number)
    assert case.lead_unit_id == unit_id(street, "public_works")
    part = street.session.query(Assignment).filter_by(case_id=case.id).one()
    assert "路灯 → 公共管理办公室" in part.reasons
    assert part.was_suggested is True


def test_another_unit_assistance_and_a_note_go_along(sign_in_as, street):
    number = lamp(street)
    browser = sign_in_as("dispatcher")
    submit(
        browser,
        opened(browser, number),
        f"{HERE}/{number}",
        unit="dongfeng",
        assisting=["public_works"],
        note="请当日到场",
    )
    parts = {part.unit_id: part for part in street.session.query(Assignment)}
    assert parts[unit_id(street, "dongfeng")].reasons is None
    assert parts[unit_id(street, "public_works")].part == "assist"


def test_without_a_unit_the_form_comes_back_with_what_was_typed(sign_in_as, street):
    number = street.register().number
    browser = sign_in_as("dispatcher")
    page = submit(browser, opened(browser, number), f"{HERE}/{number}", note="请当日到场")
    assert page.status == 400
    assert any("主办单位" in error or "不能为空" in error for error in page.errors)
    assert "请当日到场" in page.text
    assert street.case(number).state == "to_dispatch"


def test_a_double_click_dispatches_once(sign_in_as, street):
    number = lamp(street)
    browser = sign_in_as("dispatcher")
    form = opened(browser, number).form(f"{HERE}/{number}")
    fields = {box.get("name"): box.get("value") for box in form.all("input") if box.get("name")}
    fields |= {"unit": "public_works", "important": ""}
    fields.pop("assisting", None)
    before = street.case(number).version
    assert browser.post(f"{HERE}/{number}", data=fields).status_code == 303
    assert browser.post(f"{HERE}/{number}", data=fields).status_code == 303
    assert street.case(number).version == before + 1


def test_whoever_comes_second_is_told_who_was_first_and_keeps_the_note(sign_in_as, street):
    number = lamp(street)
    browser = sign_in_as("dispatcher")
    page = opened(browser, number)
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    late = submit(browser, page, f"{HERE}/{number}", note="请联系物业")
    assert late.status == 409
    assert "dispatcher先生" in late.text
    assert "请联系物业" in late.text
    assert street.case(number).lead_unit_id == unit_id(street, "dongfeng")


def test_ticked_rows_go_out_together_and_failures_are_named(sign_in_as, street):
    good = [lamp(street) for _ in range(3)]
    taken = lamp(street)
    browser = sign_in_as("dispatcher")
    page = visit(browser, HERE)
    street.act("dispatcher", taken, "dispatch", unit="东风社区")
    answer = parse(browser.post(f"{HERE}/bulk", data=ticked(page, [*good, taken])))
    assert "已派单 3 件，1 件未成功" in answer.text
    assert taken in answer.text.split("没有派出")[1]
    states = {street.case(number).state for number in good}
    assert states == {"to_sign"}
    assert street.case(taken).lead_unit_id == unit_id(street, "dongfeng")


def test_pressing_twice_dispatches_each_row_once(sign_in_as, street):
    numbers = [lamp(street) for _ in range(2)]
    browser = sign_in_as("dispatcher")
    fields = ticked(visit(browser, HERE), numbers)
    answers = [parse(browser.post(f"{HERE}/bulk", data=fields)) for _ in range(2)]
    assert all("已派单 2 件" in answer.text for answer in answers)
    assert {street.case(number).version for number in numbers} == {2}


def test_a_row_has_a_button_of_its_own(sign_in_as, street):
    first, second = lamp(street), lamp(street)
    browser = sign_in_as("dispatcher")
    fields = ticked(visit(browser, HERE), [], only=second)
    browser.post(f"{HERE}/bulk", data=fields)
    assert street.case(second).state == "to_sign"
    assert street.case(first).state == "to_dispatch"


def test_nothing_ticked_is_said(sign_in_as, street):
    lamp(street)
    browser = sign_in_as("dispatcher")
    answer = browser.post(f"{HERE}/bulk", data=ticked(visit(browser, HERE), []))
    assert "没有勾选工单" in parse(answer).text


def returned(street):
    number = street.worked("signed")
    street.act(
        "handler", number, "request_return", reason="not_our_duty",
        basis="路灯由区路灯所维护，见权责清单。", proposed_unit="公共管理办公室",
    )  # fmt: skip
    return number


@pytest.mark.parametrize(("granted", "state"), [("true", "to_dispatch"), ("false", "handling")])
def test_a_return_is_decided_where_its_reason_stands(sign_in_as, street, granted, state):
    number = returned(street)
    browser = sign_in_as("dispatcher")
    page = visit(browser, HERE)
    for words in ("权责清单", "非本单位职责", "公共管理办公室", "handler先生"):
        assert words in page.text
    submit(browser, page, f"{number}/return", note="情况属实", granted=granted)
    assert street.case(number).state == state


def test_a_return_is_not_decided_without_a_word(sign_in_as, street):
    number = returned(street)
    browser = sign_in_as("dispatcher")
    page = submit(browser, visit(browser, HERE), f"{number}/return", note=" ", granted="true")
    assert page.status == 400
    assert street.case(number).state == "return_pending"


def test_loads_count_what_lies_on_the_units_desk(street):
    street.worked("to_sign")
    street.worked("handling")
    street.worked("to_follow_up")
    street.wait(days=20)
    street.worked("to_sign")
    loads = {unit.code: (unit.open, unit.overdue) for unit in unit_loads(street.ctx("dispatcher"))}
    assert loads["dongfeng"] == (3, 2)
    assert loads["xinhe"] == (0, 0)
    assert "street" not in loads


def test_unsigned_cases_that_run_late_are_shown_and_urged(sign_in_as, street, clock):
    number = street.worked("to_sign")
    clock.shift(3 * 24 * 3600)
    browser = sign_in_as("dispatcher")
    page = visit(browser, HERE)
    assert "已超期 1 件" in page.text
    answer = submit(browser, page, f"{number}/urge")
    assert "共催办 1 次" in answer.text
    assert street.case(number).urge_count == 1


def test_what_a_resident_wrote_stays_words(sign_in_as, street):
    street.register(title="<script>alert(1)</script>", content="<img src=x onerror=alert(1)>内容")
    html = sign_in_as("dispatcher").get(HERE).get_data(as_text=True)
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("who", ["operator", "handler", "head", "leader", "caller", "admin"])
def test_it_is_the_dispatchers_alone(sign_in_as, who):
    assert sign_in_as(who).get(HERE).status_code == 403


def test_an_unknown_case_is_not_found(sign_in_as, street):
    assert sign_in_as("dispatcher").get(f"{HERE}?open=RX2026-999999").status_code == 404


def test_the_page_asks_as_much_for_twenty_cases_as_for_two(sign_in_as, street, count_queries):
    browser = sign_in_as("dispatcher")
    for _ in range(2):
        lamp(street)
    returned(street)
    browser.get(HERE)
    with count_queries() as few:
        browser.get(HERE)
    for _ in range(18):
        lamp(street)
    with count_queries() as many:
        browser.get(HERE)
    assert len(many) == len(few)


def test_what_a_community_received_goes_back_to_it_at_one_press(sign_in_as, street):
    number = street.register("handler", channel="community").number
    dispatcher = sign_in_as("dispatcher")
    page = visit(dispatcher, HERE)
    assert "社区自收，派单目录没有规定，由登记社区办理" in page.text
    submit(dispatcher, page, "/bulk", only=number)
    assert street.case(number).lead_unit_id == unit_id(street, "dongfeng")


def test_where_the_catalogue_names_another_unit_the_community_stands_beside_it(sign_in_as, street):
    number = lamp(street)
    own = street.register("handler", channel="community", category="0203").number
    dispatcher = sign_in_as("dispatcher")
    assert "公共管理办公室" in opened(dispatcher, own).text
    assert "社区自收，由登记社区办理" in opened(dispatcher, own).text
    assert "由登记社区办理" not in opened(dispatcher, number).text
