"""A petition at the portal: what is disclosed, what can be asked, and what stays hidden."""

import re

import pytest

from casetracker.domain.vocabulary import State
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.petition import PetitionEvaluation, PetitionReview
from casetracker.persistence.queries.reference import touch
from tests.factories.petitions import assign, classify, petition, serve, worked

WORDS = "三号楼屋面漏水，请求维修。"


@pytest.fixture
def codes(monkeypatch):
    """Every petition of a test has the same query code, so that the factories need not pass it."""
    from casetracker.services import query_codes

    monkeypatch.setattr(query_codes, "new_query_code", lambda _: "ABCDEFG2")
    return "ABCDEFG2"


def seen(visitor, number, code):
    """The page of the petition, opened with number and code."""
    visitor.follow(visitor.look(number, code))
    return visitor.page


def title(page):
    return re.findall(r"<h1>(.+)</h1>", page)[0]


def stations(page):
    return re.findall(r'class="stations__words"><b>([^<]+)<', page)


@pytest.mark.parametrize(
    ("until", "headline", "passed"),
    [
        ("registered", "已登记，正在甄别由谁办理", ["已登记", "办理中", "已答复"]),
        ("accepted", "已受理，正在交承办单位", ["已登记", "已受理", "办理中", "已答复"]),
        ("handling", "东风社区正在办理", ["已登记", "已受理", "办理中", "已答复"]),
        ("to_check", "东风社区已提出处理意见，正在审核", ["已登记", "已受理", "办理中", "已答复"]),
        ("to_serve", "书面答复已签发，正在送达您", ["已登记", "已受理", "办理中", "已答复"]),
        ("served", "已答复", ["已登记", "已受理", "办理中", "已答复"]),
        ("in_review", "区人民政府正在复查", ["已登记", "已受理", "办理中", "已答复"]),
        ("concluded", "信访程序已终结", ["已登记", "已受理", "办理中", "已答复"]),
    ],
)
def test_each_stage_in_plain_words(visitor, street, codes, until, headline, passed):
    number = worked(street, until, content=WORDS)
    page = seen(visitor, number, codes)
    assert title(page).replace("某区人民政府", "区人民政府") == headline
    assert stations(page) == passed


def test_what_must_be_disclosed_stands_there_with_its_dates(visitor, street, codes, wait):
    number = worked(street, "handling", content=WORDS)
    wait(days=7)
    street.act("handler", number, "request_extension", days=30, reason="expert_opinion",
               text="需鉴定")  # fmt: skip
    street.act("leader", number, "decide_extension", granted=True, note="下不为例")
    page = seen(visitor, number, codes)
    for words in ("登记", "受理", "书面告知已送达", "交东风社区承办", "办理期限延长至"):
        assert f">{words}" in page
    assert "3月9日(周一)" in page
    for secret in ("下不为例", "先生", "李四", "需鉴定"):
        assert secret not in page


def test_a_transfer_tells_from_and_to_whom(visitor, street, codes):
    number = petition(
        street, channel="forwarded", external_number="区信〔2026〕7号",
        petition={"sender": "区信访局", "sent_on": "2026-02-27"},
    ).number  # fmt: skip
    classify(street, number)
    street.act("clerk", number, "forward", organ="区住房局", text="请办理。")
    before = seen(visitor, number, codes)
    assert "区信访局转送、交办到本街道" in before
    assert "2月27日(周五)" in before
    assert "区信〔2026〕7号" in before
    assert title(before) == "已有决定，正在书面告知您"
    assert "区住房局" not in before, "told on paper first"
    serve(street, number)
    after = seen(visitor, number, codes)
    assert title(after) == "已转送区住房局"
    assert "转送区住房局，告知书已送达" in after


