"""The sign-in page and the way out."""

from flask import Blueprint, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.accounts import SignInForm
from casetracker.services.people.sign_in import sign_in, sign_out
from casetracker.web.context import current_context, signed_in, stranger_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import public, requires
from casetracker.web.redirects import redirect_to, safe_path
from casetracker.web.security import give_cookie, given_cookie, take_cookie

pages = Blueprint("sign_in", __name__)
HOME = "/ops/"


@pages.get("/sign-in")
@public
def show() -> ResponseReturnValue:
    wanted = request.args.get("next")
    if signed_in() is not None:
        return redirect_to(wanted, HOME)
    return _page(empty_form(SignInForm), wanted)


@pages.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """A good sign-in starts a new session under a new id; what the form session held is dropped."""
    form = submitted(SignInForm)
    wanted = request.form.get("next")
    cookie = form.attempt(_sign_in)
    if cookie is None:
        return make_response(_page(form, wanted), form.status)
    session.clear()
    response = redirect_to(wanted, HOME)
    give_cookie(response, cookie)
    return response


@pages.post("/sign-out")
@requires(Right.SIGN_IN)
def leave() -> ResponseReturnValue:
    sign_out(current_context("ops"), given_cookie())
    session.clear()
    response = redirect_to(url_for("ops.sign_in.show"), HOME)
    take_cookie(response)
    return response


def _sign_in(command: SignInForm) -> str:
    return sign_in(
        stranger_context("ops"),
        command.username,
        command.password.get_secret_value(),
        command.code,
        browser=request.user_agent.string,
    )


def _page(form: Form[SignInForm], wanted: str | None) -> str:
    form.data.pop("code", None)
    return render_template(
        "ops/sign_in.html",
        form=form,
        next=safe_path(wanted, ""),
        street=reference(db.session()).settings["street_name"],
    )
