"""信访接待: where, when and how to petition, and when leaders receive (五公开).

Source: 《信访工作条例》 art. 18(1) and (2).
"""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.portal.frame import hours_in_words, resident
from casetracker.services.ledgers.published_schedule import published_schedule
from casetracker.web.guards import public

pages = Blueprint("receptions", __name__)


@pages.get("/receptions")
@public
def show() -> ResponseReturnValue:
    settings = reference(db.session()).settings
    return render_template(
        "portal/receptions.html",
        sessions=published_schedule(resident()),
        address=settings["petition_address"],
        phone=settings["petition_phone"],
        hours=hours_in_words(settings["petition_hours"]),
        representatives=settings["representatives_max"],
    )