@pytest.mark.parametrize(
    ("action", "body", "headline", "words"),
    [
        (
            "decline",
            {"reason": "not_ours", "organ": "区法院", "text": "请向法院。"},
            "不予受理",
            "不予受理，告知书已送达，请向区法院提出",
        ),
        (
            "refuse_again",
            {"review_number": "市复〔2025〕1号", "reviewed_on": "2025-11-20", "text": "相同。"},
            "不再受理",
            "不再受理，告知书已送达",
        ),
    ],
)
def test_a_refusal_is_told_once_its_paper_was_served(
    visitor, street, codes, action, body, headline, words
):
    number = worked(street, "classified")
    street.act("second_clerk", number, action, **body)
    assert title(seen(visitor, number, codes)) == "已有决定，正在书面告知您"
    serve(street, number)
    page = seen(visitor, number, codes)
    assert title(page) == headline
    assert words in page
    assert stations(page) == ["已登记", headline]


def test_by_when_the_next_thing_comes(visitor, street, codes):
    number = worked(street, "registered")
    assert "最迟书面告知" in seen(visitor, number, codes)
    number = worked(street, "accepted")
    assert "最迟答复" in seen(visitor, number, codes)
    number = worked(street, "in_review")
    assert "复查机关最迟答复" in seen(visitor, number, codes)


def test_the_answer_is_read_with_its_remedy(visitor, street, codes):
    page = seen(visitor, worked(street, "served", content=WORDS), codes)
    assert "由物业公司使用维修资金完成屋面防水维修" in page
    assert "书面申请复查" in page
    assert WORDS in page


def test_issued_papers_are_linked_and_open_for_this_browser_alone(
    visitor, another, street, codes, store, real_papers
):
    number = worked(street, "served")
    page = seen(visitor, number, codes)
    [address] = set(re.findall(r'href="(/progress/papers/[0-9]+\.pdf)"', page))
    with visitor.get(address) as paper:
        assert paper.data[:5] == b"%PDF-"
        assert "no-store" in paper.headers["Cache-Control"]
    assert another().get(address).headers["Location"] == "/track"
    other = another("198.51.100.4")
    seen(other, worked(street, "registered"), codes)
    assert other.get(address).status_code == 404


def test_who_asked_for_confidentiality_sees_dates_and_no_words(visitor, street, codes):
    number = worked(
        street, "served", content=WORDS, petitioner={"name": "李四", "confidential": True}
    )
    page = seen(visitor, number, codes)
    assert title(page) == "已答复"
    assert "交东风社区承办" in page
    assert "您要求保密" in page
    assert "屋面" not in page, page
    assert "/progress/papers/" not in page


