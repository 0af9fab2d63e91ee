"""Accounts as administrators see them: in the order of their units, searched and narrowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import query

LONG_UNUSED = timedelta(days=90)
"""What nobody uses is to be disabled. Source: GB/T 22239-2019 8.1.4.2 c."""


class Standing(StrEnum):
    """What administrators look for among accounts."""

    ACTIVE = "active"
    NO_ROLES = "no_roles"
    UNUSED = "unused"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as administrators see it; `version` counts what they have decided about it."""

    id: int
    username: str
    name: str
    unit: str
    unit_code: str
    roles: tuple[Role, ...]
    email: str | None
    is_active: bool
    has_second_factor: bool
    must_change_password: bool
    created_at: datetime
    last_signed_in_at: datetime | None
    version: int

    def stands(self, standing: Standing, now: datetime) -> bool:
        """Accounts without roles or long unused are those that could sign in."""
        if standing is Standing.DISABLED or not self.is_active:
            return standing is Standing.DISABLED and not self.is_active
        if standing is Standing.NO_ROLES:
            return not self.roles
        if standing is Standing.UNUSED:
            return (self.last_signed_in_at or self.created_at) < now - LONG_UNUSED
        return True


@query
def list_accounts(ctx: Context, session: Session, words: str = "") -> list[AccountLine]:
    """All accounts in the order of their units; `words` narrows by name, username or unit."""
    require_right(ctx, Right.ACCOUNTS_MANAGE, Right.ROLES_MANAGE)
    rows = session.scalars(select(Account).order_by(Account.unit_id, Account.username))
    words = words.strip().casefold()
    return [
        one
        for one in _lines(session, rows)
        if words in f"{one.username} {one.name} {one.unit}".casefold()
    ]


@query
def account_line(ctx: Context, session: Session, account_id: int) -> AccountLine:
    """One account for its page. Raises NotFound."""
    require_right(ctx, Right.ACCOUNTS_MANAGE, Right.ROLES_MANAGE)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    return next(iter(_lines(session, [account])))


def _lines(session: Session, accounts: Iterable[Account]) -> list[AccountLine]:
    units = reference(session).units
    return [
        AccountLine(
            id=one.id,
            username=one.username,
            name=one.name,
            unit=units[one.unit_id].name,
            unit_code=units[one.unit_id].code,
            roles=tuple(role for role in Role if role in one.roles),
            email=one.email,
            is_active=one.is_active,
            has_second_factor=one.totp_secret is not None,
            must_change_password=one.must_change_password,
            created_at=one.created_at,
            last_signed_in_at=one.last_signed_in_at,
            version=one.rights_version,
        )
        for one in accounts
    ]
