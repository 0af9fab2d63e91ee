"""What people do with their own account: password, second factor, the browsers they sit at."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.labels.refusals import problem_text
from casetracker.persistence.account import Account, SignInSession
from casetracker.persistence.database import locked
from casetracker.services.access_log import note_access
from casetracker.services.attempts import forgive, spend
from casetracker.services.commands.accounts import ChangePassword
from casetracker.services.context import Context
from casetracker.services.people.account_policy import policy
from casetracker.services.people.passwords import hash_password, password_problem, verify_password
from casetracker.services.people.second_factor import matching_step
from casetracker.services.people.sessions import BrowserLine, end_one, end_sessions, start_session
from casetracker.services.people.sign_in import PER_NAME, target_of
from casetracker.services.use_case import query, use_case


def change_password(ctx: Context, command: ChangePassword, *, browser: str = "") -> str:
    """The cookie of a fresh session; every other one of the account ends.

    Raises InvalidInput, and TooManyAttempts after five wrong guesses at the present password.
    """
    present = command.present.get_secret_value()
    new = command.new.get_secret_value()
    target = target_of(ctx.actor.username)
    spend(ctx, PER_NAME, target)
    kept, name = _own(ctx)
    if not verify_password(kept, present):
        raise InvalidInput({"present": "wrong_password"})
    forgive(ctx, PER_NAME, target)
    if new != command.again.get_secret_value():
        raise InvalidInput({"again": "passwords_differ"})
    if new == present:
        raise InvalidInput({"new": "password_unchanged"})
    problem = password_problem(new, ctx.actor.username, name)
    if problem:
        raise InvalidInput({"new": problem_text(*problem)})
    return _change(ctx, kept, hash_password(new), browser)


@query
def _own(ctx: Context, session: Session) -> tuple[str, str]:
    account = session.get_one(Account, ctx.actor.account_id)
    return account.password_hash, account.name


@use_case
def _change(ctx: Context, session: Session, kept: str, new: str, browser: str) -> str:
    account = _locked_own(ctx, session)
    if account.password_hash != kept:
        raise InvalidInput({"present": "wrong_password"})  # changed elsewhere meanwhile
    account.password_hash = new
    account.password_changed_at = ctx.now
    account.must_change_password = False
    end_sessions(ctx, session, account.id)
    note_access(ctx, session, Access.PASSWORD_CHANGED)
    return start_session(
        ctx, session, account, browser=browser, second_factor=account.totp_secret is not None
    )


@use_case
def turn_on_second_factor(
    ctx: Context, session: Session, secret: str, code: str, *, keep: str
) -> None:
    """Bind an authenticator app after its code proved right; other sessions end.

    `keep` is the hash of the session that asks. Raises InvalidInput for a code that does not fit.
    """
    account = _locked_own(ctx, session)
    step = matching_step(secret, code, ctx.now, None)
    if step is None:
        raise InvalidInput({"code": "wrong_code"})
    account.totp_secret, account.totp_last_step = secret, step
    end_sessions(ctx, session, account.id, but=keep)
    note_access(ctx, session, Access.SECOND_FACTOR_ON)


@query
def has_second_factor(ctx: Context, session: Session) -> bool:
    return session.get_one(Account, ctx.actor.account_id).totp_secret is not None


@query
def list_sessions(ctx: Context, session: Session, *, this: str) -> Sequence[BrowserLine]:
    """The browsers one is signed in with, the last used first."""
    rows = session.scalars(
        select(SignInSession)
        .where(
            SignInSession.account_id == ctx.actor.account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > ctx.now,
            SignInSession.last_seen_at > ctx.now - policy().session_idle,
        )
        .order_by(SignInSession.last_seen_at.desc())
    )
    return [
        BrowserLine(
            s.id_hash[:16], s.created_at, s.last_seen_at, s.ip, s.browser, s.id_hash == this
        )
        for s in rows
    ]


@use_case
def end_session(ctx: Context, session: Session, key: str) -> None:
    """End one of one's own sessions, named by the start of its hash. Raises NotFound."""
    found = session.scalar(
        select(SignInSession.id_hash).where(
            SignInSession.account_id == ctx.actor.account_id,
            SignInSession.id_hash.startswith(key, autoescape=True),
            SignInSession.ended_at.is_(None),
        )
    )
    if len(key) != 16 or found is None:
        raise NotFound
    end_one(ctx, session, found)
    note_access(ctx, session, Access.SESSION_ENDED)


def _locked_own(ctx: Context, session: Session) -> Account:
    wanted = select(Account).where(Account.id == ctx.actor.account_id, Account.is_active)
    account = session.scalar(locked(session, wanted))
    if account is None:
        raise NotFound
    return account
