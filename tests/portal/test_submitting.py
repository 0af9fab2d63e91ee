"""我要反映: one question a page, kept answers, one case, limits."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import func, select

from casetracker.domain.vocabulary import Channel, State
from casetracker.persistence.account import Attempt
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.database import db
from casetracker.services.residents.public_intake import PER_ADDRESS, PER_PHONE
from tests.factories.desk import enter
from tests.portal.conftest import Visitor


def cases(session):
    return session.scalar(select(func.count(Case.id)))


def test_the_questions_follow_each_other_and_what_was_answered_travels_along(visitor, session):
    visitor.get("/submit")
    visitor.post("/submit", content="路灯不亮", kind="help", do="place")
    assert "事情发生在哪里？" in visitor.page
    assert '<input type="hidden" name="content" value="路灯不亮">' in visitor.page
    assert "东风社区" in visitor.page
    visitor.post("/submit", content="路灯不亮", kind="help", location__unit="dongfeng", do="check")
    assert "核对一下，然后提交" in visitor.page
    assert "不留姓名" in visitor.page
    assert cases(session) == 0


def test_an_anonymous_matter_is_registered_and_the_receipt_says_how_to_follow_it(visitor, street):
    number, code = visitor.receipt(location__unit="dongfeng", location__address="三栋门口")
    case = street.case(number)
    person = street.session.get(Petitioner, case.petitioner_id)
    assert (case.state, case.channel) == (State.TO_DISPATCH, Channel.PORTAL)
    assert (person.name, person.phone) == (None, None)
    assert case.area_unit_id == street.units["dongfeng"].id
    assert len(code) == 8
    assert "3月9日(周一)前 · 还剩 5 个工作日" in visitor.page


def test_name_telephone_and_the_wish_for_confidentiality_are_kept(visitor, street):
    number, _ = visitor.receipt(
        petitioner__name="李四",
        petitioner__phone="138 1234 5678",
        petitioner__confidential="1",
        petitioner__no_calls="1",
    )
    person = street.session.get(Petitioner, street.case(number).petitioner_id)
    assert (person.name, person.phone) == ("李四", "13812345678")
    assert person.is_confidential
    assert person.wants_no_calls


def test_only_what_is_asked_for_is_taken(visitor, street):
    number, _ = visitor.receipt(urgency="critical", received_at="2020-01-01 08:00", important="1")
    case = street.case(number)
    assert case.urgency == "normal"
    assert case.received_at == street.now
    assert not case.is_important


def test_a_wrong_answer_leads_back_to_its_question_with_everything_kept(visitor, session):
    answer = visitor.hand_in(petitioner__phone="12", petitioner__name="王五", content="路灯不亮")
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text
    assert 'href="#f-petitioner.phone"' in answer.text
    assert 'value="王五"' in answer.text
    assert 'name="content" value="路灯不亮"' in answer.text
    assert cases(session) == 0


def test_going_back_never_complains_about_what_was_not_asked_yet(visitor):
    visitor.get("/submit")
    answer = visitor.post(
        "/submit", content="路灯不亮", kind="help", location__unit="", do="matter"
    )
    assert answer.status_code == 200
    assert "处需要修改" not in answer.text
    assert "路灯不亮</textarea>" in answer.text


@pytest.mark.parametrize("text", ["", "  \u200b ", "坏\x00字", "长" * 20_001, "a" * 1_000_000])
def test_text_that_cannot_be_taken_is_refused_at_its_field_and_comes_back(visitor, session, text):
    answer = visitor.hand_in(content=text)
    assert answer.status_code == 400
    assert 'id="e-content"' in answer.text
    assert text.strip()[:1000] in answer.text
    assert cases(session) == 0


def test_harmless_control_characters_are_dropped_without_fuss(visitor, street):
    number, _ = visitor.receipt(content="路灯\x07不亮\u202e了")
    assert street.case(number).content == "路灯不亮了"


def test_a_form_beyond_all_measure_is_refused_as_too_large(visitor, session):
    assert visitor.hand_in(content="a" * 5_000_000).status_code == 413
    assert cases(session) == 0


def test_a_double_click_makes_one_case_and_shows_the_same_receipt(visitor, session):
    first = visitor.hand_in()
    again = visitor.post("/submit", content="东风小区三栋门口的路灯不亮。", kind="help", do="send")
    assert (first.status_code, again.status_code) == (303, 303)
    assert cases(session) == 1
    visitor.follow(again)
    assert session.scalar(select(Case.number)) in visitor.page


def test_a_double_click_counts_once_against_the_limit(visitor, session):
    visitor.hand_in()
    visitor.post("/submit", content="东风小区三栋门口的路灯不亮。", kind="help", do="send")
    assert session.scalar(select(func.count(Attempt.id))) == 1


def test_the_receipt_can_be_reloaded_and_neither_number_nor_code_stands_in_an_address(visitor):
    answer = visitor.hand_in()
    assert answer.headers["Location"] == "/receipt"
    first = visitor.follow(answer).text
    assert visitor.get("/receipt").text == first
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_receipt_is_for_the_browser_that_handed_in_and_for_half_an_hour(
    visitor, another, clock
):
    visitor.receipt()
    assert another().get("/receipt").status_code == 303
    clock.shift(31 * 60)
    assert visitor.get("/receipt").headers["Location"] == "/track"


def test_the_query_code_is_not_readable_in_the_cookie(visitor):
    number, code = visitor.receipt()
    cookie = visitor.client.get_cookie("form").value
    signer = SecureCookieSessionInterface().get_signing_serializer(visitor.client.application)
    opened = str(signer.loads(cookie))
    assert code not in opened
    assert number not in opened


def test_too_many_matters_from_one_address_wait_with_everything_kept(visitor, session, wait):
    for n in range(PER_ADDRESS[0].count):
        assert visitor.hand_in(content=f"第{n}件").status_code == 303
    answer = visitor.hand_in(content="又一件", petitioner__name="赵六")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == 3600
    assert "请在60 分钟后再提交" in answer.text
    assert 'name="content" value="又一件"' in answer.text
    assert 'name="petitioner.name" value="赵六"' in answer.text
    assert cases(session) == PER_ADDRESS[0].count
    wait(minutes=61)
    again = visitor.post(
        "/submit", content="又一件", kind="help", petitioner__name="赵六", do="send"
    )
    assert again.status_code == 303


def test_too_many_matters_of_one_telephone_wait_wherever_they_come_from(another, session):
    for n in range(PER_PHONE[0].count):
        sent = another(f"198.51.100.{n}").hand_in(petitioner__phone="13900001111")
        assert sent.status_code == 303
    refused = another("192.0.2.1").hand_in(petitioner__phone="139-0000-1111")
    assert refused.status_code == 429
    assert another("192.0.2.2").hand_in(petitioner__phone="13900002222").status_code == 303
    kept = session.scalars(select(Attempt.key).where(Attempt.key.like("submit:phone%"))).all()
    assert not any("1390000" in key for key in kept)


def test_a_matter_without_a_token_of_the_page_is_refused(visitor, session):
    visitor.get("/submit")
    visitor.tokens.clear()
    assert visitor.post("/submit", content="路灯不亮", kind="help", do="send").status_code == 400
    assert cases(session) == 0


@pytest.mark.parametrize(
    "path", ["/", "/submit", "/track", "/statistics", "/guidance", "/progress", "/receipt"]
)
def test_looking_changes_nothing(visitor, session, path, count_queries):
    with count_queries() as statements:
        visitor.get(path)
    assert [s for s in statements if not s.lstrip().upper().startswith(("SELECT", "WITH"))] == []


def test_whoever_is_signed_in_at_the_desk_still_speaks_as_a_resident(visitor, street):
    enter(visitor.client, street, "operator")
    number, _ = visitor.receipt()
    assert street.case(number).registered_by is None


def test_the_same_form_from_ten_tabs_at_once_makes_one_case(own_app):
    first = Visitor(own_app.test_client(), "198.51.100.9")
    first.get("/submit")
    cookie = first.client.get_cookie("form").value
    start = Barrier(10)

    def send(_: int) -> str:
        tab = Visitor(own_app.test_client(), "198.51.100.9")
        tab.client.set_cookie("form", cookie)
        tab.tokens = first.tokens
        start.wait()
        tab.follow(tab.post("/submit", content="路灯不亮", kind="help", do="send"))
        return " ".join(re.findall(r'class="receipt__code">([^<]+)<', tab.page))

    with ThreadPoolExecutor(10) as tabs:
        receipts = set(tabs.map(send, range(10)))
    assert len(receipts) == 1
    with own_app.app_context():
        assert cases(db.session) == 1
