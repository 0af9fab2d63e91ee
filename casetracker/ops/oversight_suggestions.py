"""提请督办: what the rules of supervision found, and putting it aside with a reason."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.oversight_vocabulary import SuggestionStatus
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.services.commands.oversight import DismissSuggestion
from casetracker.services.oversight.suggestions import dismiss_suggestion, suggestions
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("oversight_suggestions", __name__, url_prefix="/oversight/suggestions")
DESK = "/ops/oversight"


@pages.get("")
@requires(Right.CASES_SUPERVISE)
def show() -> str:
    return _page(_status())


@pages.post("/<int:row_id>/dismiss")
@requires(Right.CASES_SUPERVISE)
def dismiss(row_id: int) -> ResponseReturnValue:
    form = submitted(DismissSuggestion)
    ctx = current_context("ops", form_key())
    form.attempt(lambda command: dismiss_suggestion(ctx, row_id, command))
    if form.command is None or form.errors:
        page = _page(SuggestionStatus.PENDING, form, row_id)
        return make_response(page, form.status)
    flash("已记录不予督办。", "success")
    return redirect_to(f"{DESK}#suggestions", "/ops/")


def _page(
    status: SuggestionStatus, form: Form[DismissSuggestion] | None = None, on: int = 0
) -> str:
    return render_template(
        "ops/oversight/suggestions.html",
        found=suggestions(current_context("ops"), status),
        status=status,
        tabs_shown=_tabs(status),
        typed=form or empty_form(DismissSuggestion),
        typed_on=on,
        case_url=case_url,
    )


def _status() -> SuggestionStatus:
    asked = request.args.get("status", "")
    return SuggestionStatus(asked) if asked in list(SuggestionStatus) else SuggestionStatus.PENDING


def _tabs(chosen: SuggestionStatus) -> list[dict[str, Any]]:
    return [
        {
            "text": label(one),
            "url": url_for("ops.oversight_suggestions.show", status=one.value),
            "active": one is chosen,
        }
        for one in SuggestionStatus
    ]
