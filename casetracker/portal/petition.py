"""What a petitioner may ask for on their own petition: 复查、复核, 评价 of both parties, 撤回."""

from collections.abc import Callable

from flask import Blueprint, flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.petition_vocabulary import OFFERED_TO_PETITIONERS
from casetracker.labels import label
from casetracker.portal.commands import AskingReview, JudgingBoth, TakingBack
from casetracker.portal.frame import resident
from casetracker.portal.petition_words import PARTIES, PetitionProgress, petition_progress
from casetracker.portal.progress import held_case, to_the_question
from casetracker.portal.words import asked_plainly
from casetracker.services.commands.petitions import (
    EvaluatePetition,
    ReviewByPetitioner,
    WithdrawByPetitioner,
)
from casetracker.services.outcome import Outcome
from casetracker.services.residents.petitioner_acts import (
    ask_for_review,
    evaluate_petition,
    withdraw_petition,
)
from casetracker.web.forms import C, Form, empty_form, form_key, submitted
from casetracker.web.guards import public
from casetracker.web.redirects import redirect_to

pages = Blueprint("petition", __name__)
ASKED = "申请已登记，街道会转交有权机关，结果写在这里。"
JUDGED = "评价已收到，谢谢您。"
WITHDRAWN = "已撤回。有新的情况可以重新提出。"
Offered = Callable[[PetitionProgress], bool]


@pages.get("/progress/review")
@public
def review() -> ResponseReturnValue:
    return _asked("portal/review.html", AskingReview, _may_ask)


@pages.post("/progress/review")
@public
def ask() -> ResponseReturnValue:
    form = submitted(AskingReview)
    return _sent(
        form,
        "portal/review.html",
        lambda number, code, given: ask_for_review(
            resident(form_key()), number, ReviewByPetitioner(query_code=code, reason=given.reason)
        ),
        ASKED,
    )


@pages.get("/progress/judgement")
@public
def judgement() -> ResponseReturnValue:
    return _asked("portal/judgement.html", JudgingBoth, _may_judge)


@pages.post("/progress/judgement")
@public
def judge() -> ResponseReturnValue:
    form = submitted(JudgingBoth)
    return _sent(
        form,
        "portal/judgement.html",
        lambda number, code, given: evaluate_petition(
            resident(form_key()),
            number,
            EvaluatePetition(query_code=code, **given.model_dump()),
        ),
        JUDGED,
    )


@pages.get("/progress/withdraw")
@public
def withdrawal() -> ResponseReturnValue:
    return _asked("portal/withdraw.html", TakingBack, lambda one: one.petition.may_withdraw)


@pages.post("/progress/withdraw")
@public
def withdraw() -> ResponseReturnValue:
    form = submitted(TakingBack)
    return _sent(
        form,
        "portal/withdraw.html",
        lambda number, code, given: withdraw_petition(
            resident(form_key()), number, WithdrawByPetitioner(query_code=code, text=given.text)
        ),
        WITHDRAWN,
    )


def _may_ask(one: PetitionProgress) -> bool:
    return one.review is not None and not one.review.is_closed


def _may_judge(one: PetitionProgress) -> bool:
    return bool(one.petition.evaluations.open_for)


def _asked(template: str, command: type[C], is_offered: Offered) -> ResponseReturnValue:
    """The empty form, or back to the petition where it is not offered now."""
    _, case = held_case()
    if case is None:
        return to_the_question()
    if case.petition is None or not is_offered(petition_progress(case)):
        return redirect_to(url_for("portal.progress.show"), "/")
    return _page(template, petition_progress(case), empty_form(command))


def _sent(
    form: Form[C], template: str, act: Callable[[str, str, C], Outcome], thanks: str
) -> ResponseReturnValue:
    grant, case = held_case()
    if grant is None or case is None:
        return to_the_question()
    if case.petition is None:
        return redirect_to(url_for("portal.progress.show"), "/")
    done = form.attempt(lambda given: act(grant.number, grant.code, given))
    if done is None:
        return _page(template, petition_progress(case), asked_plainly(form))
    flash(thanks, "success")
    return redirect_to(url_for("portal.progress.show"), "/")


def _page(template: str, case: PetitionProgress, form: Form[C]) -> ResponseReturnValue:
    page = render_template(
        template,
        case=case,
        form=form,
        parties=[(one.value, PARTIES[one]) for one in case.petition.evaluations.open_for],
        answers=[(one.value, label(one)) for one in OFFERED_TO_PETITIONERS],
    )
    return make_response(page, form.status)
