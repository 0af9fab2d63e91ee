"""Accounts: made, changed, disabled, given roles; every such act stands in the access log.

三员分立: the system administrator makes accounts but decides no roles, the security administrator
decides roles but makes no accounts, the auditor only watches; none of them works on cases.
Source: GB/T 22239-2019 8.1.4; docs/rules/permissions.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import (
    Conflict,
    GuardRefused,
    InvalidInput,
    NotFound,
)
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Role
from casetracker.labels import label
from casetracker.labels.refusals import problem_text
from casetracker.persistence.account import Account
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import reference
from casetracker.services.access_log import note_access
from casetracker.services.commands.accounts import ChangeAccount, CreateAccount, SetRoles
from casetracker.services.context import Context, require_right
from casetracker.services.lookup import any_unit
from casetracker.services.people.passwords import hash_password, one_time_password, password_problem
from casetracker.services.people.sessions import end_sessions
from casetracker.services.use_case import query, use_case

KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
"""The three that keep each other in check."""
WORDS = {"name": "姓名", "unit_id": "单位", "email": "电子邮箱"}
"""What can be changed, as the access log names it; the values themselves stay out of it."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account with a fresh password, which is shown once and kept nowhere.

    `password` is None when the same request came before: what it answered is gone.
    """

    id: int
    username: str
    password: str | None


def create_account(ctx: Context, command: CreateAccount) -> NewAccount:
    """A new account with a password to be changed at the first sign-in.

    The system may give roles at once (first start, demonstration); a person must not.
    Raises InvalidInput, NotPermitted.
    """
    password = command.password.get_secret_value() if command.password else one_time_password()
    problem = password_problem(password, command.username) if command.password else None
    if problem:
        raise InvalidInput({"password": problem_text(*problem)})
    kept = hash_password(password)
    _create(ctx, command, kept)
    return _given(ctx, password, kept, Account.username == command.username)


@use_case
def _create(ctx: Context, session: Session, command: CreateAccount, kept: str) -> None:
    by_system = Role.SYSTEM in ctx.actor.roles
    if not by_system:
        require_right(ctx, Right.ACCOUNTS_MANAGE)
    if command.roles and not by_system:
        raise InvalidInput({"roles": "roles_apart"})
    _check_separate(command.roles)
    unit = any_unit(reference(session), "unit", command.unit)
    if session.scalar(select(Account.id).where(Account.username == command.username)):
        raise InvalidInput({"username": "username_taken"})
    account = Account(
        username=command.username,
        name=command.name,
        unit_id=unit.id,
        roles=frozenset(command.roles),
        email=command.email,
        password_hash=kept,
        password_changed_at=ctx.now,
        must_change_password=not by_system or command.password is None,
        created_at=ctx.now,
    )
    session.add(account)
    session.flush()
    note_access(ctx, session, Access.ACCOUNT_CREATED, f"{account.username}，{unit.name}")
    if command.roles:
        note_access(ctx, session, Access.ROLES_SET, _roles_line(account, command.roles))


@use_case
def change_account(ctx: Context, session: Session, account_id: int, command: ChangeAccount) -> None:
    """Name, unit and mail. Another unit is another scope: the account's sessions end."""
    account = _account(ctx, session, account_id, Right.ACCOUNTS_MANAGE)
    _check_version(account, command.version)
    unit = any_unit(reference(session), "unit", command.unit)
    wanted = {"name": command.name, "unit_id": unit.id, "email": command.email}
    changed = [name for name, value in wanted.items() if getattr(account, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(account, name, wanted[name])
    account.rights_version += 1
    if "unit_id" in changed:
        end_sessions(ctx, session, account.id)
    what = "、".join(WORDS[name] for name in changed)
    note_access(ctx, session, Access.ACCOUNT_CHANGED, f"{account.username}，{unit.name}：{what}")


@use_case
def set_roles(ctx: Context, session: Session, account_id: int, command: SetRoles) -> None:
    """Decide what an account may do; its sessions end, so that it holds from the next request.

    Nobody decides their own roles, and the three keepers' roles stay apart from all others.
    """
    account = _account(ctx, session, account_id, Right.ROLES_MANAGE)
    if account.id == ctx.actor.account_id:
        raise GuardRefused("own_roles")
    _check_version(account, command.version)
    _check_separate(command.roles)
    _keep_one_of_each(session, account, frozenset(command.roles))
    held = [role for role in Role if role in account.roles]
    account.roles = frozenset(command.roles)
    _rights_changed(ctx, session, account)
    line = f"{_roles_line(account, command.roles)}（原为{_roles_words(held)}）"
    note_access(ctx, session, Access.ROLES_SET, line)


@use_case
def disable_account(ctx: Context, session: Session, account_id: int) -> None:
    """From now on the account cannot sign in; whoever is signed in is out at once."""
    account = _account(ctx, session, account_id, Right.ACCOUNTS_MANAGE)
    if account.id == ctx.actor.account_id:
        raise GuardRefused("own_account")
    _keep_one_of_each(session, account, frozenset())
    account.is_active = False
    _rights_changed(ctx, session, account)
    note_access(ctx, session, Access.ACCOUNT_DISABLED, account.username)


@use_case
def enable_account(ctx: Context, session: Session, account_id: int) -> None:
    account = _account(ctx, session, account_id, Right.ACCOUNTS_MANAGE)
    account.is_active = True
    note_access(ctx, session, Access.ACCOUNT_ENABLED, account.username)


def reset_password(ctx: Context, account_id: int) -> NewAccount:
    """A new one-time password; the second factor stays as it is. All its sessions end."""
    password = one_time_password()
    kept = hash_password(password)
    _reset(ctx, account_id, kept)
    return _given(ctx, password, kept, Account.id == account_id)


@use_case
def _reset(ctx: Context, session: Session, account_id: int, kept: str) -> None:
    account = _account(ctx, session, account_id, Right.ACCOUNTS_MANAGE)
    account.password_hash = kept
    account.password_changed_at = ctx.now
    account.must_change_password = True
    end_sessions(ctx, session, account.id)
    note_access(ctx, session, Access.PASSWORD_RESET, account.username)


@query
def _given(
    ctx: Context, session: Session, password: str, kept: str, which: ColumnElement[bool]
) -> NewAccount:
    """The account with its new password, if that is the one in force: a repeated request has
    changed nothing.
    """
    row = session.execute(
        select(Account.id, Account.username, Account.password_hash).where(which)
    ).one()
    return NewAccount(row.id, row.username, password if row.password_hash == kept else None)


@use_case
def drop_second_factor(ctx: Context, session: Session, account_id: int) -> None:
    """For a lost phone: by the security administrator, never for oneself."""
    account = _account(ctx, session, account_id, Right.ROLES_MANAGE)
    if account.id == ctx.actor.account_id:
        raise GuardRefused("own_second_factor")
    account.totp_secret, account.totp_last_step = None, None
    end_sessions(ctx, session, account.id)
    note_access(ctx, session, Access.SECOND_FACTOR_OFF, account.username)


def _account(ctx: Context, session: Session, account_id: int, right: Right) -> Account:
    """The account that is to be changed, locked, by somebody who may."""
    require_right(ctx, right)
    account = session.scalar(locked(session, select(Account).where(Account.id == account_id)))
    if account is None:
        raise NotFound
    return account


def _check_version(account: Account, seen: int | None) -> None:
    """Nobody overwrites what another administrator has just decided."""
    if seen is not None and seen != account.rights_version:
        raise Conflict("account_changed")


def _check_separate(roles: Iterable[Role]) -> None:
    """Whoever keeps the others in check does nothing else."""
    wanted = frozenset(roles)
    if wanted & KEEPERS and len(wanted) > 1:
        raise InvalidInput({"roles": "roles_not_separate"})


def _keep_one_of_each(session: Session, account: Account, roles: frozenset[Role]) -> None:
    """The last administrator of a kind cannot be taken away."""
    for role in KEEPERS:
        if role in roles or role not in account.roles or not account.is_active:
            continue
        others = session.scalar(
            select(func.count(Account.id)).where(
                Account.id != account.id, Account.is_active, Account.roles.like(f"%,{role},%")
            )
        )
        if not others:
            raise GuardRefused("last_of_its_role", role=label(role))


def _rights_changed(ctx: Context, session: Session, account: Account) -> None:
    account.rights_version += 1
    end_sessions(ctx, session, account.id)


def _roles_line(account: Account, roles: Iterable[Role]) -> str:
    return f"{account.username}：{_roles_words(roles)}"


def _roles_words(roles: Iterable[Role]) -> str:
    return "、".join(label(role) for role in roles) or "无"
