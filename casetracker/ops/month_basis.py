"""Which figures of a month a page shows: those published, where they are, or the live ones.

And the petitions' figures that stand beside the hotline's, on the same basis.
"""

from dataclasses import dataclass
from typing import Any

from flask import request

from casetracker.domain.frozen.differences import figure_changes
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Basis, Track
from casetracker.labels import label
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.figures.monthly import monthly_figures
from casetracker.web.pagination import address_with

MONTHS = "/ops/reports/months"


@dataclass(frozen=True, slots=True)
class MonthBasis:
    """The figures to show, and what is said above them of a frozen month."""

    figures: dict[str, Any]
    snapshot: dict[str, Any] | None
    differs: tuple[int, int]
    tabs: list[dict[str, Any]]
    url: str | None

    @property
    def is_kept(self) -> bool:
        return bool(self.figures["basis"] != Basis.LIVE)


def month_basis(ctx: Context, asked: MonthlyQuestion) -> MonthBasis:
    """What was published of the month, where it was, unless the address asks for other figures.

    `differs` is how many totals and how many figures of rows are other ones now.
    """
    live = monthly_figures(ctx, asked.model_copy(update={"basis": Basis.LIVE}))
    may_freeze = ctx.actor.may(Right.REPORTS)
    url = f"{MONTHS}/{asked.month}" if may_freeze else None
    snapshot = live["snapshot"]
    if snapshot is None:
        figures = live if asked.basis == Basis.LIVE else monthly_figures(ctx, asked)
        return MonthBasis(figures, None, (0, 0), [], url)
    last = Basis.CORRECTED if snapshot["corrections"] else Basis.FROZEN
    published = monthly_figures(ctx, asked.model_copy(update={"basis": last}))
    shown = asked.basis if "basis" in request.args else last
    known = {Basis.LIVE: live, last: published}
    figures = known.get(shown) or monthly_figures(ctx, asked)
    changes = list(figure_changes(published, live))
    totals = sum(one.label is None for one in changes)
    tabs = [
        {"text": label(one), "url": address_with(basis=one), "active": figures["basis"] == one}
        for one in dict.fromkeys((Basis.FROZEN, last, Basis.LIVE))
    ]
    return MonthBasis(figures, snapshot, (totals, len(changes) - totals), tabs, url)


def petitions_beside(ctx: Context, basis: MonthBasis) -> dict[str, Any] | None:
    """The month's petitions by their own definitions; None beside figures of petitions.

    Never added to the hotline's. On the basis on which the hotline's are shown.
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
