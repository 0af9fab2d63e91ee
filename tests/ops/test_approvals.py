"""The queue of decisions: replies to sign and requests to grant, never by whoever asked."""

import re

import pytest

from casetracker.domain.vocabulary import RequestKind
from casetracker.services.desks.decisions import waiting_requests
from casetracker.services.desks.reviews import replies_to_review
from tests.pages import submit, visit

HERE = "/ops/approvals"


def extension(street, days=3, **body):
    number = street.worked("signed", **body)
    street.act(
        "handler", number, "request_extension", days=days, reason="construction_period",
        text="换杆需三个工作日施工。",
    )  # fmt: skip
    return number


def test_a_reply_is_signed_with_everything_on_one_page(sign_in_as, street):
    number = street.worked("to_review")
    browser = sign_in_as("head")
    page = visit(browser, HERE)
    for words in ("路灯不亮", "已修好", "现场.jpg", "handler先生", "已联系上", "由单位负责人审核"):
        assert words in page.text, words
    done = submit(browser, page, f"{number}/reply", do="approve")
    assert "已审核通过" in done.text
    case = street.case(number)
    assert case.state == "to_follow_up"
    assert case.replied_at == street.now


def test_a_reply_is_sent_back_with_a_word(sign_in_as, street):
    number = street.worked("to_review")
    browser = sign_in_as("head")
    page = visit(browser, HERE)
    submit(browser, page, f"{number}/reply", do="send_back", note="请补充照片")
    assert street.case(number).state == "handling"


def test_sending_back_without_a_word_keeps_the_page(sign_in_as, street):
    number = street.worked("to_review")
    browser = sign_in_as("head")
    page = submit(browser, visit(browser, HERE), f"{number}/reply", do="send_back")
    assert page.status == 400
    assert page.errors
    assert street.case(number).state == "to_review"


def test_a_second_press_of_the_same_form_signs_once(sign_in_as, street):
    number = street.worked("to_review")
    browser = sign_in_as("head")
    page = visit(browser, HERE)
    submit(browser, page, f"{number}/reply", do="approve")
    signed = street.case(number).version
    again = submit(browser, page, f"{number}/reply", do="approve")
    assert again.status == 200
    assert street.case(number).version == signed


def test_what_moved_on_meanwhile_is_told_and_the_words_are_kept(sign_in_as, street):
    number = street.worked("to_review")
    browser = sign_in_as("head")
    page = visit(browser, HERE)
    street.act("deputy", number, "send_back", note="补充材料")
    late = submit(browser, page, f"{number}/reply", do="approve", note="答复清楚，同意")
    assert late.status == 409
    assert "deputy先生" in late.text
    assert "答复清楚，同意" in late.text


def test_nobody_is_offered_what_they_wrote_themselves(sign_in_as, street):
    number = street.worked("handling")
    street.add_evidence(number)
    street.act("head", number, "submit", result="resolved", text="负责人自己办理完毕。")
    page = visit(sign_in_as("head"), HERE)
    assert "没有等待您审核的答复" in page.text
    assert "须由他人审核" in page.text
    assert "不能审核自己提交的答复" in page.text
    assert number in visit(sign_in_as("deputy"), HERE).form(f"{number}/reply").get("action")


def test_an_important_reply_waits_for_a_leader(sign_in_as, street):
    number = street.worked("to_review", important=True)
    assert "重件须由领导签发" in visit(sign_in_as("head"), HERE).text
    browser = sign_in_as("leader")
    submit(browser, visit(browser, HERE), f"{number}/reply", do="approve", via="visit")
    assert street.case(number).state == "to_follow_up"


def test_an_extension_shows_the_date_it_would_lead_to_and_keeps_the_promise(sign_in_as, street):
    number = extension(street)
    found = waiting_requests(street.ctx("deputy"), [RequestKind.EXTENSION]).requests[0]
    browser = sign_in_as("deputy")
    page = visit(browser, HERE)
    assert "工期" in page.text or "施工" in page.text
    assert "批准后延至" in page.text.replace(" ", "")
    submit(browser, page, f"{number}/request/extension", note="同意", granted="true")
    assert street.case(number).handle_due_at == found.preview.new_due_at
    assert found.preview.new_due_at > found.preview.old_due_at


