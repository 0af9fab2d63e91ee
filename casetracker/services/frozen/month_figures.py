"""The figures of a month under one profile, in every dimension, with the cases behind them.

Sums and roll are read one after the other. Where somebody wrote in between they differ, and both
are read again: what is kept agrees with itself to the last case.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.errors import Conflict
from casetracker.domain.frozen.roll import CaseRoll
from casetracker.domain.rates import Profile, period_so_far
from casetracker.domain.vocabulary import Basis
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.figures.monthly import tables_of_month
from casetracker.services.scoping import scope_of
from casetracker.stats.counting import Question
from casetracker.stats.rolls import roll_of

ATTEMPTS = 3
NOT_LIVE = {"basis": Basis.FROZEN, "snapshot": None}
"""What a table that is kept says of itself: it was read when nothing was frozen yet."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """As doors give them, one table for each dimension."""

    profile: Profile
    tables: dict[str, Any]
    roll: CaseRoll

    @property
    def total(self) -> dict[str, Any]:
        """The metrics of all rows together."""
        found: dict[str, Any] = self.tables["unit"]["total"]["metrics"]
        return found


def live_figures(ctx: Context, session: Session, month: str, profile: str) -> MonthFigures:
    """What the month is at this moment. Raises Conflict while too much is written meanwhile."""
    chosen = reference(session).profiles.named(profile, month)
    for _ in range(ATTEMPTS):
        tables = tables_of_month(ctx, month, chosen.code)
        kept = {by: {**table, **NOT_LIVE} for by, table in tables.items()}
        found = MonthFigures(chosen, kept, _roll(ctx, session, month, chosen))
        if _agrees(found):
            return found
    raise Conflict("figures_in_motion")


def _roll(ctx: Context, session: Session, month: str, profile: Profile) -> CaseRoll:
    window = period_so_far(profile, month, ctx.now)
    scope = scope_of(ctx.actor, reference(session))
    return roll_of(session, Question(profile, [window], None, scope, ctx.now))


def _agrees(figures: MonthFigures) -> bool:
    """Every table says in all what the cases make."""
    counted = figures.roll.recount()
    for metric in figures.profile.metrics:
        found = counted[None, metric.code]
        denominator = None if metric.is_count else found.denominator
        made = (float(found.credit(metric.weights)), denominator, found.excluded)
        for table in figures.tables.values():
            rate = table["total"]["metrics"][metric.code]
            if made != (rate["numerator"], rate["denominator"], rate["excluded"]):
                return False
    return True
