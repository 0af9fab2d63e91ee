"""Commands about accounts: who works here, in which unit, with which roles and password."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

from casetracker.domain.vocabulary import Role
from casetracker.services.commands.fields import Command, Line, OptionalLine, code_of

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,60}(\.[A-Za-z0-9-]{1,60})+")
STAFF = tuple(role for role in Role if role not in (Role.RESIDENT, Role.SYSTEM))


def _username(value: str) -> str:
    name = value.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise PydanticCustomError("bad_username", "bad_username")
    return name


def _email(value: str | None) -> str | None:
    if value is not None and not _EMAIL.fullmatch(value):
        raise PydanticCustomError("bad_email", "bad_email")
    return value


Username = Annotated[str, Field(max_length=80), AfterValidator(_username)]
StaffRole = Annotated[Role, code_of(Role, among=STAFF)]
Name = Annotated[Line, Field(max_length=40)]
Email = Annotated[OptionalLine, AfterValidator(_email)]
Version = Annotated[int | None, Field(title="版本", ge=1)]
"""What the page showed; absent where nobody looked first."""
Secret = Annotated[SecretStr, Field(max_length=400)]


class OpenAccount(Command):
    """新建账号 as the system administrator does it: no roles, a one-time password."""

    username: Username = Field(title="用户名")
    name: Name = Field(title="姓名")
    unit: Line = Field(title="单位")
    email: Email = Field(None, title="电子邮箱")


class CreateAccount(OpenAccount):
    """新建账号; without a password a one-time one is made."""

    roles: tuple[StaffRole, ...] = Field((), title="岗位", max_length=8)
    password: Secret | None = Field(None, title="初始密码")


class ChangeAccount(Command):
    """修改账号: name, unit, mail; roles are set apart."""

    name: Name = Field(title="姓名")
    unit: Line = Field(title="单位")
    email: Email = Field(None, title="电子邮箱")
    version: Version = None


class SetRoles(Command):
    """设置岗位."""

    roles: tuple[StaffRole, ...] = Field((), title="岗位", max_length=8)
    version: Version = None


class ActOnAccount(Command):
    """停用, 启用, 重置密码, 解除动态验证码: nothing to fill in."""


class ChangePassword(Command):
    """修改密码."""

    present: Secret = Field(title="原密码")
    new: Secret = Field(title="新密码")
    again: Secret = Field(title="再输一次新密码")


class ConfirmCode(Command):
    """启用动态验证码."""

    code: Annotated[str, Field(max_length=40)] = Field(title="动态验证码")


class SignInForm(Command):
    """登录."""

    username: Annotated[str, Field(max_length=200)] = Field(title="用户名")
    password: Secret = Field(title="密码")
    code: Annotated[str, Field(max_length=40)] | None = Field(None, title="动态验证码")
