"""Every action of the hotline track by the API: what happens, and who may not."""

import pytest

from casetracker.domain.hotline import HOTLINE
from casetracker.domain.vocabulary import Action, Role
from casetracker.services.steps.actions import ACTIONS
from tests.api.conftest import ROOT, plain_case, problem
from tests.factories.street import PEOPLE

PROMISED = """
    answer decline group dispatch sign_for request_return decide_return contact log assist
    assist_report whistle arrive settle_whistle score_unit score_street
    request_extension decide_extension request_hold decide_hold release
    submit send_back approve follow_up redo close archive refer withdraw urge supervise
    supervise_report instruct reclassify exclude decide_exclusion appeal decide_appeal
    reinstate decide_reinstatement judge confirm_judgement return_upstream extend_upstream
"""
OF_PETITIONS = """
    classify accept refuse_again forward raise_objection decide_objection redirect
    transfer_confidential assign draft legal_check sign_off serve execute request_review
    decide_review request_final_review decide_final_review conclude evaluate mark_settled
"""


def test_every_promised_action_has_its_own_path(app):
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    promised = f"{PROMISED} {OF_PETITIONS}".split()
    missing = [a for a in promised if f"{ROOT}/cases/<number>/actions/{a}" not in rules]
    assert missing == []
    assert {str(action) for action in ACTIONS} == set(promised) - {"evaluate"}


def test_a_case_goes_its_whole_way_by_the_api(program, street):
    number = program("operator").post("/cases", plain_case()).json["number"]

    def act(who, action, **body):
        response = program(who).act(number, action, body)
        assert response.status_code == 200, response.get_data(as_text=True)
        assert response.headers["ETag"] == f'"{response.json["version"]}"'
        return response.json

    assert act("dispatcher", "dispatch", unit="东风社区")["state"] == "to_sign"
    signed = act("handler", "sign_for")
    assert signed["state"] == "handling"
    assert {line["limit"]: line["status"] for line in signed["due"]}["sign"] == "met"
    assert act("handler", "contact", outcome="reached")["contacted"] is True
    street.add_evidence(number)
    assert act("handler", "submit", result="resolved", text="灯已换好。")["state"] == "to_review"
    assert act("head", "approve")["state"] == "to_follow_up"
    answers = {"validity": "valid", "resolved": True, "satisfaction": "satisfied"}
    assert act("caller", "follow_up", **answers)["state"] == "closed"
    events = program("operator").get(f"/cases/{number}/events").json["items"]
    assert {e["door"] for e in events} == {"api"}


def test_an_action_that_the_state_does_not_have_is_refused_with_what_it_has(program, street):
    number = street.worked("to_sign")
    told = problem(
        program("handler").act(number, "submit", {"result": "resolved", "text": "好了"}),
        409,
        "illegal_transition",
    )
    assert "sign_for" in told["allowed"]
    assert "dispatch" not in told["allowed"]
    assert told["state"] == "to_sign"
    assert "待签收" in told["detail"]


def test_a_condition_that_is_not_met_says_what_is_missing(program, street):
    number = street.worked("signed")
    told = problem(
        program("handler").act(number, "submit", {"result": "resolved", "text": "好了"}),
        409,
        "contact_first",
    )
    assert "联系" in told["detail"]


def test_an_action_on_a_foreign_case_looks_like_one_on_no_case(program, street):
    number = street.worked("to_sign")
    problem(program("other_head").act(number, "sign_for"), 404, "not_found")
    problem(program("other_head").act("RX2026-999999", "sign_for"), 404, "not_found")
    assert street.case(number).state == "to_sign"


def test_an_unknown_action_has_no_address(program, street):
    number = street.register().number
    problem(program("dispatcher").act(number, "settle"), 404, "http_404")


def test_a_stale_version_names_who_did_what_and_when(program, street):
    number = street.register().number
    seen = program("operator").get(f"/cases/{number}").headers["ETag"]
    assert program("dispatcher").act(number, "dispatch", {"unit": "东风社区"}).status_code == 200
    response = program("operator").act(number, "urge", {}, If_Match=seen)
    told = problem(response, 409, "stale_version")
    assert told["who"] == "dispatcher先生"
    assert told["action"] == "dispatch"
    assert told["at"] == "2026-03-02T09:30:00+08:00"
    assert told["version"] == 2
    assert response.headers["ETag"] == '"2"'
    assert "dispatcher先生" in told["detail"]
    assert program("operator").act(number, "urge", {}, If_Match='"2"').status_code == 200


