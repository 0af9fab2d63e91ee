"""Signed-in browsers: a random cookie whose hash stands in the database, looked up each request.

Ends after idleness and after its longest life; whoever changes password or rights or disables an
account ends its sessions. Knows no HTTP. Source: docs/rules/permissions.md.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account, SignInSession
from casetracker.services.context import Actor, Context
from casetracker.services.people.account_policy import policy
from casetracker.services.use_case import query, use_case

SEEN_EVERY = timedelta(minutes=1)
"""How exactly idleness is known; spares a write on every request."""
AT_ONCE = 5
"""Browsers one person may be signed in with; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a good cookie, with roles as they are now; flask-login's user."""

    actor: Actor
    session_hash: str
    last_seen_at: datetime
    password_expired: bool
    lacks_second_factor: bool

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.actor.account_id)


@dataclass(frozen=True, slots=True)
class BrowserLine:
    """One of a person's own sessions as they see it."""

    key: str
    created_at: datetime
    last_seen_at: datetime
    ip: str | None
    browser: str | None
    is_this_one: bool


def hash_of(cookie: str) -> str:
    """What is kept of a cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def actor_of(account: Account) -> Actor:
    """The account as the one who acts; unknown roles of an older release are left out."""
    roles = frozenset(role for role in Role if role in account.roles)
    return Actor(account.id, account.name, account.unit_id, roles, account.username)


def start_session(
    ctx: Context, session: Session, account: Account, *, browser: str, second_factor: bool
) -> str:
    """Open a session in the transaction of the sign-in; the cookie's value."""
    cookie = secrets.token_urlsafe(32)
    _make_room(ctx, session, account.id)
    session.add(
        SignInSession(
            id_hash=hash_of(cookie),
            account_id=account.id,
            created_at=ctx.now,
            last_seen_at=ctx.now,
            expires_at=ctx.now + policy().session_life,
            second_factor_at=ctx.now if second_factor else None,
            ip=ctx.ip,
            browser=browser[:200] or None,
        )
    )
    return cookie


def end_sessions(
    ctx: Context, session: Session, account_id: int, *, but: str | None = None
) -> None:
    """End every session of an account in the transaction of the change; `but` names one to keep."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.id_hash != (but or ""),
        )
        .values(ended_at=ctx.now)
    )


def end_one(ctx: Context, session: Session, session_hash: str) -> None:
    """End one session of the actor in the transaction of the change; somebody else's stays."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.id_hash == session_hash,
            SignInSession.account_id == ctx.actor.account_id,
            SignInSession.ended_at.is_(None),
        )
        .values(ended_at=ctx.now)
    )


@query
def find_session(ctx: Context, session: Session, cookie: str) -> SignedIn | None:
    """Whose cookie this is, if it is still good."""
    row = session.execute(
        select(Account, SignInSession)
        .join(SignInSession, SignInSession.account_id == Account.id)
        .where(
            SignInSession.id_hash == hash_of(cookie),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > ctx.now,
            SignInSession.last_seen_at > ctx.now - policy().session_idle,
            Account.is_active,
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    account, seat = row
    actor = actor_of(account)
    return SignedIn(
        actor=actor,
        session_hash=seat.id_hash,
        last_seen_at=seat.last_seen_at,
        password_expired=account.must_change_password
        or policy().is_password_old(account.password_changed_at, ctx.now),
        lacks_second_factor=policy().needs_second_factor(actor.roles) and not account.totp_secret,
    )


@use_case
def note_seen(ctx: Context, session: Session, session_hash: str) -> None:
    """The person is still there."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id_hash == session_hash, SignInSession.ended_at.is_(None))
        .values(last_seen_at=ctx.now)
    )


def _make_room(ctx: Context, session: Session, account_id: int) -> None:
    live = session.scalars(
        select(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .order_by(SignInSession.last_seen_at.desc())
    ).all()
    for old in live[AT_ONCE - 1 :]:
        old.ended_at = ctx.now
