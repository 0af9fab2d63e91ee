"""Who may have a report, and what it is counted over: the street without the confidential lane."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Right, Scope
from casetracker.domain.rates import Profile
from casetracker.domain.vocabulary import Role
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of
from casetracker.stats.tallies import Received


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

    def received(self, profile: Profile) -> Received:
        """What the profile counts as received, seen by this reader."""
        return Received(profile, self.scope, self.now)
