"""The home page: what is most urgent lies on top."""

import re
from collections.abc import Callable

import time_machine
from flask.testing import FlaskClient

from tests.factories.street import Street
from tests.pages import visit

SignIn = Callable[[str], FlaskClient]


def rows_of(page):
    return [row for row in page.root.all("tr") if "data-row" in row.attributes]


def test_the_first_to_do_stands_above_the_rest_with_its_step(
    street: Street, sign_in_as: SignIn
) -> None:
    later = street.worked("handling")
    sooner = street.worked("to_sign")
    rows = rows_of(visit(sign_in_as("handler"), "/ops/"))
    assert [sooner in row.text for row in rows] == [True, False]
    assert later in rows[1].text
    assert "签收" in rows[0].text


def test_what_others_have_to_do_is_not_listed(street: Street, sign_in_as: SignIn) -> None:
    street.worked("to_sign")
    page = visit(sign_in_as("dispatcher"), "/ops/")
    assert not rows_of(page)
    assert "先办这几件" not in page.text


def test_search_is_there_for_those_who_may_see_cases(street: Street, sign_in_as: SignIn) -> None:
    def boxes(who):
        page = visit(sign_in_as(who), "/ops/")
        return [box for box in page.root.all("input") if box.get("name") == "q"]

    assert boxes("handler")
    assert not boxes("auditor")


def test_a_supervisor_sees_what_waits_for_a_decision_then_the_four_headings(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("supervisor")
    quiet = visit(client, "/ops/")
    assert "现在没有等您决定的事" in quiet.text
    unhappy = street.worked("to_follow_up")
    street.act(
        "caller", unhappy, "follow_up", validity="valid", contacted=True, resolved=False,
        satisfaction="dissatisfied", because="not_solved",
    )  # fmt: skip
    page = visit(client, "/ops/")
    order = [page.text.index(words) for words in ("等您决定", "不满意待处置 1", "问题诉求全收集",
             "工作力量全进入", "分级分类全解决", "服务过程全评价")]  # fmt: skip
    assert order == sorted(order)


def test_every_figure_under_the_headings_leads_to_as_many_cases(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    for state in ("to_dispatch", "to_sign", "handling", "to_follow_up", "closed"):
        street.worked(state)
    street.wait(days=20)
    clock.move_to(street.now)
    street.worked("to_sign")
    for who in ("supervisor", "leader", "deputy"):
        client = sign_in_as(who)
        page = visit(client, "/ops/")
        panels = [one for one in page.root.all("section") if "panel" in one.get("class").split()]
        links = [(link.text, link.get("href")) for one in panels for link in one.all("a")]
        figures = [(words, url) for words, url in links if re.search(r"\d", words)]
        assert len(figures) > 12
        for words, url in dict.fromkeys(figures):
            rows = rows_of(visit(client, url))
            assert len(rows) == int(re.findall(r"\d+", words.replace("12345", ""))[0]), (who, url)


def test_a_running_month_stands_beside_the_one_before_and_is_not_subtracted_from_it(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    street.worked("closed")
    street.wait(days=31)
    clock.move_to(street.now)
    page = visit(sign_in_as("leader"), "/ops/").text
    assert re.search(r"按时办结率.{0,40}上月 100\.0%", page, re.DOTALL), page
    assert "环比" not in page.split("工作力量全进入")[1]


def test_other_roles_keep_their_piles(street: Street, sign_in_as: SignIn) -> None:
    for who in ("dispatcher", "head", "handler", "caller"):
        assert "四全" not in visit(sign_in_as(who), "/ops/").text
