"""评价: both questions, once per reply, and what an unhappy answer sets going."""

import pytest

from casetracker.domain.vocabulary import State


@pytest.fixture
def answered(visitor, street):
    """A matter that the visitor handed in and that was replied to; its number."""
    number, _ = visitor.receipt()
    work_on(street, number)
    return number


def work_on(street, number):
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    street.act("handler", number, "sign_for")
    street.act("handler", number, "contact", outcome="reached")
    reply(street, number, "已换灯泡。")


def reply(street, number, text):
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text=text)
    street.act("head", number, "approve")


def judge(visitor, **answers):
    visitor.get("/progress/evaluate")
    return visitor.post("/progress/evaluate", **answers)


def test_a_happy_answer_closes_the_case_and_is_shown_back(visitor, street, answered):
    visitor.follow(judge(visitor, resolved="true", satisfaction="basically"))
    assert "评价已收到" in visitor.page
    assert "基本满意，问题已解决" in visitor.page
    case = street.case(answered)
    assert (case.state, case.satisfaction, case.resolved) == (State.CLOSED, "basically", True)


def test_an_unhappy_answer_keeps_the_case_open_with_its_reason(visitor, street, answered):
    judge(visitor, resolved="false", satisfaction="dissatisfied", because="not_solved", note="还黑")
    case = street.case(answered)
    assert (case.state, case.is_dissatisfied) == (State.TO_FOLLOW_UP, True)
    visitor.get("/progress")
    assert "不满意，问题没有解决" in visitor.page
    assert "正在复核您的评价" in visitor.page
    assert "我来评价" not in visitor.page


@pytest.mark.parametrize("missing", ["resolved", "satisfaction"])
def test_both_questions_have_to_be_answered_and_the_rest_is_kept(
    visitor, street, answered, missing
):
    answers = {"resolved": "true", "satisfaction": "fair", "note": "灯还闪"}
    del answers[missing]
    page = judge(visitor, **answers)
    assert page.status_code == 400
    assert f'id="e-{missing}"' in page.text
    assert "灯还闪</textarea>" in page.text
    assert street.case(answered).satisfaction is None


def test_each_reply_is_judged_once(visitor, street, answered):
    judge(visitor, resolved="true", satisfaction="satisfied")
    assert visitor.get("/progress/evaluate").headers["Location"] == "/progress"
    visitor.get("/progress")
    again = visitor.post("/progress/evaluate", resolved="false", satisfaction="dissatisfied")
    assert again.status_code == 409
    assert street.case(answered).satisfaction == "satisfied"


def test_the_reply_to_a_redo_is_judged_anew(visitor, street, answered):
    judge(visitor, resolved="false", satisfaction="dissatisfied")
    street.act("supervisor", answered, "redo", note="三天内换线路，找王师傅")
    visitor.get("/progress")
    assert "东风社区正在重新办理" in visitor.page
    assert "王师傅" not in visitor.page
    assert "我来评价" not in visitor.page
    reply(street, answered, "线路已换。")
    visitor.get("/progress")
    assert visitor.page.index("线路已换。") < visitor.page.index("已换灯泡。")
    assert judge(visitor, resolved="true", satisfaction="satisfied").status_code == 303


def test_there_is_nothing_to_judge_before_the_reply(visitor, street):
    visitor.receipt()
    assert visitor.get("/progress/evaluate").headers["Location"] == "/progress"
    visitor.get("/progress")
    sent = visitor.post("/progress/evaluate", resolved="true", satisfaction="satisfied")
    assert sent.status_code == 409


def test_after_the_window_a_closed_case_can_no_longer_be_judged(visitor, street, wait):
    number, code = visitor.receipt(petitioner__no_calls="1")
    work_on(street, number)
    wait(days=31)
    visitor.follow(visitor.look(number, code))
    assert "已答复，已办结" in visitor.page
    assert "我来评价" not in visitor.page
