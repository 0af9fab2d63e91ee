"""How far somebody sees, as one value: a file made under another reach is not theirs any more."""

import hashlib

from sqlalchemy.orm import Session

from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Actor
from casetracker.services.scoping import scope_of


def reach_of(session: Session, actor: Actor) -> str:
    """The same for the same roles and units; another one as soon as either changes."""
    scope = scope_of(actor, reference(session))
    seen = (
        sorted(role.value for role in actor.roles),
        scope.sees_all, scope.sees_petitions, scope.sees_drafts, scope.sees_lane,
        sorted(scope.units), sorted(scope.own_units),
    )  # fmt: skip
    return hashlib.sha256(repr(seen).encode()).hexdigest()
