"""The page of a petition: what it is, who signed it, the three facts, opinions and reviews."""

from collections.abc import Callable

import time_machine
from flask.testing import FlaskClient

from tests.factories.petitions import WAY, classify, draft, petition, serve, worked
from tests.factories.street import Street
from tests.pages import Page, submit, visit

SignIn = Callable[[str], FlaskClient]


def case_page(client: FlaskClient, number: str) -> Page:
    return visit(client, f"/ops/cases/{number}")


def test_every_page_of_a_case_opens_whatever_became_of_the_petition(
    street: Street, sign_in_as: SignIn
) -> None:
    people = sign_in_as("clerk"), sign_in_as("leader")
    number = petition(street).number
    for _, step in (*WAY, ("archived", lambda *_: None)):
        for client in people:
            for path in ("/ops/", "/ops/cases", "/ops/petitions"):
                visit(client, path)
            page = case_page(client, number)
            links = {link.get("href") for link in page.root.all("a")}
            steps = [link for link in links if f"/ops/cases/{number}/actions/" in link]
            for path in (f"/ops/cases/{number}/deadlines", f"/ops/cases/{number}/print", *steps):
                visit(client, path)
        step(street, number)


def test_limits_that_somebody_set_are_explained_too(street: Street, sign_in_as: SignIn) -> None:
    clerk = sign_in_as("clerk")
    assigned = petition(street).number
    classify(street, assigned)
    street.act(
        "clerk", assigned, "forward", organ="区局", text="属区局。", report_due_on="2026-04-01"
    )
    serve(street, assigned)
    page = visit(clerk, f"/ops/cases/{assigned}/deadlines")
    for words in ("交办报告", "4月1日(周三)前", "不另推算"):
        assert words in page.text, words
    promised = worked(street, "handling")
    draft(street, promised, outcome="supported", execute_by="2026-06-30")
    street.act("adviser", promised, "legal_check", granted=True, note="合法。")
    street.act("leader", promised, "sign_off", granted=True)
    serve(street, promised)
    page = visit(clerk, f"/ops/cases/{promised}/deadlines")
    for words in ("执行处理意见", "6月30日(周二)前"):
        assert words in page.text, words
    case = case_page(clerk, promised)
    assert "执行期限6月30日(周二)" in case.text


def test_a_window_of_the_petitioner_makes_nobody_late(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    number = worked(street, "served")
    clock.shift(60 * 86400)
    page = case_page(sign_in_as("clerk"), number)
    assert "已截止" in page.text
    assert "已超期" not in page.text.partition("申请复查")[2].partition("信访登记")[0]


def test_the_three_facts_stand_apart(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "served")
    page = case_page(sign_in_as("clerk"), number)
    assert "办结3月2日(周一) 09:30 送达" in page.text
    assert "化解未认定" in page.text
    assert "终结未终结" in page.text


def test_persons_are_masked_and_representatives_named(street: Street, sign_in_as: SignIn) -> None:
    people = [{"name": f"王小{n}", "phone": f"1381234567{n}", "representative": n < 2}
              for n in range(5)]  # fmt: skip
    body = {"channel": "visit", "persons": 60, "petition": {"people": people}}
    number = petition(street, **body).number
    client = sign_in_as("clerk")
    page = case_page(client, number)
    assert "集体访 60 人" in page.text
    assert "5 人，代表 2 人" in page.text
    assert "13812345670" not in page.text
    shown = submit(client, page, f"/ops/cases/{number}/reveal", reason="核对身份")
    assert "13812345670" in shown.text


def test_a_hotline_case_and_its_petition_lead_to_each_other(
    street: Street, sign_in_as: SignIn
) -> None:
    hotline = street.worked("to_dispatch")
    street.act("dispatcher", hotline, "refer", to="petition", text="属信访事项，转信访办理。")
    client = sign_in_as("supervisor")
    old = case_page(client, hotline)
    assert "已转信访 XF2026-" in old.text
    number = next(
        link.get("href").rpartition("/")[2]
        for link in old.root.all("a")
        if link.get("href").startswith("/ops/cases/XF")
    )
    assert f"由热线转来 {hotline}" in case_page(client, number).text


def test_an_earlier_matter_is_linked_and_called_a_repeat(
    street: Street, sign_in_as: SignIn
) -> None:
    first = petition(street).number
    again = petition(street, channel="visit", repeat_of=first).number
    client = sign_in_as("clerk")
    assert "初件" in case_page(client, first).text
    later = case_page(client, again)
    assert "重件" in later.text
    assert f"重复于 {first}" in later.text


def test_opinions_show_their_parts_their_check_and_their_signature(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "to_serve")
    page = case_page(sign_in_as("clerk"), number)
    for words in (
        "投诉请求",
        "事实和理由",
        "法律法规依据",
        "救济途径",
        "合法适当",
        "已签发，待送达",
    ):
        assert words in page.text, words


def test_who_is_not_concerned_does_not_find_it(street: Street, sign_in_as: SignIn) -> None:
    number = classify_and_number(street)
    visit(sign_in_as("other_handler"), f"/ops/cases/{number}", status=404)
    visit(sign_in_as("adviser"), f"/ops/cases/{number}", status=404)


def classify_and_number(street: Street) -> str:
    number = petition(street).number
    classify(street, number)
    return number
