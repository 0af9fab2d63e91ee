"""The call list: never by whoever handled it, the number on request, the answers as given."""

import pytest
from sqlalchemy import select, update

from casetracker.domain.vocabulary import CallValidity, Role, Satisfaction
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.queries.reference import touch
from casetracker.persistence.working import FollowUp
from casetracker.services.desks.call_list import calls_to_make
from tests.pages import submit, visit

HERE = "/ops/calls"
PHONE = "13812345678"


def started(browser, number=""):
    """The page as it stands once the call has begun."""
    page = visit(browser, f"{HERE}?open={number}" if number else HERE)
    return submit(browser, page, "/start")


def looks(street, number):
    query = select(AccessRecord).where(AccessRecord.case_number == number)
    return street.session.scalars(query).all()


def attempts(street):
    street.session.expire_all()
    return street.session.scalars(select(FollowUp).order_by(FollowUp.id)).all()


def also_calls_back(street, who):
    roles = street.people[who].roles | {Role.FOLLOW_UP}
    street.session.execute(update(Account).where(Account.username == who).values(roles=roles))
    street.session.commit()


def contacted_by_head(street):
    number = street.worked("signed")
    street.act("head", number, "contact", outcome="reached")
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="已修好")
    street.act("deputy", number, "approve", via="phone")
    return number


def answered_by_head(street):
    number = street.worked("handling")
    street.add_evidence(number)
    street.act("head", number, "submit", result="resolved", text="负责人办理完毕")
    street.act("deputy", number, "approve", via="phone")
    return number


def test_the_page_shows_what_was_asked_and_answered_before_the_call(sign_in_as, street):
    street.worked("to_follow_up", title="路灯不亮", location={"address": "东风小区三栋"})
    page = visit(sign_in_as("caller"), HERE)
    for words in ("路灯不亮", "已修好", "东风小区三栋", "东风社区", "开始回访"):
        assert words in page.text, words


@pytest.mark.parametrize("handled", [contacted_by_head, answered_by_head])
def test_whoever_handled_a_case_does_not_find_it_on_the_list(sign_in_as, street, handled):
    also_calls_back(street, "head")
    own, other = handled(street), street.worked("to_follow_up")
    page = visit(sign_in_as("head"), HERE)
    assert other in page.text
    assert own not in page.text
    assert "待您回访 1 件" in page.text
    assert own in visit(sign_in_as("caller"), HERE).text


def test_whoever_handled_it_is_told_so_and_cannot_start_the_call(sign_in_as, street):
    also_calls_back(street, "handler")
    other = street.worked("to_follow_up")
    browser = sign_in_as("handler")
    page = visit(browser, HERE)
    assert "待您回访 0 件" in page.text
    assert "承办人不能回访" in visit(browser, f"{HERE}?open={other}").text
    token = next(m.get("content") for m in page.root.all("meta") if m.get("name") == "csrf-token")
    answer = browser.post(f"{HERE}/{other}/start", data={"csrf_token": token})
    assert answer.status_code == 409
    assert PHONE not in answer.get_data(as_text=True)
    assert looks(street, other) == []