class TestReview:
    """申请复查、复核 within the window, late, and where the region closes it."""

    def ask(self, visitor, **fields):
        visitor.get("/progress/review")
        return visitor.post("/progress/review", **fields)

    def test_it_is_asked_at_the_portal_and_goes_to_the_organ_above(self, visitor, street, codes):
        number = worked(street, "served")
        page = seen(visitor, number, codes)
        assert "申请复查" in page
        assert "4月1日(周三)前" in page
        visitor.follow(self.ask(visitor, reason="事实不清。"))
        assert "申请已登记" in visitor.page
        assert street.case(number).state is State.IN_REVIEW
        row = street.session.query(PetitionReview).one()
        assert (row.requested_by_petitioner, row.is_late, row.reason) == (True, False, "事实不清。")

    def test_after_the_review_it_is_the_final_review(self, visitor, street, codes):
        number = worked(street, "reviewed")
        assert "申请复核" in seen(visitor, number, codes)
        visitor.follow(self.ask(visitor, reason="不服。"))
        assert street.case(number).state is State.IN_FINAL_REVIEW

    def test_late_it_is_taken_and_marked_and_the_page_says_so(self, visitor, street, codes, wait):
        number = worked(street, "served")
        wait(days=40)
        assert "会注明逾期" in seen(visitor, number, codes)
        visitor.follow(self.ask(visitor, reason="不服。"))
        assert street.session.query(PetitionReview).one().is_late

    def test_where_the_region_closes_the_procedure_it_is_not_offered_and_not_taken(
        self, visitor, street, codes, wait
    ):
        number = worked(street, "served")
        street.session.merge(
            Setting(name="lapse_closes_procedure", value="1", changed_at=street.now)
        )
        touch(street.session, street.now)
        street.session.commit()
        wait(days=40)
        page = seen(visitor, number, codes)
        assert "不再接受申请" in page
        assert "/progress/review" not in page
        refused = visitor.post("/progress/review", reason="不服。")
        assert refused.status_code == 409
        assert "第三十五条" in refused.text
        assert street.case(number).state is State.SERVED

    def test_without_a_reason_it_is_asked_for(self, visitor, street, codes):
        seen(visitor, worked(street, "served"), codes)
        refused = self.ask(visitor, reason=" ")
        assert refused.status_code == 400
        assert "请写明为什么不服" in refused.text

    def test_the_reply_to_a_suggestion_knows_no_review(self, visitor, street, codes):
        number = petition(street, kind="suggestion").number
        classify(street, number, petition_class="suggestion", subroute=None)
        assign(street, number)
        street.act("handler", number, "draft", request="建议", facts="已研究", opinion="采纳",
                   basis="无", advice="adopted")  # fmt: skip
        street.act("deputy", number, "sign_off", granted=True)
        serve(street, number)
        page = seen(visitor, number, codes)
        assert "/progress/review" not in page
        assert visitor.get("/progress/review").headers["Location"] == "/progress"
        seen(visitor, number, codes)
        assert visitor.post("/progress/review", reason="不服").status_code == 409

    def test_a_double_click_asks_once(self, visitor, street, codes):
        number = worked(street, "served")
        seen(visitor, number, codes)
        visitor.get("/progress/review")
        tokens = dict(visitor.tokens)
        for _ in range(2):
            visitor.tokens = tokens
            assert visitor.post("/progress/review", reason="不服。").status_code == 303
        assert street.session.query(PetitionReview).count() == 1
        assert street.case(number).state is State.IN_REVIEW


class TestJudging:
    """信访部门 and 责任单位 apart, each once, within the window."""

    def judge(self, visitor, **fields):
        visitor.get("/progress/judgement")
        return visitor.post("/progress/judgement", **fields)

    def given(self, street):
        rows = street.session.query(PetitionEvaluation).order_by(PetitionEvaluation.id)
        return [(row.party, row.satisfaction) for row in rows]

    def test_both_at_once_or_one_now_and_one_later(self, visitor, street, codes):
        number = worked(street, "served")
        assert "信访部门和责任单位分开评价" in seen(visitor, number, codes)
        visitor.follow(self.judge(visitor, unit="dissatisfied", note="没修好"))
        assert "我来评价" in visitor.page
        page = visitor.get("/progress/judgement").text
        assert 'name="office"' in page
        assert 'name="unit"' not in page
        visitor.follow(self.judge(visitor, office="basically"))
        assert "我来评价" not in visitor.page
        assert self.given(street) == [("unit", "dissatisfied"), ("office", "basically")]

    def test_neither_is_refused_and_fair_is_not_a_word_of_it(self, visitor, street, codes):
        seen(visitor, worked(street, "served"), codes)
        refused = self.judge(visitor, note="想说的话")
        assert refused.status_code == 400
        assert "请至少评价一方" in refused.text
        assert "想说的话</textarea>" in refused.text
        assert 'value="fair"' not in refused.text
        assert self.judge(visitor, unit="fair").status_code == 400
        assert self.given(street) == []

    def test_a_party_is_judged_once(self, visitor, street, codes):
        seen(visitor, worked(street, "served"), codes)
        visitor.follow(self.judge(visitor, unit="satisfied"))
        again = visitor.post("/progress/judgement", unit="dissatisfied")
        assert again.status_code == 409
        assert self.given(street) == [("unit", "satisfied")]

    def test_not_before_the_answer_and_not_after_the_window(self, visitor, street, codes, wait):
        number = worked(street, "to_serve")
        seen(visitor, number, codes)
        assert visitor.get("/progress/judgement").headers["Location"] == "/progress"
        serve(street, number)
        wait(days=31)
        seen(visitor, number, codes)
        assert "我来评价" not in visitor.page
        assert visitor.post("/progress/judgement", unit="satisfied").status_code == 409
        assert self.given(street) == []


