"""The page of signs in the figures: what waits, its cases, and what a look at them found."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.factories.street import Street
from tests.pages import submit, visit

SignIn = Callable[[str], FlaskClient]
PAGE = "/ops/statistics/honesty?month=2026-03"


def withdrawn(street: Street) -> str:
    number = street.worked("handling")
    street.act("operator", number, "withdraw", text="问题已自行解决。")
    return number


def test_a_supervisor_follows_a_figure_to_its_cases_and_writes_what_was_found(
    street: Street, sign_in_as: SignIn
) -> None:
    numbers = [withdrawn(street) for _ in range(3)]
    client = sign_in_as("supervisor")
    page = visit(client, PAGE)
    assert "待核实 1 项" in page.text
    assert "100.0%(3/3)" in page.text
    [link] = {a.get("href") for a in page.root.all("a") if "unit=dongfeng" in a.get("href")}
    cases = visit(client, link)
    assert all(number in cases.text for number in numbers)
    assert submit(client, cases, link, note="").errors
    submit(client, cases, link, note="来电录音属实。")
    looked = visit(client, PAGE)
    assert "待核实 0 项" in looked.text
    assert "来电录音属实。" in looked.text
    assert "来电录音属实。" in visit(sign_in_as("head"), link).text


def test_only_supervisors_write_and_only_those_with_figures_read(
    street: Street, sign_in_as: SignIn
) -> None:
    withdrawn(street)
    visit(sign_in_as("handler"), PAGE, status=403)
    head = visit(sign_in_as("head"), "/ops/statistics/honesty/left_out?month=2026-03&unit=dongfeng")
    assert not [one for one in head.root.all("textarea") if one.get("name") == "note"]


def test_an_unknown_sign_is_not_there_and_a_bad_month_is_named(sign_in_as: SignIn) -> None:
    client = sign_in_as("supervisor")
    visit(client, "/ops/statistics/honesty/guilty", status=404)
    assert "月份写作 2026-03" in visit(client, "/ops/statistics/honesty?month=x", status=400).text
