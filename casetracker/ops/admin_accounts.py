"""账号: the list that two administrators share, and new accounts, which one of them makes."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.ops.choices import all_unit_options
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.accounts import CreateAccount, OpenAccount
from casetracker.services.context import Context
from casetracker.services.people.account_reading import (
    LONG_UNUSED,
    AccountLine,
    Standing,
    account_line,
    list_accounts,
)
from casetracker.services.people.accounts import NewAccount, create_account
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, numbered

pages = Blueprint("admin_accounts", __name__, url_prefix="/admin/accounts")

PAGE = 50
LONGEST_WORDS = 100
STANDINGS = {
    Standing.ACTIVE: "在用",
    Standing.NO_ROLES: "未设岗位",
    Standing.UNUSED: f"{LONG_UNUSED.days} 天未登录",
    Standing.DISABLED: "停用",
}


@pages.get("")
@requires(Right.ACCOUNTS_MANAGE, Right.ROLES_MANAGE)
def show() -> str:
    ctx = current_context("ops")
    words = request.args.get("q", "")[:LONGEST_WORDS]
    found = list_accounts(ctx, words)
    asked = _asked()
    wanted = [one for one in found if asked is None or one.stands(asked, ctx.now)]
    page, lines = numbered(wanted, PAGE)
    return render_template(
        "ops/admin/accounts.html",
        title=title_for(ctx),
        lines=lines,
        page=page,
        words=words,
        asked=asked or "",
        tabs_shown=_tabs(ctx, found),
        may_create=ctx.actor.may(Right.ACCOUNTS_MANAGE),
    )


@pages.get("/new")
@requires(Right.ACCOUNTS_MANAGE)
def new() -> str:
    return _form_page(empty_form(OpenAccount))


@pages.post("/new")
@requires(Right.ACCOUNTS_MANAGE)
def create() -> ResponseReturnValue:
    """The password stands on the answer to this very request and nowhere else, hence no redirect;
    the form sent again makes no second account and shows none.
    """
    ctx = current_context("ops", form_key())
    form = submitted(OpenAccount)
    made = form.attempt(lambda command: create_account(ctx, CreateAccount(**command.model_dump())))
    if made is None:
        return make_response(_form_page(form), form.status)
    return password_page(made, "账号已建立")


def title_for(ctx: Context) -> str:
    """The words of the entry in the navigation that leads here."""
    return "账号与岗位" if ctx.actor.may(Right.ROLES_MANAGE) else "账号"


def password_page(made: NewAccount, title: str) -> str:
    """A one-time password, or that it was shown before."""
    account = account_line(current_context("ops"), made.id)
    return render_template(
        "ops/admin/one_time_password.html", title=title, account=account, password=made.password
    )


def _form_page(form: Form[OpenAccount]) -> str:
    units = all_unit_options(reference(db.session()))
    return render_template("ops/admin/account_new.html", form=form, units=units)


def _asked() -> Standing | None:
    asked = request.args.get("state", "")
    return next((one for one in Standing if one == asked), None)


def _tabs(ctx: Context, found: list[AccountLine]) -> list[dict[str, Any]]:
    """All, and each standing with how many of those found have it."""
    everybody = {"text": "全部", "url": address_with(state=None, page=None)}
    tabs: list[dict[str, Any]] = [{**everybody, "active": _asked() is None, "count": len(found)}]
    for standing, text in STANDINGS.items():
        url = address_with(state=standing, page=None)
        count = sum(one.stands(standing, ctx.now) for one in found)
        tabs.append({"text": text, "url": url, "active": _asked() is standing, "count": count})
    return tabs
