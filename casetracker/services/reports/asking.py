"""Who may have a report, and what it is counted over: the street without the confidential lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Right, Scope
from casetracker.domain.rates import Profile, Window
from casetracker.domain.reports.periods import ReportPeriod
from casetracker.domain.vocabulary import Dimension, Role, Track
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of
from casetracker.stats.breakdowns import Breakdown, By, breakdowns, each
from casetracker.stats.published import Told, received_in_rows
from casetracker.stats.report_figures import count_figure
from casetracker.stats.tables import Asked, Reading
from casetracker.stats.tallies import Received, Tally


@dataclass(frozen=True, slots=True)
class Asking:
    """One reader of reports in one transaction; `now` is the moment of reading."""

    session: Session
    ref: Reference
    scope: Scope
    now: datetime

    @classmethod
    def of(cls, ctx: Context, session: Session) -> "Asking":
        """Raises NotPermitted for a person without the right; the timer and the CLI may."""
        if Role.SYSTEM not in ctx.actor.roles:
            require_right(ctx, Right.REPORTS)
        ref = reference(session)
        return cls(session, ref, scope_of(ctx.actor, ref), ctx.now)

    def asked(self, period: ReportPeriod, profile: str | None = None) -> Asked:
        """A period by the definitions that hold for it; the hotline's default where none is named.

        Raises InvalidInput for an unknown profile.
        """
        return self._asked(self.ref.profiles.chosen(profile, period.month), period)

    def asked_of_petitions(self, period: ReportPeriod) -> Asked:
        """The same for petitions, which nobody chooses a profile for."""
        return self._asked(self.ref.profiles.default(period.month, Track.PETITION), period)

    def _asked(self, profile: Profile, period: ReportPeriod) -> Asked:
        return Asked(profile, period.window(profile, self.now))

    def reading(self, by: str | None) -> Reading:
        """What tables are asked for with: `by` names their lines."""
        return Reading(self.scope, self.now, by)

    def broken_down(
        self,
        asked: Sequence[Asked],
        columns: Mapping[str, Any],
        others: Mapping[str, By] | None = None,
    ) -> dict[str, Breakdown]:
        """What came in by each column in each window, by its definitions; see `breakdowns`.

        `others` are read with them, by the definitions of the first window.
        """
        first, *rest = asked
        alike = [one.window for one in asked if one.profile == first.profile]
        found = breakdowns(
            self.session,
            self.received(first.profile),
            {**each(columns, alike), **(others or {})},
        )
        if len(alike) == len(asked):
            return found
        parts = [self.broken_down([one], columns) for one in rest]
        own = {name: [found[name][0], *(part[name][0] for part in parts)] for name in columns}
        return {**found, **own}

    def published(self, of: Told, by: Dimension) -> Mapping[Any, Tally]:
        """What was received in a published month by the keys that cases have; cases alone."""
        counts = received_in_rows(self.session, of, by)
        ids: Mapping[str | None, int] = {}
        if by == Dimension.CATEGORY:
            ids = {one.code: one.id for one in self.ref.categories.values()}
        return {ids.get(code, code): Tally(count) for code, count in counts.items()}

    def counted(self, code: str, profile: Profile, window: Window) -> int:
        """The cases of a named figure in a window."""
        return count_figure(self.session, code, self.received(profile), window)

    def received(self, profile: Profile) -> Received:
        """What the profile counts as received, seen by this reader."""
        return Received(profile, self.scope, self.now)