def test_the_number_is_seen_once_the_call_begins_and_the_look_is_kept(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    before = visit(browser, HERE)
    assert PHONE not in before.response.get_data(as_text=True)
    assert looks(street, number) == []
    page = submit(browser, before, "/start")
    assert page.links[PHONE] == f"tel:{PHONE}"
    (look,) = looks(street, number)
    assert (look.username, look.what, look.detail) == ("caller", "person_revealed", "回访")


def test_beyond_the_looks_of_an_hour_the_number_stays_hidden(sign_in_as, street):
    number = street.worked("to_follow_up")
    street.session.add(Setting(name="reveals_per_hour", value="2", changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()
    browser = sign_in_as("caller")
    for _ in range(2):
        assert started(browser, number).status == 200
    page = started(browser, number)
    assert page.status == 429
    assert "查看次数过多" in page.text
    assert PHONE not in page.text


def test_a_satisfied_resident_closes_the_case(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    page = started(browser)
    done = submit(
        browser, page, number, contacted="true", resolved="true", satisfaction="satisfied"
    )
    assert "工单办结" in done.text
    case = street.case(number)
    assert (case.state, case.satisfaction, case.callback_valid) == ("closed", "satisfied", True)
    (kept,) = attempts(street)
    assert (kept.number_matches, kept.counted) == (True, True)


@pytest.mark.parametrize(
    "answers", [{"satisfaction": "dissatisfied"}, {"satisfaction": "fair", "resolved": "false"}]
)
def test_an_unhappy_resident_waits_for_the_supervisor_and_is_not_called_again(
    sign_in_as, street, answers
):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    done = submit(browser, started(browser), number, because="not_solved", **answers)
    assert "已交督办员决定是否重办" in done.text
    assert "没有等待回访的工单" in done.text
    case = street.case(number)
    assert (case.state, case.is_dissatisfied) == ("to_follow_up", True)
    street.act("supervisor", number, "redo", note="请到场核实")
    assert street.case(number).state == "redo"


def unreached(browser, page, number, validity, **more):
    """The second form of the page: what ends a call without answers."""
    form = [f for f in page.root.all("form") if f.get("action").endswith(number)][1]
    fields = {i.get("name"): i.get("value") for i in form.all("input") if i.get("name")}
    sent = {**fields, "validity": validity, **more}
    return browser.post(form.get("action"), data=sent, follow_redirects=True)


def test_no_answer_is_recorded_and_never_counted(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    answer = unreached(browser, started(browser), number, "no_answer", note="无人接听")
    assert "仍在回访清单中" in answer.get_data(as_text=True)
    (kept,) = attempts(street)
    assert (kept.validity, kept.note, kept.counted) == ("no_answer", "无人接听", False)
    case = street.case(number)
    assert (case.state, case.callback_valid, case.satisfaction) == ("to_follow_up", False, None)


def test_whom_nobody_reached_rests_for_this_hour_and_then_comes_back(sign_in_as, street, clock):
    first, second = street.worked("to_follow_up"), street.worked("to_follow_up")
    browser = sign_in_as("caller")
    unreached(browser, started(browser), first, "no_answer")
    page = visit(browser, HERE)
    assert page.form(f"{second}/start")
    assert "本时段已拨" in page.text
    assert "已拨 1 次" in page.text
    unreached(browser, started(browser), second, "no_answer")
    page = visit(browser, HERE)
    assert "开始回访" not in page.text
    assert "待您回访 2 件" in page.text
    clock.shift(3600)
    page = visit(sign_in_as("caller"), HERE)
    assert page.form(f"{first}/start")
    assert "本时段已拨" not in page.text


def test_what_was_said_in_vain_does_not_become_satisfaction(sign_in_as, street, clock):
    number = street.worked("to_follow_up")
    for _ in range(3):
        browser = sign_in_as("caller")
        unreached(browser, started(browser, number), number, "no_answer")
        clock.shift(3600)
    case = street.case(number)
    assert (case.state, case.callback_valid, case.satisfaction) == ("closed", False, None)
    assert [kept.counted for kept in attempts(street)] == [False, False, False]


def test_a_call_without_an_answer_to_any_question_comes_back(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    page = submit(browser, started(browser), number, note="说稍后再打来")
    assert page.status == 400
    assert page.errors
    assert "说稍后再打来" in page.text
    assert page.links[PHONE] == f"tel:{PHONE}"
    assert attempts(street) == []


def test_what_moved_on_during_the_call_is_told_and_the_form_is_kept(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    page = started(browser)
    street.act("deputy", number, "instruct", text="请回访员尽快回访")
    late = submit(
        browser, page, number, satisfaction="satisfied", resolved="true", note="群众表示感谢"
    )
    assert late.status == 409
    assert "deputy先生" in late.text
    assert "群众表示感谢" in late.text
    assert attempts(street) == []
    submit(browser, late, number, satisfaction="satisfied")
    (kept,) = attempts(street)
    assert (kept.resolved, kept.note, kept.number_matches) == (True, "群众表示感谢", True)


def test_what_was_closed_during_the_call_keeps_the_note(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    page = started(browser)
    street.act(
        "caller", number, "follow_up", validity="valid", resolved=True, satisfaction="satisfied"
    )
    late = submit(browser, page, number, satisfaction="basically", note="群众表示感谢")
    assert late.status == 409
    assert "不再等待回访" in late.text
    assert "群众表示感谢" in late.text


def test_a_second_press_of_the_same_button_records_one_call(sign_in_as, street):
    number = street.worked("to_follow_up")
    browser = sign_in_as("caller")
    page = started(browser)
    for _ in range(2):
        submit(browser, page, number, satisfaction="satisfied")
    assert len(attempts(street)) == 1


def test_every_answer_has_a_button_and_enter_chooses_none(sign_in_as, street):
    street.worked("to_follow_up")
    page = started(sign_in_as("caller"))
    buttons = {b.get("value") for b in page.root.all("button")}
    assert {*Satisfaction, *CallValidity} - {CallValidity.VALID} <= buttons
    for form in page.root.all("form"):
        if form.get("action").startswith(HERE):
            assert "disabled" in form.all("button")[0].attributes


def test_the_page_counts_what_it_lists(sign_in_as, street):
    for _ in range(3):
        street.worked("to_follow_up")
    street.worked("to_review")
    page = visit(sign_in_as("caller"), HERE)
    assert "待您回访 3 件" in page.text
    assert "共 3 件" in page.text
    rows = [row for row in page.root.all("tr") if "data-row" in row.attributes]
    assert len(rows) == calls_to_make(street.ctx("caller")).total == 3


def test_an_empty_list_says_why(sign_in_as, street):
    assert "没有等待回访的工单" in visit(sign_in_as("caller"), HERE).text


@pytest.mark.parametrize("who", ["operator", "dispatcher", "handler", "supervisor", "admin"])
def test_it_is_for_those_who_call_back(sign_in_as, who):
    assert sign_in_as(who).get(HERE).status_code == 403


def test_more_calls_cost_no_more_statements(sign_in_as, street, count_queries):
    browser = sign_in_as("caller")
    for _ in range(2):
        street.worked("to_follow_up")
    browser.get(HERE)
    with count_queries() as few:
        browser.get(HERE)
    for _ in range(4):
        street.worked("to_follow_up")
    with count_queries() as many:
        browser.get(HERE)
    assert len(many) == len(few)
