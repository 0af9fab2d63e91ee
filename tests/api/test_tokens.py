"""Whom a token acts for, and what it is good for."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, NotPermitted
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import AccessRecord, Account, ApiToken
from casetracker.services.context import SYSTEM, Context
from casetracker.services.people import api_clients
from tests.api.conftest import plain_case, problem, token_for


def test_without_a_token_nothing_is_answered_but_how_to_bring_one(program):
    response = program(None).get("/cases")
    problem(response, 401, "unauthenticated")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="casetracker"'


@pytest.mark.parametrize("given", ["Bearer ct_wrong", "Bearer", "Basic YTpi", "Bearer ct_错", "x"])
def test_a_bad_token_is_refused(program, given):
    stranger = program(None)
    response = stranger.call("GET", "/cases", headers={"Authorization": given.encode()})
    problem(response, 401, "invalid_token")
    assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]


def test_a_token_acts_as_its_person(program, street):
    number = program("operator").post("/cases", plain_case()).json["number"]
    entry = program("operator").get(f"/cases/{number}/events").json["items"][0]
    assert entry["actor"] == "operator先生"
    assert entry["door"] == "api"


def test_a_token_reads_only_where_its_scopes_reach(program):
    reader = program("operator", "cases:read")
    assert reader.get("/cases").status_code == 200
    response = reader.post("/cases", plain_case())
    problem(response, 403, "insufficient_scope")
    assert 'scope="cases:write"' in response.headers["WWW-Authenticate"]
    problem(reader.get("/units"), 403, "insufficient_scope")
    writer = program("operator", "cases:write")
    problem(writer.get("/cases"), 403, "insufficient_scope")


def test_roles_are_read_anew_for_every_request(program, street, session):
    operator = program("operator")
    assert operator.post("/cases", plain_case()).status_code == 201
    account = session.scalar(select(Account).where(Account.username == "operator"))
    account.roles = frozenset({Role.FOLLOW_UP})
    session.commit()
    problem(operator.post("/cases", plain_case()), 403, "no_right")
    account.roles = frozenset({Role.AUDITOR})
    session.commit()
    problem(operator.get("/cases"), 403, "no_right")


def test_a_disabled_account_ends_its_tokens_at_once(program, session):
    operator = program("operator")
    assert operator.get("/cases").status_code == 200
    session.scalar(select(Account).where(Account.username == "operator")).is_active = False
    session.commit()
    problem(operator.get("/cases"), 401, "invalid_token")


def test_a_revoked_token_is_no_longer_good(program, street, session):
    operator = program("operator")
    row = session.scalar(select(ApiToken))
    api_clients.revoke_token(Context(SYSTEM, street.now), row.id)
    problem(operator.get("/cases"), 401, "invalid_token")


def test_a_token_ends_on_its_day(program, street):
    operator = program(None)
    ctx = Context(SYSTEM, street.now)
    operator.token = api_clients.issue_token(ctx, "operator", ["cases:read"], days=30)
    assert operator.get("/cases").status_code == 200
    street.wait(days=30)
    problem(operator.get("/cases"), 401, "invalid_token")


def test_the_token_itself_is_kept_nowhere_and_its_issue_is_logged(street, session):
    token = token_for(street, "operator", "cases:read", "cases:write")
    row = session.scalar(select(ApiToken))
    assert token not in (row.token_hash, row.name)
    assert row.scopes == {"cases:read", "cases:write"}
    assert token.startswith("ct_")
    assert len(token) >= 45
    logged = session.scalar(select(AccessRecord).where(AccessRecord.what == Access.TOKEN_ISSUED))
    assert "operator" in logged.detail
    assert token not in logged.detail


def test_only_keepers_of_accounts_give_out_tokens(street):
    with pytest.raises(NotPermitted):
        api_clients.issue_token(street.ctx("operator"), "operator", ["all"])
    assert api_clients.issue_token(street.ctx("admin"), "operator", ["all"])
    with pytest.raises(NotPermitted):
        api_clients.tokens(street.ctx("leader"))
    assert [line.username for line in api_clients.tokens(street.ctx("admin"))] == ["operator"]


@pytest.mark.parametrize("scopes", [[], ["cases:everything"], ["cases:read", "x"], [" "]])
def test_unknown_scopes_are_refused(street, scopes):
    with pytest.raises(InvalidInput) as refused:
        api_clients.issue_token(street.ctx("admin"), "operator", scopes)
    assert refused.value.problems == {"scopes": "unknown_scope"}


def test_nobody_gets_a_token_for_an_unknown_or_disabled_account(street, session):
    with pytest.raises(InvalidInput):
        api_clients.issue_token(street.ctx("admin"), "nobody", ["all"])
    session.scalar(select(Account).where(Account.username == "operator")).is_active = False
    session.commit()
    with pytest.raises(InvalidInput):
        api_clients.issue_token(street.ctx("admin"), "operator", ["all"])


def test_who_asks_is_found_in_one_statement(street, session, count_queries):
    token = token_for(street, "operator")
    ctx = Context(SYSTEM, street.now + timedelta(hours=1))
    with count_queries() as statements:
        found = api_clients.find_client(ctx, token)
    assert found.actor == street.people["operator"]
    assert len(statements) == 1