def test_it_can_be_urged_while_it_is_worked_on(visitor, street, codes):
    number = worked(street, "handling")
    seen(visitor, number, codes)
    visitor.follow(visitor.post("/progress/urge", text="请快一点"))
    assert street.case(number).urge_count == 1
    seen(visitor, worked(street, "served"), codes)
    assert visitor.post("/progress/urge").status_code == 409


def test_it_can_be_taken_back_by_who_handed_it_in_alone(visitor, street, codes):
    number = worked(street, "handling")
    seen(visitor, number, codes)
    visitor.get("/progress/withdraw")
    assert visitor.post("/progress/withdraw", text="").status_code == 400
    visitor.follow(visitor.post("/progress/withdraw", text="已经修好了"))
    assert street.case(number).state is State.WITHDRAWN
    assert title(visitor.page) == "已按您的要求撤回"


def test_what_several_people_signed_is_not_taken_back_by_one(visitor, street, codes):
    number = worked(street, "handling", persons=60)
    page = seen(visitor, number, codes)
    assert "/progress/withdraw" not in page
    refused = visitor.post("/progress/withdraw", text="不要了")
    assert refused.status_code == 409
    assert street.case(number).state is State.HANDLING


class TestSealed:
    """What lies in the confidential lane was received; nothing else is said and nothing taken."""

    @pytest.fixture(params=["at_once", "classified", "from_the_hotline", "handed_on"])
    def sealed(self, request, street, codes):
        words = {"content": "举报东风社区主任收礼。"}
        if request.param == "at_once":
            return petition(street, **words, petition={"petition_class": "accusation"}).number
        if request.param == "from_the_hotline":
            number = street.worked("handling", **words)
            street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
            return number
        number = petition(street, **words).number
        classify(street, number, petition_class="accusation", subroute=None, reason="违纪")
        if request.param == "handed_on":
            street.act("discipline", number, "transfer_confidential", reason="移送", organ="区纪委")
        return number

    def test_one_page_for_all_of_them(self, visitor, street, codes, sealed):
        page = seen(visitor, sealed, codes)
        assert title(page) == "已收到，正在依规办理"
        for word in ("东风", "收礼", "纪委", "移送", "检举", "保密", "信访件", "甄别", "期限"):
            assert word not in page, word

    @pytest.mark.parametrize(
        ("path", "fields"),
        [
            ("/progress/urge", {"text": "快"}),
            ("/progress/evaluate", {"resolved": "true", "satisfaction": "fair"}),
            ("/progress/review", {"reason": "不服"}),
            ("/progress/judgement", {"unit": "satisfied"}),
            ("/progress/withdraw", {"text": "算了"}),
        ],
    )
    def test_nothing_can_be_done_to_it(self, visitor, street, codes, sealed, path, fields):
        seen(visitor, sealed, codes)
        version = street.case(sealed).version
        answer = visitor.post(path, **fields)
        assert answer.status_code in (303, 409)
        for word in ("纪委", "移送", "检举", "保密"):
            assert word not in answer.text
        assert street.case(sealed).version == version


def test_a_wrong_code_of_a_petition_tells_nothing(visitor, another, street, codes):
    number = worked(street, "served")
    known = another("198.51.100.1").look(number, "AAAAAAAA")
    unknown = another("198.51.100.2").look("XF2026-999999", "AAAAAAAA")
    assert (known.status_code, len(known.data)) == (404, len(unknown.data))


def test_after_an_order_to_handle_it_anew_it_is_worked_on_again(visitor, street, codes):
    number = worked(street, "in_review")
    street.act("clerk", number, "decide_review", outcome="rehandle", text="事实不清。")
    page = seen(visitor, number, codes)
    assert title(page) == "东风社区正在办理"
    assert "复查意见：撤销并责令重新办理" in page
    assert "给您的答复" in page, "the earlier answer stays to be read"
