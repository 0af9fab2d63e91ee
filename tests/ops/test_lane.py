"""保密通道 at the desk: its officers work there; whoever sends a case in sees no more of it."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.factories.petitions import petition
from tests.factories.street import Street
from tests.pages import fill_in, submit, visit
from tests.services.petitions.test_the_lane import WORDS, accusation

SignIn = Callable[[str], FlaskClient]


@pytest.fixture
def officer(sign_in_as: SignIn) -> FlaskClient:
    return sign_in_as("discipline")


def test_what_waits_stands_on_the_home_page_and_in_the_list(
    street: Street, officer: FlaskClient
) -> None:
    number = accusation(street)
    home = visit(officer, "/ops/")
    assert "保密件待处理 1" in home.text
    assert home.links["保密通道"] == "/ops/lane"
    page = visit(officer, "/ops/lane")
    assert number in page.links
    assert "某主任" in page.text
    assert WORDS not in page.text


def test_the_page_of_a_case_has_its_words_and_who_looked(
    street: Street, officer: FlaskClient
) -> None:
    number = accusation(street)
    page = visit(officer, f"/ops/cases/{number}")
    assert "保密件·限知" in page.text
    assert WORDS in page.text
    assert "东风社区" in page.text
    assert page.title.startswith("保密件"), "no words in the history of the browser"
    looks = [line.text for line in page.root.all("tr") if "discipline先生" in line.text]
    assert any("查看保密件" in line for line in looks)


def test_each_step_of_the_lane_has_its_form(street: Street, officer: FlaskClient) -> None:
    number = accusation(street)
    url = f"/ops/cases/{number}/actions"
    fill_in(officer, f"{url}/log", text="已初步核实。")
    refused = fill_in(officer, f"{url}/transfer_confidential", reason="移送", organ_unit="东风社区")
    assert refused.errors
    fill_in(officer, f"{url}/transfer_confidential", reason="移送", organ="区纪委监委")
    assert "区纪委监委" in visit(officer, "/ops/lane?pile=handed_on").text
    fill_in(officer, f"{url}/conclude", text="已办结。")
    assert "已办结。" in visit(officer, f"/ops/cases/{number}").text
    fill_in(officer, f"{url}/archive")
    assert number in visit(officer, "/ops/lane?pile=finished").links


@pytest.mark.parametrize("address", ["/ops/lane", "/ops/lane/looks"])
def test_nobody_else_opens_the_lane(street: Street, sign_in_as: SignIn, address: str) -> None:
    visit(sign_in_as("clerk"), address, status=403)
    visit(sign_in_as("auditor"), address, status=403)


def test_all_looks_stand_in_one_list(street: Street, officer: FlaskClient) -> None:
    number = accusation(street)
    visit(officer, "/ops/lane")
    visit(officer, f"/ops/cases/{number}")
    looks = visit(officer, "/ops/lane/looks").text
    assert f"清单 1 件 {number}" in looks
    assert "打开" in looks


def test_who_classifies_an_accusation_sees_a_neutral_page_and_then_nothing(
    street: Street, sign_in_as: SignIn
) -> None:
    clerk = sign_in_as("clerk")
    number = petition(street, content=WORDS).number
    url = f"/ops/cases/{number}/actions/classify"
    page = fill_in(clerk, url, petition_class="accusation", subroute="", reason="属检举控告。")
    assert page.heading == "已移交"
    assert number not in page.text
    visit(clerk, f"/ops/cases/{number}", status=404)
    visit(clerk, url, status=404)


def test_who_hands_a_hotline_case_over_sees_a_neutral_page(
    street: Street, sign_in_as: SignIn
) -> None:
    operator = sign_in_as("operator")
    number = street.register(content=WORDS).number
    url = f"/ops/cases/{number}/actions/transfer_confidential"
    assert fill_in(operator, url, reason="属检举控告。").heading == "已移交"
    visit(operator, f"/ops/cases/{number}", status=404)


def test_the_receipt_of_a_registered_accusation_is_shown_once(
    street: Street, sign_in_as: SignIn
) -> None:
    clerk = sign_in_as("clerk")
    form = visit(clerk, "/ops/cases/new")
    page = submit(
        clerk, form, "/ops/cases/new", track="petition", channel="letter", content=WORDS,
        petition__petition_class="accusation", petitioner__name="李四",
    )  # fmt: skip
    assert page.heading == "已移交"
    assert "XF2026-" in page.text
    assert "查询码" in page.text
    assert "XF2026-" not in visit(clerk, "/ops/lane/handed-over").text
