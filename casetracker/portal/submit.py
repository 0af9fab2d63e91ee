"""我要反映: one question a page, without an account and without JavaScript.

What was answered travels along in hidden fields; the same form sent twice makes one case.
"""

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from casetracker.domain.errors import DomainError, TooManyAttempts
from casetracker.domain.vocabulary import UnitKind
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.portal import grants
from casetracker.portal.commands import Request
from casetracker.portal.frame import resident
from casetracker.portal.photos import keep_photos
from casetracker.portal.words import asked_plainly
from casetracker.services.residents.public_intake import submit_request
from casetracker.web.forms import (
    OF_THE_WHOLE,
    TOKEN,
    Form,
    empty_form,
    form_key,
    form_token,
    submitted,
)
from casetracker.web.guards import public
from casetracker.web.problems import waiting_time
from casetracker.web.redirects import redirect_to

pages = Blueprint("submit", __name__)
SEND = "send"
TOO_MANY = "短时间内提交得太多了，请在{wait}后再提交。已填写的内容还在，急事请拨打服务电话。"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form and the fields that it asks for."""

    name: str
    title: str
    fields: tuple[str, ...]


STEPS = (
    Step("matter", "您要反映什么事？", ("content",)),
    Step("kind", "这件事属于哪一类？", ("kind",)),
    Step("place", "事情发生在哪里？", ("location.unit", "location.address")),
    Step(
        "sender",
        "怎么联系您？",
        ("petitioner.name", "petitioner.phone", "petitioner.confidential", "petitioner.no_calls"),
    ),
    Step("check", "核对一下，然后提交", ()),
)
NAMES = tuple(step.name for step in STEPS)


@pages.get("/submit")
@public
def show() -> ResponseReturnValue:
    return _page(empty_form(Request), STEPS[0])


@pages.post("/submit")
@public
def answer() -> ResponseReturnValue:
    """On to the next question, back to an earlier one, or the whole is handed in."""
    form = asked_plainly(submitted(Request))
    wanted = request.form.get("do", SEND)
    place = NAMES.index(wanted) if wanted in NAMES else len(STEPS)
    unanswered = _first_with_errors(form, place)
    if unanswered is not None:
        form.errors = {n: e for n, e in form.errors.items() if n in unanswered.fields}
        return _page(form, unanswered)
    if place < len(STEPS):
        form.errors, form.status = {}, 200
        return _page(form, STEPS[place])
    return _hand_in(form)


def _first_with_errors(form: Form[Request], before: int) -> Step | None:
    """The first question, of those already asked, whose answer cannot be taken."""
    wrong = form.errors.keys()
    return next((step for step in STEPS[:before] if wrong & set(step.fields)), None)


def _hand_in(form: Form[Request]) -> Response:
    assert form.command is not None  # no question has a wrong answer
    try:
        outcome = submit_request(resident(form_key()), form.command.as_registration())
    except TooManyAttempts as error:
        return _refused(form, error)
    except DomainError as error:
        form.refuse(error)
        return _page(form, _first_with_errors(form, len(STEPS)) or STEPS[-1])
    code = outcome.facts["query_code"]
    keep_photos(outcome.number, code)
    grants.give(outcome.number, code, is_new=True)
    return redirect_to(url_for("portal.progress.receipt"), "/")


def _refused(form: Form[Request], error: TooManyAttempts) -> Response:
    seconds = error.facts["retry_after_s"]
    form.status = 429
    form.errors[OF_THE_WHOLE] = [TOO_MANY.format(wait=waiting_time(seconds))]
    response = _page(form, STEPS[-1])
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(form: Form[Request], step: Step) -> Response:
    place = STEPS.index(step)
    page = render_template(
        "portal/submit.html",
        form=form,
        command=form.command,
        step=step,
        place=place,
        steps=STEPS,
        carried=_carried(form, step),
        token=request.form.get(TOKEN) or form_token(),
        communities=_communities(),
    )
    return make_response(page, form.status)


def _carried(form: Form[Request], step: Step) -> list[tuple[str, str]]:
    """The answers of the other pages, for hidden fields."""
    others = (name for other in STEPS if other is not step for name in other.fields)
    return [(name, form.data[name]) for name in others if form.data.get(name)]


def _communities() -> list[tuple[str, str]]:
    units = reference(db.session()).units.values()
    return [(u.code, u.name) for u in units if u.kind is UnitKind.COMMUNITY and u.is_active]
