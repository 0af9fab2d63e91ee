"""Where forms at the desk are kept while they are being typed."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.services.receiving.drafts import drop_draft, keep_draft
from casetracker.web.context import current_context
from casetracker.web.forms import NOT_CONTENT
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("drafts", __name__, url_prefix="/drafts")


@pages.post("/<form>")
@requires(Right.SIGN_IN)
def keep(form: str) -> ResponseReturnValue:
    """Keep all fields but tokens and passwords; 204 says that they are kept."""
    typed = {
        name: request.form.getlist(name) if len(request.form.getlist(name)) > 1 else value
        for name, value in request.form.items()
        if name not in NOT_CONTENT and "password" not in name
    }
    keep_draft(current_context("ops"), form, typed)
    return "", 204


@pages.post("/<form>/drop")
@requires(Right.SIGN_IN)
def drop(form: str) -> ResponseReturnValue:
    drop_draft(current_context("ops"), form)
    return redirect_to(request.form.get("next"), url_for("ops.home.show"))
