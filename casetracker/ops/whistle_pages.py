"""吹哨报到登记簿: departments with response rate and mean scores, each figure with its calls."""

from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.oversight_vocabulary import WhistlePart
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.ops.choices import unit_options
from casetracker.ops.list_frame import chips_of
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.oversight import WhistleSearch
from casetracker.services.oversight.whistles import Tally, Whistles, whistle_register
from casetracker.web.context import current_context
from casetracker.web.forms import Form, submitted
from casetracker.web.guards import requires

pages = Blueprint("whistles", __name__, url_prefix="/whistles")


@pages.get("")
@requires(Right.OVERSIGHT_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(WhistleSearch, request.args)
    found = form.attempt(lambda asked: whistle_register(ctx, asked))
    return make_response(_page(form, found), form.status)


def _page(form: Form[WhistleSearch], found: Whistles | None) -> str:
    tallies = [*found.units, found.whole] if found and found.units else []
    return render_template(
        "ops/oversight/whistles.html",
        form=form,
        found=found,
        part=form.command.part if form.command else WhistlePart.CALLED,
        tallies=[_shown(form, one) for one in tallies],
        chips=_chips(form),
        units=unit_options(reference(db.session())),
        case_url=case_url,
    )


def _shown(form: Form[WhistleSearch], one: Tally) -> dict[str, Any]:
    """A department's figures, each with the address of exactly its calls."""
    unit = one.code or form.data.get("unit")
    month = form.data.get("month")
    links = {
        part.value: url_for("ops.whistles.show", unit=unit, month=month, part=part.value)
        for part in WhistlePart
    }
    return {"tally": one, "is_total": one.code is None, "urls": links}


def _chips(form: Form[WhistleSearch]) -> list[dict[str, str]]:
    month, part = form.data.get("month"), form.data.get("part")
    said = {"month": {month: f"吹哨月份：{month}"}} if month else {}
    if part in list(WhistlePart):
        said["part"] = {part: label(WhistlePart(part))}
    return chips_of(form, {}, said)
