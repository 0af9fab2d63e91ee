"""Somebody to be measured as: an operator with a token, a unit head signed in."""

from datetime import datetime

from flask import Flask
from sqlalchemy import update

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.database import db
from casetracker.services.commands.accounts import CreateAccount
from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.accounts import create_account
from casetracker.services.people.api_clients import issue_token
from casetracker.services.people.sign_in import sign_in
from casetracker.web.security import cookie_name

PASSWORD = "Bench-2026-ji-zhun"


def token_of_operator(now: datetime) -> str:
    """A token that may log cases."""
    ctx = Context(SYSTEM, now, door="bench")
    create_account(ctx, _somebody("operator", "street", Role.OPERATOR))
    return str(issue_token(ctx, "operator", ["cases:read", "cases:write"], "bench"))


def token_of_supervisor(now: datetime) -> str:
    """A token that may read the whole street's figures."""
    ctx = Context(SYSTEM, now, door="bench")
    create_account(ctx, _somebody("overseer", "street", Role.SUPERVISOR))
    return str(issue_token(ctx, "overseer", ["statistics:read"], "bench"))


def sign_in_head(app: Flask, now: datetime) -> str:
    """The cookie of a unit head, whose scope filter is on in every list."""
    ctx = Context(SYSTEM, now, door="bench")
    create_account(ctx, _somebody("chief", "u07", Role.UNIT_HEAD))
    _needs_no_new_password()
    with app.test_request_context():
        return f"{cookie_name()}={sign_in(ctx, 'chief', PASSWORD)}"


def _somebody(username: str, unit: str, role: Role) -> CreateAccount:
    return CreateAccount(
        username=username,
        name=username,
        unit=unit,
        roles=[role],
        password=PASSWORD,
    )


def _needs_no_new_password() -> None:
    session = db.session()
    session.execute(update(Account).values(must_change_password=False))
    session.commit()
