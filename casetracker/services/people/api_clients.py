"""Programs that act for a person: tokens with scopes, shown once and kept only as a hash.

A token never carries more than its person's own rights, which are read anew on every request.
Source: docs/api.md; RFC 6750.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account, ApiToken
from casetracker.persistence.queries.reference import STAMP_IN_FORCE, note_stamp
from casetracker.services.access_log import note_access
from casetracker.services.context import Actor, Context, require_right
from casetracker.services.lookup import active_account
from casetracker.services.outcome import iso
from casetracker.services.use_case import query, use_case

PREFIX = "ct_"
"""Lets people and scanners of leaked secrets tell what such a string is."""
EVERYTHING = "all"
LONGEST_NAME = 80


class ApiScope(StrEnum):
    """What a token may be used for, within the rights of its person."""

    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    PATROLS_READ = "patrols:read"
    STATISTICS_READ = "statistics:read"
    REFERENCE_READ = "reference:read"


@dataclass(frozen=True, slots=True)
class Client:
    """The person behind a good token, with roles as they are now, and what the token is for."""

    actor: Actor
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token as its keepers see it; the token itself is not kept anywhere."""

    id: int
    username: str
    name: str
    scopes: tuple[str, ...]
    ends_at: str | None
    is_revoked: bool


@use_case
def issue_token(
    ctx: Context,
    session: Session,
    username: str,
    scopes: Iterable[str],
    name: str = "",
    *,
    days: int | None = None,
) -> str:
    """A new token for an active account; the only time that it is shown.

    `scopes` are names of ApiScope, or `all`; `days` until it ends, None for no end.
    Raises NotPermitted, and InvalidInput for an unknown account or scope.
    """
    _check_keeper(ctx)
    account = active_account(session, "user", username)
    wanted = _scopes(scopes)
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            token_hash=hash_of(token),
            account_id=account.id,
            scopes=wanted,
            name=name.strip()[:LONGEST_NAME] or username,
            created_at=ctx.now,
            expires_at=None if days is None else ctx.now + timedelta(days=days),
        )
    )
    note_access(ctx, session, Access.TOKEN_ISSUED, f"{username}: {' '.join(sorted(wanted))}")
    return token


@use_case
def revoke_token(ctx: Context, session: Session, token_id: int) -> None:
    """End a token at once. Raises NotPermitted, NotFound."""
    _check_keeper(ctx)
    row = session.get(ApiToken, token_id)
    if row is None:
        raise NotFound
    row.revoked_at = row.revoked_at or ctx.now
    note_access(ctx, session, Access.TOKEN_REVOKED, f"{token_id}: {row.name}")


@query
def tokens(ctx: Context, session: Session) -> list[TokenLine]:
    """All tokens, the newest first. Raises NotPermitted."""
    _check_keeper(ctx)
    rows = session.execute(
        select(ApiToken, Account.username)
        .join(Account, Account.id == ApiToken.account_id)
        .order_by(ApiToken.id.desc())
    )
    return [
        TokenLine(
            id=row.id,
            username=username,
            name=row.name,
            scopes=tuple(sorted(row.scopes)),
            ends_at=iso(row.expires_at),
            is_revoked=row.revoked_at is not None,
        )
        for row, username in rows
    ]


# Made once and over plain tables: asked at every request.
_A, _T = Account.__table__.c, ApiToken.__table__.c
_CLIENT = (
    select(
        *(_A.id, _A.name, _A.unit_id, _A.roles, _A.username, _T.scopes, _T.expires_at),
        STAMP_IN_FORCE.label("stamp"),
    )
    .join_from(Account.__table__, ApiToken.__table__, _T.account_id == _A.id)
    .where(_T.token_hash == bindparam("token_hash"), _T.revoked_at.is_(None), _A.is_active)
)


@query
def find_client(ctx: Context, session: Session, token: str) -> Client | None:
    """Whom the token acts for; None when it is unknown, ended or revoked, or its account disabled.

    The stamp of the reference data comes along in the one statement: what follows asks for it.
    """
    row = session.execute(_CLIENT, {"token_hash": hash_of(token)}).one_or_none()
    if row is None or (row.expires_at is not None and row.expires_at <= ctx.now):
        return None
    note_stamp(session, row.stamp)
    roles = frozenset(role for role in Role if role in row.roles)
    return Client(Actor(row.id, row.name, row.unit_id, roles, row.username), row.scopes)


def hash_of(token: str) -> str:
    """What is kept of a token; it holds 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check_keeper(ctx: Context) -> None:
    if Role.SYSTEM not in ctx.actor.roles:
        require_right(ctx, Right.ACCOUNTS_MANAGE)


def _scopes(names: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(name.strip() for name in names if name.strip())
    if EVERYTHING in wanted:
        return frozenset(ApiScope)
    if not wanted or not wanted <= frozenset(ApiScope):
        raise InvalidInput({"scopes": "unknown_scope"})
    return wanted
