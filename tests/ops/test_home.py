"""The home page: what is most urgent lies on top."""

from collections.abc import Callable

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
