"""One account: its data and password for the system administrator, its roles for the security
administrator (三员分立). Each sees the other's part and cannot touch it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.ops.admin_accounts import password_page, title_for
from casetracker.ops.choices import all_unit_options
from casetracker.ops.role_duties import role_options
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.accounts import ActOnAccount, ChangeAccount, SetRoles
from casetracker.services.commands.fields import Command
from casetracker.services.context import Context
from casetracker.services.people.account_reading import AccountLine, account_line
from casetracker.services.people.accounts import (
    change_account,
    disable_account,
    drop_second_factor,
    enable_account,
    reset_password,
    set_roles,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

C = TypeVar("C", bound=Command)

pages = Blueprint("admin_account", __name__, url_prefix="/admin/accounts")


@pages.get("/<int:account_id>")
@requires(Right.ACCOUNTS_MANAGE, Right.ROLES_MANAGE)
def show(account_id: int) -> str:
    return _page(account_id)


@pages.post("/<int:account_id>")
@requires(Right.ACCOUNTS_MANAGE)
def change(account_id: int) -> ResponseReturnValue:
    return _send(account_id, ChangeAccount, change_account, "账号资料已保存。")


@pages.post("/<int:account_id>/roles")
@requires(Right.ROLES_MANAGE)
def roles(account_id: int) -> ResponseReturnValue:
    return _send(account_id, SetRoles, set_roles, "岗位已设置，该账号须重新登录。")


@pages.post("/<int:account_id>/disable")
@requires(Right.ACCOUNTS_MANAGE)
def disable(account_id: int) -> ResponseReturnValue:
    return _press(account_id, disable_account, "账号已停用，其登录已全部结束。")


@pages.post("/<int:account_id>/enable")
@requires(Right.ACCOUNTS_MANAGE)
def enable(account_id: int) -> ResponseReturnValue:
    return _press(account_id, enable_account, "账号已启用。")


@pages.post("/<int:account_id>/drop-second-factor")
@requires(Right.ROLES_MANAGE)
def drop_factor(account_id: int) -> ResponseReturnValue:
    return _press(account_id, drop_second_factor, "动态验证码已解除，其登录已全部结束。")


@pages.post("/<int:account_id>/reset-password")
@requires(Right.ACCOUNTS_MANAGE)
def reset(account_id: int) -> ResponseReturnValue:
    """As with a new account, the answer to this request alone shows the password."""
    form = submitted(ActOnAccount)
    ctx = current_context("ops", form_key())
    made = form.attempt(lambda _: reset_password(ctx, account_id))
    if made is None:
        return make_response(_page(account_id, form), form.status)
    return password_page(made, "密码已重置")


def _press(
    account_id: int, use_case: Callable[[Context, int], None], words: str
) -> ResponseReturnValue:
    """A button without fields."""
    return _send(account_id, ActOnAccount, lambda ctx, one, _: use_case(ctx, one), words)


def _send(
    account_id: int, model: type[C], use_case: Callable[[Context, int, C], None], words: str
) -> ResponseReturnValue:
    form = submitted(model)
    ctx = current_context("ops", form_key())
    form.attempt(lambda command: use_case(ctx, account_id, command))
    if form.errors:
        return make_response(_page(account_id, form), form.status)
    flash(words, "success")
    return redirect_to(url_for("ops.admin_account.show", account_id=account_id), "/ops/")


def _page(account_id: int, form: Form[Any] | None = None) -> str:
    """The account as it is now, with the form that was sent as it was typed."""
    ctx = current_context("ops")
    account = account_line(ctx, account_id)
    kept = _kept(account)
    if form and form.model is ActOnAccount:  # a button was refused: nothing was typed
        form.data = kept.data
    return render_template(
        "ops/admin/account.html",
        title=title_for(ctx),
        account=account,
        form=form or kept,
        units=all_unit_options(reference(db.session())),
        role_options=role_options(),
        is_self=account.id == ctx.actor.account_id,
        may_manage=ctx.actor.may(Right.ACCOUNTS_MANAGE),
        may_set_roles=ctx.actor.may(Right.ROLES_MANAGE),
    )


def _kept(account: AccountLine) -> Form[Any]:
    """Both forms of the page hold what is kept; their fields have different names."""
    return Form(
        ChangeAccount,
        {
            "name": account.name,
            "unit": account.unit_code,
            "email": account.email,
            "roles": list(account.roles),
        },
    )