def test_an_extension_of_an_upstream_ticket_says_that_it_moves_nothing(sign_in_as, street):
    extension(street, external_number="SZ-77", external_due_at="2026-03-20 18:00")
    assert "以上级平台时限为准" in visit(sign_in_as("deputy"), HERE).text


def test_a_hold_is_decided_with_its_plan_before_ones_eyes(sign_in_as, street):
    number = street.worked("handling")
    street.act("handler", number, "request_hold", text="需列入改造计划", plan="九月底完工")
    browser = sign_in_as("deputy")
    page = visit(browser, HERE)
    assert "九月底完工" in page.text
    submit(browser, page, f"{number}/request/hold", note="先行处置", granted="false")
    assert street.case(number).state == "handling"
    assert "没有等待您审批的申请" in visit(browser, HERE).text


def test_an_exclusion_is_granted_by_another_person(sign_in_as, street):
    number = street.worked("handling")
    street.act("handler", number, "exclude", reason="beyond_powers", text="属区级权限",
        document_number="新街权责〔2026〕3号",
    )  # fmt: skip
    browser = sign_in_as("leader")
    submit(
        browser, visit(browser, HERE), f"{number}/request/exclusion", note="属实", granted="true"
    )
    assert street.case(number).excluded == "beyond_powers"


def test_a_decision_without_a_word_comes_back(sign_in_as, street):
    number = extension(street)
    browser = sign_in_as("deputy")
    page = submit(
        browser, visit(browser, HERE), f"{number}/request/extension", note="", granted="true"
    )
    assert page.status == 400
    assert page.errors


def test_the_page_counts_what_it_lists(sign_in_as, street):
    for _ in range(2):
        street.worked("to_review")
    extension(street)
    page = visit(sign_in_as("deputy"), HERE)
    assert "待您审核的答复 2 件 · 待您审批的申请 1 件" in page.text
    assert replies_to_review(street.ctx("deputy")).total == 2
    assert waiting_requests(street.ctx("deputy"), [RequestKind.EXTENSION]).total == 1


def test_another_units_matters_are_not_ones_own(sign_in_as, street):
    number = street.worked("to_review")
    browser = sign_in_as("other_head")
    page = visit(browser, HERE)
    assert number not in page.text
    assert browser.get(f"{HERE}?open={number}").status_code == 404


def test_a_unit_head_decides_no_extensions(sign_in_as, street):
    number = extension(street)
    browser = sign_in_as("head")
    page = visit(browser, HERE)
    assert number not in page.text
    token = page.root.all("meta")
    csrf = next(m.get("content") for m in token if m.get("name") == "csrf-token")
    answer = browser.post(
        f"{HERE}/{number}/request/extension",
        data={"csrf_token": csrf, "note": "同意", "granted": "true"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["operator", "dispatcher", "handler", "caller", "admin"])
def test_it_is_for_those_who_decide(sign_in_as, who):
    assert sign_in_as(who).get(HERE).status_code == 403


def test_what_was_written_stays_words(sign_in_as, street):
    number = street.worked("handling")
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="<script>alert(1)</script>好")
    html = sign_in_as("head").get(HERE).get_data(as_text=True)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_more_decisions_cost_no_more_statements(sign_in_as, street, count_queries):
    browser = sign_in_as("deputy")
    for _ in range(2):
        street.worked("to_review")
        extension(street)
    browser.get(HERE)
    with count_queries() as few:
        browser.get(HERE)
    for _ in range(4):
        street.worked("to_review")
        extension(street)
    with count_queries() as many:
        browser.get(HERE)
    assert len(many) == len(few)


def test_the_evidence_can_be_seen_and_opened(sign_in_as, street):
    street.worked("to_review")
    page = visit(sign_in_as("head"), HERE)
    photo = next(one.get("src") for one in page.root.all("img"))
    assert photo == page.links["现场.jpg"]
    assert re.fullmatch(r"/ops/cases/files/\d+", photo)
