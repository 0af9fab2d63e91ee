"""Signing in and out: password, second factor, counted tries, the cookie of a new session.

An unknown name, a disabled account, a wrong password and a wrong code get the same answer at the
same cost. Five failures of a name, or sixty of an address, close it for up to half an hour; that
holds for names nobody has, too. Source: GB/T 22239-2019 8.1.4; OWASP ASVS 5.0 V6.3.
"""

import hashlib
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import DomainError
from casetracker.persistence.account import Account
from casetracker.persistence.database import locked
from casetracker.services.access_log import note_access
from casetracker.services.attempts import Allowance, forgive, give_back, spend
from casetracker.services.context import Context
from casetracker.services.people.passwords import (
    MOST,
    hash_password,
    is_outdated,
    nobody,
    verify_password,
)
from casetracker.services.people.second_factor import use_code
from casetracker.services.people.sessions import actor_of, end_one, hash_of, start_session
from casetracker.services.use_case import query, use_case

PER_NAME = (Allowance("sign_in:name", 5, timedelta(minutes=30)),)
PER_ADDRESS = (Allowance("sign_in:ip", 60, timedelta(minutes=30)),)


class SignInFailed(DomainError):
    """Something about name, password or code is not right; it is not said what."""

    code = "sign_in_failed"


def sign_in(
    ctx: Context, username: str, password: str, code: str | None = None, *, browser: str = ""
) -> str:
    """The value of the cookie of a new session. Raises SignInFailed, TooManyAttempts."""
    name = username.strip().lower()
    target, address = target_of(name), ctx.ip or "unknown"
    spend(ctx, PER_ADDRESS, address)
    spend(ctx, PER_NAME, target)
    found = _account_of(ctx, name)
    kept = found[1] if found else nobody()
    right = len(password) <= MOST and verify_password(kept, password)
    if found is None or not right:
        _note_failure(ctx, found[0] if found else None)
        raise SignInFailed
    rehashed = hash_password(password) if is_outdated(kept) else None
    cookie = _admit(ctx, found[0], kept, code, rehashed, browser)
    if cookie is None:
        _note_failure(ctx, found[0])
        raise SignInFailed
    forgive(ctx, PER_NAME, target)
    give_back(ctx, PER_ADDRESS, address)
    return cookie


@use_case
def sign_out(ctx: Context, session: Session, cookie: str) -> None:
    """End the session of this cookie; nothing happens for one that is no good."""
    if ctx.actor.account_id is None:
        return
    end_one(ctx, session, hash_of(cookie))
    note_access(ctx, session, Access.SIGN_OUT)


@query
def _account_of(ctx: Context, session: Session, name: str) -> tuple[int, str] | None:
    row = session.execute(
        select(Account.id, Account.password_hash).where(
            Account.username == name[:40], Account.is_active
        )
    ).one_or_none()
    return None if row is None else (row.id, row.password_hash)


@use_case
def _admit(
    ctx: Context,
    session: Session,
    account_id: int,
    kept: str,
    code: str | None,
    rehashed: str | None,
    browser: str,
) -> str | None:
    account = session.scalar(locked(session, select(Account).where(Account.id == account_id)))
    if account is None or not account.is_active or account.password_hash != kept:
        return None  # changed while the password was being checked
    if not use_code(account, code, ctx.now):
        return None
    account.password_hash = rehashed or kept
    account.last_signed_in_at = ctx.now
    known = Context(actor_of(account), ctx.now, ctx.request_id, ctx.door, ctx.ip)
    note_access(known, session, Access.SIGN_IN)
    return start_session(
        known, session, account, browser=browser, second_factor=account.totp_secret is not None
    )


@use_case
def _note_failure(ctx: Context, session: Session, account_id: int | None) -> None:
    account = session.get(Account, account_id) if account_id else None
    who = Context(actor_of(account), ctx.now, ctx.request_id, ctx.door, ctx.ip) if account else ctx
    note_access(who, session, Access.SIGN_IN, success=False)


def target_of(name: str) -> str:
    """A name nobody has may be anything, even somebody's password: only its hash is counted."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
