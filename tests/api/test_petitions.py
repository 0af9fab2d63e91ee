"""Petitions by the API: registered, read, listed, taken through their steps, judged."""

import pytest

from casetracker.api.cases import PETITION_EXAMPLE
from tests.api.conftest import problem
from tests.factories.petitions import OPINION, classify, petition, worked

LETTER = {
    "track": "petition",
    "channel": "letter",
    "kind": "complaint",
    "content": "三号楼屋面漏水，请求维修。",
    "petitioner": {"name": "李四"},
}


def test_the_documented_example_is_registered_with_its_clocks(program):
    response = program("clerk").post("/cases", PETITION_EXAMPLE)
    assert response.status_code == 201, response.get_data(as_text=True)
    told = response.json
    assert told["number"].startswith("XF2026-")
    assert told["state"] == "registered"
    assert len(told["query_code"]) == 8
    assert {line["limit"] for line in told["due"]} == {"notify15", "objection5"}
    case = program("clerk").get(f"/cases/{told['number']}").json
    side = case["petition"]
    assert (case["persons"], side["named_persons"], side["representatives"]) == (6, 2, 1)
    assert (side["sender"], side["sent_on"]) == ("区信访局", "2026-02-27")
    assert side["sent_number"] == "区信〔2026〕17号"
    for secret in ("李四", "王五", "13987654321", "13712345678", "420112196503073313"):
        assert secret not in str(case)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"petition": {"oral": True}}, "petition.read_back"),
        ({"petition": {"people": [{"name": "王五"}]}, "persons": 1}, "persons"),
        ({"channel": "visit", "persons": 60}, "petition.people"),
        ({"petition": {"petition_class": "nonsense"}}, "petition.petition_class"),
        ({"petition": {"people": [{"name": ""}]}, "persons": 2}, "petition.people.0.name"),
    ],
)
def test_what_the_law_or_the_form_does_not_allow_is_named_by_its_field(program, more, field):
    told = problem(program("clerk").post("/cases", {**LETTER, **more}), 400, "invalid_input")
    assert [error["field"] for error in told["errors"]] == [field]


def test_a_hotline_case_takes_no_petition_details_and_has_no_petition_side(program, street):
    body = {**LETTER, "track": "hotline", "channel": "mayor_line", "petition": {"joint": True}}
    told = problem(program("operator").post("/cases", body), 400, "invalid_input")
    assert [error["field"] for error in told["errors"]] == ["petition"]
    number = street.worked("to_sign")
    assert program("operator").get(f"/cases/{number}").json["petition"] is None


def test_from_registration_to_service_by_actions_alone(program):
    clerk = program("clerk")
    number = clerk.post("/cases", LETTER).json["number"]
    steps = (
        ("clerk", "classify", {"petition_class": "申诉求决", "subroute": "6", "reason": "漏水"}),
        ("clerk", "accept", {}),
        ("clerk", "serve", {"receiver": "李四"}),
        ("clerk", "assign", {"unit": "东风社区", "recusal_checked": True}),
        ("handler", "draft", OPINION),
        ("adviser", "legal_check", {"granted": True, "note": "合法"}),
        ("leader", "sign_off", {"granted": True}),
        ("clerk", "serve", {"receiver": "李四"}),
    )
    for who, action, body in steps:
        done = program(who).post(f"/cases/{number}/actions/{action}", body)
        assert done.status_code == 200, (action, done.get_data(as_text=True))
    case = clerk.get(f"/cases/{number}").json
    side = case["petition"]
    assert case["state"] == "served"
    assert (side["petition_class"], side["subroute"]) == ("appeal", "6")
    assert side["disposal"] == "accepted"
    assert side["outcome"] == "explained"
    assert side["opinion_number"].endswith("〔2026〕1号")
    for name in ("classified_at", "notified_at", "accepted_at", "assigned_at", "served_at"):
        assert side[name].endswith("+08:00"), name
    assert side["settled_at"] is None
    assert side["concluded_at"] is None
    assert "request_review" in case["allowed"]


def test_reviews_stand_in_the_case_with_their_outcome(program, street):
    number = worked(street, "in_final_review")
    reviews = program("clerk").get(f"/cases/{number}").json["petition"]["reviews"]
    assert [(one["stage"], one["outcome"]) for one in reviews] == [
        ("review", "upheld"), ("final_review", None),
    ]  # fmt: skip


