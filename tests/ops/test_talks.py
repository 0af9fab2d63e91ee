"""The page of talks: from a named unit to the cases and to the register."""

from tests.pages import submit, visit


def test_a_named_unit_is_talked_with_and_followed_up(sign_in_as, street, clock):
    for _ in range(2):
        number = street.worked("signed")
        street.act("supervisor", number, "supervise", trigger="overdue", requirement="请反馈")
    street.wait(days=20)
    clock.move_to(street.now)
    browser = sign_in_as("supervisor")
    page = visit(browser, "/ops/talks")
    behind = visit(browser, page.links["督办逾期未反馈 2 件"])
    assert len([row for row in behind.root.all("tr") if "data-row" in row.attributes]) == 2
    form = visit(browser, page.links["登记约谈"])
    assert "督办逾期未反馈 2 件" in form.text
    again = submit(browser, form, "/new", attendees="王书记", promise="")
    assert again.status == 400
    done = submit(browser, again, "/new", attendees="王书记", promise="本周办结")
    assert "约谈已登记" in done.text
    follow = visit(browser, done.links["登记回头看"])
    assert "本周办结" in follow.text
    assert "已办结" in submit(browser, follow, "follow-up", follow_up="已办结").text
    assert sign_in_as("handler").get("/ops/talks").status_code == 403
