"""查进度: number and query code, by POST only; tries are counted before anything is looked at.

An unknown number and a wrong code get the same page. Source: docs/rules/privacy.md.
"""

from flask import Blueprint, flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound, TooManyAttempts
from casetracker.portal import grants
from casetracker.portal.commands import Look
from casetracker.portal.frame import resident
from casetracker.portal.words import asked_plainly
from casetracker.services.query_codes import forgive_attempts, spend_attempt
from casetracker.services.residents.public_reading import PublicCase, read_public
from casetracker.web.forms import OF_THE_WHOLE, Form, empty_form, submitted
from casetracker.web.guards import public
from casetracker.web.problems import waiting_time
from casetracker.web.redirects import redirect_to

pages = Blueprint("track", __name__)
NO_SUCH_CASE = "受理编号或查询码不对，请对照回执逐字核对后再试。"
LOCKED = "试的次数太多了，为保护个人信息，请在{wait}后再试，或拨打服务电话查询。"


@pages.get("/track")
@public
def show() -> ResponseReturnValue:
    return render_template("portal/track.html", form=empty_form(Look))


@pages.post("/track")
@public
def look() -> ResponseReturnValue:
    form = asked_plainly(submitted(Look))
    retry_after = None
    if form.command is not None:
        try:
            case = _find(form.command)
        except TooManyAttempts as error:
            retry_after = error.facts["retry_after_s"]
            form.status = 429
            form.errors[OF_THE_WHOLE] = [LOCKED.format(wait=waiting_time(retry_after))]
        except NotFound:
            form.status = 404
            form.errors[OF_THE_WHOLE] = [NO_SUCH_CASE]
        else:
            grants.give(case.number, form.command.code)
            return redirect_to(url_for("portal.progress.show"), "/")
    return _again(form, retry_after)


@pages.post("/track/end")
@public
def leave() -> ResponseReturnValue:
    """On a device that others use, too."""
    grants.end()
    flash("已退出查看，这台设备上不再显示您的办件。", "success")
    return redirect_to(url_for("portal.home.show"), "/")


def _find(command: Look) -> PublicCase:
    ctx = resident()
    spend_attempt(ctx, command.number)
    case = read_public(ctx, command.number, command.code)
    forgive_attempts(ctx, command.number)
    return case


def _again(form: Form[Look], retry_after: int | None) -> ResponseReturnValue:
    response = make_response(render_template("portal/track.html", form=form), form.status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