def test_a_step_of_the_other_track_is_refused_and_names_what_is_allowed(program, street):
    number = worked(street, "registered")
    told = problem(
        program("dispatcher").post(f"/cases/{number}/actions/dispatch", {"unit": "东风社区"}),
        409,
        "illegal_transition",
    )
    assert isinstance(told["allowed"], list)
    hotline = street.worked("handling")
    answer = program("clerk").post(f"/cases/{hotline}/actions/accept", {})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"track": "petition"}, {"registered", "handling", "served"}),
        ({"track": "信访件", "state": "handling"}, {"handling"}),
        ({"state": "registered"}, {"registered"}),
        ({"state": "served"}, {"served"}),
        ({"channel": "visit"}, {"handling"}),
        ({"track": "petition", "unit": "东风社区"}, {"handling", "served"}),
        ({"track": "hotline"}, {"hotline"}),
    ],
)
def test_lists_are_narrowed_by_track_and_state(program, street, query, found):
    numbers = {
        "registered": worked(street, "registered"),
        "handling": worked(street, "handling", channel="visit"),
        "served": worked(street, "served"),
        "hotline": street.worked("to_sign"),
    }
    answer = program("supervisor").get("/cases", **query)
    assert answer.status_code == 200
    assert {row["number"] for row in answer.json["items"]} == {numbers[one] for one in found}


def test_every_clock_of_a_petition_explains_its_date(program, street):
    number = worked(street, "in_final_review")
    clocks = program("clerk").get(f"/cases/{number}/deadlines").json["items"]
    limits = {clock["limit"] for clock in clocks}
    assert limits == {
        "notify15", "handle60", "investigate", "req_review30", "evaluate", "review30",
        "req_rereview30", "rereview30",
    }  # fmt: skip
    for clock in clocks:
        assert clock["steps"], clock["limit"]
        assert clock["source"], clock["limit"]


def test_a_date_that_somebody_set_has_no_steps_and_is_no_error(program, street):
    number = worked(street, "classified")
    body = {"organ": "区局", "text": "请办理。", "report_due_on": "2026-04-10"}
    street.act("clerk", number, "forward", **body)
    street.act("clerk", number, "serve", receiver="李四")
    clocks = program("clerk").get(f"/cases/{number}/deadlines").json["items"]
    [report] = [clock for clock in clocks if clock["limit"] == "assign_due"]
    assert report["due_legal"] == "2026-04-10T23:59:59+08:00"


class TestEvaluation:
    """The petitioner's own word with their query code, whoever's token carries it."""

    @pytest.fixture
    def served(self, street, monkeypatch):
        from casetracker.services import query_codes

        monkeypatch.setattr(query_codes, "new_query_code", lambda _: "ABCDEFG2")
        return worked(street, "served")

    def judge(self, program, number, who="operator", **body):
        plain = {"query_code": "ABCDEFG2", "unit": "满意"}
        return program(who).post(f"/cases/{number}/actions/evaluate", {**plain, **body})

    def test_both_parties_are_judged_apart(self, program, served):
        assert self.judge(program, served, office="dissatisfied").status_code == 200
        side = program("clerk").get(f"/cases/{served}").json["petition"]
        assert {(one["party"], one["satisfaction"]) for one in side["evaluations"]} == {
            ("office", "dissatisfied"), ("unit", "satisfied"),
        }  # fmt: skip
        events = program("clerk").get(f"/cases/{served}/events").json["items"]
        assert {e["actor_role"] for e in events if e["action"] == "evaluate"} == {"resident"}

    def test_a_wrong_code_is_an_unknown_case(self, program, served):
        problem(self.judge(program, served, query_code="ABCDEFG3"), 404, "not_found")

    @pytest.mark.parametrize("word", ["fair", "一般"])
    def test_fair_is_no_word_of_it(self, program, served, word):
        problem(self.judge(program, served, unit=word), 400, "invalid_input")

    def test_once_for_each_party(self, program, served):
        self.judge(program, served)
        problem(self.judge(program, served, unit="basically"), 409, "evaluated_already")

    def test_a_hotline_case_is_judged_at_the_portal(self, program, street):
        number = street.worked("to_follow_up")
        problem(self.judge(program, number, query_code="ABCDEFG2"), 404, "not_found")


class TestAccusations:
    """Registered or found to be one: for every token but the discipline officers' it is nothing."""

    def test_registering_one_answers_with_number_and_code_and_nothing_to_go_on_from(self, program):
        body = {**LETTER, "petition": {"petition_class": "accusation"}}
        told = program("clerk").post("/cases", body)
        assert told.status_code == 201
        assert told.json["due"] == []
        assert told.json["possible_repeats"] == []
        assert told.json["suggestions"] == {"category": [], "unit": []}
        number = told.json["number"]
        for who in ("clerk", "leader", "supervisor", "admin"):
            for path in ("", "/events", "/deadlines"):
                assert program(who).get(f"/cases/{number}{path}").status_code in (403, 404)

    def test_only_the_discipline_officer_reads_it(self, program, street):
        number = petition(street).number
        classify(street, number, petition_class="accusation", subroute=None, reason="违纪")
        assert program("discipline").get(f"/cases/{number}").json["state"] == "in_lane"
        for who in ("clerk", "leader", "supervisor", "operator", "auditor"):
            answer = program(who).get("/cases", track="petition")
            assert answer.status_code == 403 or answer.json["items"] == []
