"""评价: the resident judges the reply, once per reply."""

from flask import Blueprint, flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.vocabulary import DissatisfactionReason, Satisfaction
from casetracker.labels import label
from casetracker.portal.commands import Judging
from casetracker.portal.frame import resident
from casetracker.portal.progress import held_case, to_the_question
from casetracker.portal.words import asked_plainly, progress_of
from casetracker.services.commands.answering import Evaluate
from casetracker.services.residents.public_reading import PublicCase
from casetracker.services.steps.follow_ups import evaluate_case
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import public
from casetracker.web.redirects import redirect_to

pages = Blueprint("evaluate", __name__)
THANKS = "评价已收到，谢谢您。"


@pages.get("/progress/evaluate")
@public
def show() -> ResponseReturnValue:
    _, case = held_case()
    if case is None:
        return to_the_question()
    if not case.may_judge:
        return redirect_to(url_for("portal.progress.show"), "/")
    return _page(case, empty_form(Judging))


@pages.post("/progress/evaluate")
@public
def send() -> ResponseReturnValue:
    form = asked_plainly(submitted(Judging))
    grant, case = held_case()
    if grant is None or case is None:
        return to_the_question()
    done = form.attempt(
        lambda given: evaluate_case(
            resident(form_key()),
            grant.number,
            Evaluate(query_code=grant.code, **given.model_dump()),
        )
    )
    if done is None:
        return _page(case, form)
    flash(THANKS, "success")
    return redirect_to(url_for("portal.progress.show"), "/")


def _page(case: PublicCase, form: Form[Judging]) -> ResponseReturnValue:
    page = render_template(
        "portal/evaluate.html",
        case=progress_of(case),
        form=form,
        answers=[(one.value, label(one)) for one in Satisfaction],
        reasons=[(one.value, label(one)) for one in DissatisfactionReason],
    )
    return make_response(page, form.status)