def test_a_version_that_was_never_reached_names_the_latest_change(program, street):
    number = street.register().number
    response = program("dispatcher").act(number, "dispatch", {"unit": "东风社区"}, If_Match='"9"')
    told = problem(response, 409, "stale_version")
    assert (told["who"], told["action"]) == ("operator先生", "register")
    assert "已由operator先生于" in told["detail"]


@pytest.mark.parametrize("tag", ["3", '"x"', "W/3", '"1", "2"', '""'])
def test_a_version_that_is_none_is_refused(program, street, tag):
    number = street.register().number
    problem(program("operator").act(number, "urge", {}, If_Match=tag), 400, "bad_if_match")


def test_any_version_will_do_when_asked_for(program, street):
    number = street.register().number
    assert program("operator").act(number, "urge", {}, If_Match="*").status_code == 200


def test_an_action_that_needs_no_word_needs_no_body(program, street):
    number = street.worked("to_sign")
    response = program("handler").call("POST", f"/cases/{number}/actions/sign_for")
    assert response.status_code == 200
    other = street.worked("to_dispatch")
    refused = program("dispatcher").call("POST", f"/cases/{other}/actions/dispatch")
    problem(refused, 415, "http_415")


FOREIGN_FIELDS = (
    "status", "state", "version", "community_id", "is_confidential", "due_at_", "id",
)  # fmt: skip
FOREIGN = (
    ("dispatcher", "dispatch", {"unit": "没有这个单位"}, "unit"),
    ("dispatcher", "dispatch", {"unit": "测试街道"}, "unit"),
    ("dispatcher", "dispatch", {"unit": "东风社区", "handler": "other_handler"}, "handler"),
    ("dispatcher", "dispatch", {"unit": "东风社区", "handler": "nobody"}, "handler"),
    ("dispatcher", "dispatch", {"unit": "东风社区", "assisting": ["东风社区"]}, "assisting"),
    ("operator", "group", {"into": "RX2026-999999"}, "into"),
)


@pytest.mark.parametrize(("who", "action", "body", "field"), FOREIGN)
def test_what_a_body_names_is_checked_object_by_object(program, street, who, action, body, field):
    number = street.register().number
    response = program(who).act(number, action, body)
    assert response.status_code in (400, 404)
    if response.status_code == 400:
        assert any(e["field"].startswith(field) for e in response.json["errors"])
    assert street.case(number).version == 1


@pytest.mark.parametrize("field", FOREIGN_FIELDS)
def test_no_action_takes_fields_that_are_not_its_own(program, street, field):
    """Every action × field."""
    number, leader = street.register().number, program("leader")
    for action, spec in ACTIONS.items():
        told = problem(leader.act(number, action, {**spec.example, field: 1}), 400, "invalid_input")
        assert field in {e["field"] for e in told["errors"]}, action
    assert street.case(number).version == 1


def _may(role: Role, action: Action) -> bool:
    return any(role in row.roles for row in HOTLINE.rows if row.action is action)


@pytest.mark.parametrize(
    "who", [name for name in PEOPLE if not name.startswith(("second", "other"))]
)
def test_who_may_not_by_the_table_may_not_by_the_api(program, street, who):
    """Every role × action × state: 403, 404 or 409 for whoever the table does not name."""
    role = PEOPLE[who][0]
    one = program(who)
    states = ("to_dispatch", "to_sign", "signed", "to_review", "to_follow_up", "closed")
    for state in states:
        number = street.worked(state)
        version = street.case(number).version
        for action, spec in ACTIONS.items():
            if _may(role, action):
                continue
            response = one.act(number, action, dict(spec.example))
            assert response.status_code in (403, 404, 409), (who, action, state, response.json)
            if response.status_code == 409:
                assert action not in response.json["allowed"]
        assert street.case(number).version == version
