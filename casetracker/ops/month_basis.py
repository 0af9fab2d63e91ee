"""Which figures of a month a page shows: those frozen, where they are, or the live ones.

And the petitions' figures that stand beside the hotline's, on the same basis.
"""

from dataclasses import dataclass
from typing import Any

from flask import request

from casetracker.domain.frozen.differences import figure_changes
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Track
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.figures import monthly_figures
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.context import Context
from casetracker.web.pagination import address_with

MONTHS = "/ops/reports/months"
BASES = (("frozen", "冻结的数字"), ("live", "现在的数字"))


@dataclass(frozen=True, slots=True)
class MonthBasis:
    """The figures to show, and what is said above them of a frozen month."""

    figures: dict[str, Any]
    snapshot: dict[str, Any] | None
    differs: tuple[int, int]
    tabs: list[dict[str, Any]]
    url: str | None

    @property
    def is_frozen(self) -> bool:
        return bool(self.figures["basis"] == "frozen")


def month_basis(ctx: Context, asked: MonthlyQuestion) -> MonthBasis:
    """Frozen figures where there are some, unless the address asks for the live ones.

    `differs` is how many totals and how many figures of rows are other ones now.
    """
    live = monthly_figures(ctx, asked.model_copy(update={"basis": "live"}))
    may_freeze = ctx.actor.may(Right.REPORTS)
    url = f"{MONTHS}/{asked.month}" if may_freeze else None
    wanted = request.args.get("basis")
    if wanted != "frozen" and live["snapshot"] is None:
        return MonthBasis(live, None, (0, 0), [], url)
    frozen = monthly_figures(ctx, asked.model_copy(update={"basis": "frozen"}))
    figures = live if wanted == "live" else frozen
    changes = list(figure_changes(frozen, live))
    totals = sum(one.label is None for one in changes)
    tabs = [
        {"text": words, "url": address_with(basis=code), "active": figures["basis"] == code}
        for code, words in BASES
    ]
    return MonthBasis(figures, frozen["snapshot"], (totals, len(changes) - totals), tabs, url)


def petitions_beside(ctx: Context, basis: MonthBasis) -> dict[str, Any] | None:
    """The month's petitions by their own definitions; None beside figures of petitions.

    Never added to the hotline's. Frozen where the hotline's are shown frozen.
    """
    profiles, month = reference(db.session()).profiles, basis.figures["month"]
    if profiles.named(basis.figures["profile"], month).track == Track.PETITION:
        return None
    asked = {
        "month": month,
        "profile": profiles.default(month, Track.PETITION).code,
        "by": "track",
        "basis": basis.figures["basis"],
    }
    return monthly_figures(ctx, MonthlyQuestion.model_validate(asked))
