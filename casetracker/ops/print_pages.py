"""A case on paper: what goes along with a dispatch, the resident masked."""

from flask import Blueprint, render_template

from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Part
from casetracker.labels.of_the_clock import limit_name
from casetracker.ops.acting import case_url
from casetracker.ops.case_story import events_of
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.opening import open_case_file
from casetracker.web.context import current_context
from casetracker.web.guards import requires

pages = Blueprint("printing", __name__, url_prefix="/cases")


@pages.get("/<number>/print")
@requires(Right.CASES_LIST)
def show(number: str) -> str:
    ctx = current_context("ops")
    file = open_case_file(ctx, number)
    open_parts = [part for part in file.parts if part.ended_at is None]
    return render_template(
        "ops/cases/print.html",
        file=file,
        back_url=case_url(number),
        street=reference(db.session()).settings["street_name"],
        lead=next((part for part in open_parts if part.part is Part.LEAD), None),
        co_units=[part for part in open_parts if part.part is not Part.LEAD],
        clocks=[(limit_name(clock.limit), clock) for clock in file.clocks],
        events=events_of(file),
        printed_at=ctx.now,
        printed_by=ctx.actor.name,
    )
