"""One's own account: password, second factor, the browsers one is signed in with."""

from flask import Blueprint, flash, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.labels.of_the_browser import browser_name
from casetracker.services.commands.accounts import ChangePassword, ConfirmCode
from casetracker.services.people.own_account import (
    change_password,
    end_session,
    has_second_factor,
    list_sessions,
    turn_on_second_factor,
)
from casetracker.services.people.second_factor import address_for_app, new_secret
from casetracker.services.people.sessions import SignedIn
from casetracker.web.context import current_context, signed_in
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to
from casetracker.web.security import give_cookie

pages = Blueprint("me", __name__, url_prefix="/me")
PENDING = "pending_second_factor"
"""Where the secret waits in the form session until its first code proves it."""


@pages.get("")
@requires(Right.SIGN_IN)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    return render_template(
        "ops/me/show.html",
        sessions=list_sessions(ctx, this=_person().session_hash),
        second_factor=has_second_factor(ctx),
        browser_name=browser_name,
    )


@pages.post("/sessions/<key>/end")
@requires(Right.SIGN_IN)
def end(key: str) -> ResponseReturnValue:
    end_session(current_context("ops"), key)
    flash("已结束该处登录。", "success")
    return redirect_to(url_for("ops.me.show"), "/ops/")


@pages.get("/password")
@requires(Right.SIGN_IN)
def password() -> ResponseReturnValue:
    return _password_page(empty_form(ChangePassword))


@pages.post("/password")
@requires(Right.SIGN_IN)
def set_password() -> ResponseReturnValue:
    """Ends every other session; this browser goes on under a new id."""
    form = submitted(ChangePassword)
    ctx = current_context("ops")
    cookie = form.attempt(
        lambda command: change_password(ctx, command, browser=request.user_agent.string)
    )
    if cookie is None:
        return make_response(_password_page(form), form.status)
    flash("密码已修改，其他地方的登录已全部退出。", "success")
    response = redirect_to(url_for("ops.home.show"), "/ops/")
    give_cookie(response, cookie)
    return response


@pages.get("/second-factor")
@requires(Right.SIGN_IN)
def second_factor() -> ResponseReturnValue:
    session[PENDING] = session.get(PENDING) or new_secret()
    return _factor_page(empty_form(ConfirmCode))


@pages.post("/second-factor")
@requires(Right.SIGN_IN)
def confirm_second_factor() -> ResponseReturnValue:
    secret = session.get(PENDING)
    if not secret:
        return redirect_to(url_for("ops.me.second_factor"), "/ops/")
    form = submitted(ConfirmCode)
    ctx, keep = current_context("ops"), _person().session_hash
    form.attempt(lambda command: turn_on_second_factor(ctx, secret, command.code, keep=keep))
    if form.errors:
        return make_response(_factor_page(form), form.status)
    session.pop(PENDING)
    flash("动态验证码已启用，下次登录请一并填写。", "success")
    return redirect_to(url_for("ops.me.show"), "/ops/")


def _person() -> SignedIn:
    person = signed_in()
    assert person is not None, "the guard let a stranger through"
    return person


def _password_page(form: Form[ChangePassword]) -> str:
    return render_template("ops/me/password.html", form=form, forced=_person().password_expired)


def _factor_page(form: Form[ConfirmCode]) -> str:
    secret = session[PENDING]
    return render_template(
        "ops/me/second_factor.html",
        form=form,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        address=address_for_app(secret, _person().actor.username),
        replaces=has_second_factor(current_context("ops")),
        forced=_person().lacks_second_factor,
    )
