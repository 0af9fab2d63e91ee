"""Where one's own matter stands, the receipt, and urging; for a browser that holds a grant."""

from flask import Blueprint, flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.portal import grants
from casetracker.portal.commands import Urging
from casetracker.portal.frame import resident
from casetracker.portal.grants import Grant
from casetracker.portal.petition_words import petition_progress
from casetracker.portal.words import progress_of, receipt_of
from casetracker.services.commands.answering import UrgeByResident
from casetracker.services.residents.public_reading import PublicCase, read_public
from casetracker.services.steps.oversight import urge_by_resident
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import public
from casetracker.web.redirects import redirect_to

pages = Blueprint("progress", __name__)
GRANT_IS_OVER = "为保护个人信息，请输入受理编号和查询码。"
URGED = "已催办，承办单位会收到提醒。"


@pages.get("/progress")
@public
def show() -> ResponseReturnValue:
    return _page(empty_form(Urging))


@pages.get("/receipt")
@public
def receipt() -> ResponseReturnValue:
    """Right after handing in; may be reloaded, photographed and printed while the grant lasts."""
    grant, case = held_case()
    if grant is None or case is None or not grant.is_new:
        return to_the_question()
    return render_template("portal/receipt.html", receipt=receipt_of(case), grant=grant)


@pages.post("/progress/urge")
@public
def urge() -> ResponseReturnValue:
    form = submitted(Urging)
    grant = grants.held()
    if grant is None:
        return to_the_question()
    done = form.attempt(
        lambda command: urge_by_resident(
            resident(form_key()),
            grant.number,
            UrgeByResident(query_code=grant.code, text=command.text),
        )
    )
    if done is None:
        return _page(form)
    flash(URGED, "success")
    return redirect_to(url_for("portal.progress.show"), "/")


def held_case() -> tuple[Grant | None, PublicCase | None]:
    """The grant of this browser and the case it opens; a code that no longer fits opens none."""
    grant = grants.held()
    if grant is None:
        return None, None
    try:
        return grant, read_public(resident(), grant.number, grant.code)
    except NotFound:
        return None, None


def to_the_question() -> ResponseReturnValue:
    """Back to where number and code are asked for, saying why."""
    flash(GRANT_IS_OVER, "info")
    return redirect_to(url_for("portal.track.show"), "/")


def _page(form: Form[Urging]) -> ResponseReturnValue:
    _, case = held_case()
    if case is None:
        return to_the_question()
    return make_response(_rendered(case, form), form.status)


def _rendered(case: PublicCase, form: Form[Urging]) -> str:
    """Each track in its own words; of the confidential lane nothing but that it is there."""
    if case.is_sealed:
        return render_template("portal/sealed.html", case=case)
    if case.petition is not None:
        return render_template("portal/petition.html", case=petition_progress(case), form=form)
    return render_template("portal/progress.html", case=progress_of(case), form=form)
