"""Who runs a command and when: the only place of this door that reads the clock."""

from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import select

from casetracker.config import Settings
from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.database import db
from casetracker.services.context import SYSTEM, Actor, Context


def now() -> datetime:
    """This moment, in UTC and whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def context_of(username: str | None = None) -> Context:
    """The account named by `--as`, else the system itself. Raises InvalidInput."""
    return Context(SYSTEM if username is None else _actor(username), now(), door="cli")


def settings() -> Settings:
    kept: Settings = current_app.extensions["settings"]
    return kept


def _actor(username: str) -> Actor:
    row = db.session().scalar(
        select(Account).where(Account.username == username, Account.is_active)
    )
    if row is None:
        raise InvalidInput({"--as": "unknown_account"})
    roles = frozenset(Role(code) for code in row.roles)
    return Actor(row.id, row.name, row.unit_id, roles, row.username)
