"""A form that fails on the way gives back what was typed, and can be sent again."""

from tests.pages import parse, submit, visit

OURS = {"Origin": "http://localhost"}
WORDS = "已到现场，路灯杆基础松动。"


def send_log(client, number, *, token, headers=OURS):
    fields = {"csrf_token": token, "text": WORDS, "version": "2", "form_token": "k" * 20}
    return client.post(f"/ops/cases/{number}/actions/log", data=fields, headers=headers)


def test_an_ended_session_keeps_the_words_and_says_how_to_go_on(street, new_client):
    case = street.case(street.worked("handling"))
    page = parse(send_log(new_client(), case.number, token="stale"))
    assert page.status == 401
    assert "在新窗口登录" in page.text
    assert page.root.all("textarea")[0].text == WORDS
    kept = {one.get("name"): one.get("value") for one in page.form("/actions/log").all("input")}
    assert kept["text"] == WORDS
    assert kept["csrf_token"] not in ("", "stale")


def test_after_signing_in_anew_one_press_sends_the_same_form(street, sign_in_as):
    case = street.case(street.worked("handling"))
    handler = sign_in_as("handler")
    page = parse(send_log(handler, case.number, token="of the old session"))
    assert page.status == 400
    submit(handler, page, "/actions/log", version=str(street.case(case.number).version))
    assert WORDS in visit(handler, f"/ops/cases/{case.number}").text


def test_words_for_a_case_that_has_gone_away_can_still_be_copied(street, sign_in_as):
    handler = sign_in_as("handler")
    token = visit(handler, "/ops/").form("sign-out").all("input")[0].get("value")
    page = parse(send_log(handler, "RX2026-999999", token=token))
    assert page.status == 404
    assert page.root.all("textarea")[0].text == WORDS
    assert not page.root.all("form")


def test_a_form_that_another_site_sent_is_not_offered_again(street, new_client):
    foreign = {"Origin": "https://elsewhere.example"}
    page = parse(send_log(new_client(), "RX2026-000001", token="none", headers=foreign))
    assert WORDS not in page.text


def test_passwords_are_never_given_back(street, new_client):
    fields = {"username": "张三", "password": "Geheim-4-Strasse"}
    answer = new_client().post("/ops/sign-in", data=fields, headers=OURS)
    assert answer.status_code == 400
    assert "Geheim" not in answer.get_data(as_text=True)
