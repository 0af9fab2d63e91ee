"""办事须知: office hours, by when matters are answered, and the rules behind it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.limits import Limit, handle_code, limit_in_force
from casetracker.domain.vocabulary import DayUnit, Kind
from casetracker.labels import label
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.web.context import now
from casetracker.web.guards import public

pages = Blueprint("guidance", __name__)
OF_PETITIONS = ("notify15", "handle60", "simple10", "req_review30", "req_rereview30", "evaluate")
"""Limits that a petitioner should know."""


@pages.get("/guidance")
@public
def show() -> ResponseReturnValue:
    ref = reference(db.session())
    today = local_date(now())
    limits = [(kind, limit_in_force(handle_code(kind), today, ref.limits)) for kind in Kind]
    return render_template(
        "portal/guidance.html",
        limits=[(label(kind), _length(limit), _extension(limit)) for kind, limit in limits],
        evaluation_days=ref.settings["evaluation_days"],
        urges=ref.settings["urge_per_day"],
        dispatch=_length(limit_in_force("dispatch", today, ref.limits)),
        hold_review=_length(limit_in_force("park_review", today, ref.limits)),
        petition={name: _days(limit_in_force(name, today, ref.limits)) for name in OF_PETITIONS},
        petition_extension=limit_in_force("handle60", today, ref.limits).cap_days,
        review_organ=ref.settings["review_organ"],
        final_review_organ=ref.settings["final_review_organ"],
        contact=_length(limit_in_force("contact", today, ref.limits)),
    )


def _length(limit: Limit) -> str:
    return f"{limit.amount} 个{label(limit.unit)}"


def _days(limit: Limit) -> str:
    """As the law words it: plain 日 are calendar days."""
    return f"{limit.amount} 日" if limit.unit is DayUnit.CALENDAR else _length(limit)


def _extension(limit: Limit) -> str:
    return f"{limit.cap_days} 个{label(limit.unit)}" if limit.cap_days else "不延长"
