"""What a petitioner asks for at the portal: review, their judgement, more speed, an end."""

from casetracker.domain.vocabulary import State
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.petition import PetitionEvaluation, PetitionReview
from casetracker.persistence.queries.reference import touch
from tests.factories.petitions import assign, classify, petition, serve, worked


class TestReview:
    """申请复查、复核 within the window, late, and where the region closes it."""

    def ask(self, visitor, **fields):
        visitor.get("/progress/review")
        return visitor.post("/progress/review", **fields)

    def test_it_is_asked_at_the_portal_and_goes_to_the_organ_above(self, visitor, street, codes):
        number = worked(street, "served")
        page = visitor.open_up(number, codes)
        assert "申请复查" in page
        assert "4月1日(周三)前" in page
        visitor.follow(self.ask(visitor, reason="事实不清。"))
        assert "申请已登记" in visitor.page
        assert street.case(number).state is State.IN_REVIEW
        row = street.session.query(PetitionReview).one()
        assert (row.requested_by_petitioner, row.is_late, row.reason) == (True, False, "事实不清。")

    def test_after_the_review_it_is_the_final_review(self, visitor, street, codes):
        number = worked(street, "reviewed")
        assert "申请复核" in visitor.open_up(number, codes)
        visitor.follow(self.ask(visitor, reason="不服。"))
        assert street.case(number).state is State.IN_FINAL_REVIEW

    def test_late_it_is_taken_and_marked_and_the_page_says_so(self, visitor, street, codes, wait):
        number = worked(street, "served")
        wait(days=40)
        assert "会注明逾期" in visitor.open_up(number, codes)
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
        page = visitor.open_up(number, codes)
        assert "不再接受申请" in page
        assert "/progress/review" not in page
        refused = visitor.post("/progress/review", reason="不服。")
        assert refused.status_code == 409
        assert "第三十五条" in refused.text
        assert street.case(number).state is State.SERVED

    def test_without_a_reason_it_is_asked_for(self, visitor, street, codes):
        visitor.open_up(worked(street, "served"), codes)
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
        page = visitor.open_up(number, codes)
        assert "/progress/review" not in page
        assert visitor.get("/progress/review").headers["Location"] == "/progress"
        visitor.open_up(number, codes)
        assert visitor.post("/progress/review", reason="不服").status_code == 409

    def test_a_double_click_asks_once(self, visitor, street, codes):
        number = worked(street, "served")
        visitor.open_up(number, codes)
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
        assert "信访部门和责任单位分开评价" in visitor.open_up(number, codes)
        visitor.follow(self.judge(visitor, unit="dissatisfied", note="没修好"))
        assert "我来评价" in visitor.page
        page = visitor.get("/progress/judgement").text
        assert 'name="office"' in page
        assert 'name="unit"' not in page
        visitor.follow(self.judge(visitor, office="basically"))
        assert "我来评价" not in visitor.page
        assert self.given(street) == [("unit", "dissatisfied"), ("office", "basically")]

    def test_neither_is_refused_and_fair_is_not_a_word_of_it(self, visitor, street, codes):
        visitor.open_up(worked(street, "served"), codes)
        refused = self.judge(visitor, note="想说的话")
        assert refused.status_code == 400
        assert "请至少评价一方" in refused.text
        assert "想说的话</textarea>" in refused.text
        assert 'value="fair"' not in refused.text
        assert self.judge(visitor, unit="fair").status_code == 400
        assert self.given(street) == []

    def test_a_party_is_judged_once(self, visitor, street, codes):
        visitor.open_up(worked(street, "served"), codes)
        visitor.follow(self.judge(visitor, unit="satisfied"))
        again = visitor.post("/progress/judgement", unit="dissatisfied")
        assert again.status_code == 409
        assert self.given(street) == [("unit", "satisfied")]

    def test_not_before_the_answer_and_not_after_the_window(self, visitor, street, codes, wait):
        number = worked(street, "to_serve")
        visitor.open_up(number, codes)
        assert visitor.get("/progress/judgement").headers["Location"] == "/progress"
        serve(street, number)
        wait(days=31)
        visitor.open_up(number, codes)
        assert "我来评价" not in visitor.page
        assert visitor.post("/progress/judgement", unit="satisfied").status_code == 409
        assert self.given(street) == []


def test_it_can_be_urged_while_it_is_worked_on(visitor, street, codes):
    number = worked(street, "handling")
    visitor.open_up(number, codes)
    visitor.follow(visitor.post("/progress/urge", text="请快一点"))
    assert street.case(number).urge_count == 1
    visitor.open_up(worked(street, "served"), codes)
    assert visitor.post("/progress/urge").status_code == 409


def test_it_can_be_taken_back_by_who_handed_it_in_alone(visitor, street, codes):
    number = worked(street, "handling")
    visitor.open_up(number, codes)
    visitor.get("/progress/withdraw")
    assert visitor.post("/progress/withdraw", text="").status_code == 400
    visitor.follow(visitor.post("/progress/withdraw", text="已经修好了"))
    assert street.case(number).state is State.WITHDRAWN
    assert visitor.title == "已按您的要求撤回"


def test_what_several_people_signed_is_not_taken_back_by_one(visitor, street, codes):
    number = worked(street, "handling", persons=60)
    page = visitor.open_up(number, codes)
    assert "/progress/withdraw" not in page
    refused = visitor.post("/progress/withdraw", text="不要了")
    assert refused.status_code == 409
    assert street.case(number).state is State.HANDLING
