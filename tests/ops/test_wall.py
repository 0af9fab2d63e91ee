"""The wall: figures alone, shown by a screen that is signed in as nobody."""

import re
from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.factories.sealed import seal_some
from tests.factories.street import Street
from tests.pages import submit, visit

SignIn = Callable[[str], FlaskClient]
WALL, SCREENS = "/ops/wall", "/ops/wall/screens"


@pytest.fixture
def screen(sign_in_as: SignIn) -> FlaskClient:
    """The browser on the wall, placed by the supervisor."""
    client = sign_in_as("supervisor")
    submit(client, visit(client, SCREENS), SCREENS, name="东墙")
    return client


def test_a_screen_shows_the_wall_and_opens_nothing_else(
    street: Street, screen: FlaskClient, sign_in_as: SignIn
) -> None:
    street.worked("handling")
    page = visit(screen, WALL)
    assert "今日受理" in page.text
    assert page.root.all("noscript")
    for closed in ("/ops/", "/ops/cases", SCREENS, "/ops/insight"):
        assert screen.get(closed).status_code in (302, 303, 401), closed
    listed = visit(sign_in_as("leader"), SCREENS)
    assert "东墙" in listed.text
    assert "supervisor先生" in listed.text


def test_a_screen_that_is_removed_shows_no_figure(
    street: Street, screen: FlaskClient, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    clock.shift(80 * 86400)
    assert "今日受理" in visit(screen, WALL).text
    keeper = sign_in_as("dispatcher")
    submit(keeper, visit(keeper, SCREENS), "/remove")
    assert "今日受理" not in screen.get(WALL, follow_redirects=True).get_data(as_text=True)
    assert "还没有大屏" in visit(keeper, SCREENS).text


def test_a_screen_ends_after_a_year(screen: FlaskClient, clock: time_machine.Traveller) -> None:
    clock.shift(366 * 86400)
    assert "今日受理" not in screen.get(WALL, follow_redirects=True).get_data(as_text=True)


def test_a_wall_that_refreshes_keeps_nobody_signed_in(
    street: Street, screen: FlaskClient, clock: time_machine.Traveller
) -> None:
    page = visit(screen, "/ops/sign-in")
    submit(screen, page, username="supervisor", password="Lampe-4-Strasse")
    assert screen.get("/ops/").status_code == 200
    for _ in range(4):
        clock.shift(10 * 60)
        visit(screen, WALL)
    assert screen.get("/ops/").status_code in (302, 303, 401)


def test_whoever_may_place_a_screen_sees_it_once_and_nobody_else(sign_in_as: SignIn) -> None:
    page = visit(sign_in_as("leader"), f"{WALL}/preview")
    assert "今日受理" in page.text
    assert not page.root.all("noscript")
    for who in ("handler", "head", "deputy", "operator", "auditor"):
        visit(sign_in_as(who), f"{WALL}/preview", status=403)
        visit(sign_in_as(who), SCREENS, status=403)


def test_nothing_of_a_case_or_a_person_stands_on_the_wall(
    street: Street, screen: FlaskClient
) -> None:
    before = figures(visit(screen, WALL).text)
    seal_some(street)
    sealed_apart = figures(visit(screen, WALL).text)
    said = {
        "title": "幸福里三栋漏水", "content": "幸福里三栋楼顶漏水，电话十三八。",
        "petitioner": {"name": "欧阳明月", "phone": "13912345678", "address": "幸福里三栋"},
        "location": {"address": "幸福里三栋", "unit": "东风社区"},
    }  # fmt: skip
    number = street.worked("handling", **said)
    text = visit(screen, WALL).text
    for hidden in ("欧阳", "明月", "13912345678", "幸福里", "漏水", number, "handler", "先生"):
        assert hidden not in text
    assert figures(text)["今日受理"] == sealed_apart["今日受理"] + 1
    assert before["今日受理"] == 0


def figures(text: str) -> dict[str, int]:
    """The large numbers by their words."""
    words = ("今日受理", "在办", "今日到期", "已超期")
    return {word: int(re.search(rf"{word} ?([0-9]+)", text)[1]) for word in words}


def test_the_wall_costs_the_same_statements_whatever_the_number_of_cases(
    street: Street, screen: FlaskClient, count_queries: Callable
) -> None:
    street.worked("handling")
    visit(screen, WALL)
    with count_queries() as few:
        visit(screen, WALL)
    for _ in range(5):
        street.worked("handling")
    with count_queries() as many:
        visit(screen, WALL)
    assert len(few) == len(many)
