"""The pages of the supervisor's lists: one press from the desk to the list and to the order."""

from tests.pages import visit

HERE = "/ops/watch"


def later(street, clock, **time):
    street.wait(**time)
    clock.move_to(street.now)


def test_from_the_desk_to_the_list_to_the_order(sign_in_as, street, clock):
    number = street.worked("to_sign", title="路灯不亮")
    later(street, clock, days=3)
    browser = sign_in_as("supervisor")
    desk = visit(browser, "/ops/oversight")
    page = visit(browser, desk.links["逾期未签收 1"])
    assert page.heading == "督办清单：逾期未签收"
    assert "签收时限 3月2日 15:30 到期" in page.text
    assert number in visit(browser, page.links["督办"]).text
    other = visit(browser, f"{HERE}/unsigned?unit=xinhe")
    assert "没有逾期未签收的事项" in other.text


def test_repeats_lead_to_the_cases_behind(sign_in_as, street):
    for _ in range(3):
        street.register(title="噪声扰民")
    browser = sign_in_as("supervisor")
    page = visit(browser, f"{HERE}/repeated?by=person")
    assert "张某" in page.text or "张*" in page.text
    behind = visit(browser, page.links["3"])
    assert "最近 90 日 3 件" in behind.text
    assert len([row for row in behind.root.all("tr") if "data-row" in row.attributes]) == 3


def test_lists_are_for_those_who_watch(sign_in_as):
    assert sign_in_as("handler").get(HERE).status_code == 403
    assert sign_in_as("supervisor").get(f"{HERE}/nonsense").status_code == 404
