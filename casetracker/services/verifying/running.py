"""Runs the invariants one after the other and gives out what they find."""

from collections.abc import Iterator

from casetracker.persistence.database import db
from casetracker.services.context import Context
from casetracker.services.verifying.findings import Finding, Invariant, Sight
from casetracker.services.verifying.invariants import INVARIANTS


def verify(
    ctx: Context, invariants: tuple[Invariant, ...] = INVARIANTS
) -> Iterator[tuple[Invariant, Finding | None]]:
    """Each invariant with each of its findings, and at its end once with None. Reads only."""
    sight = Sight(db.session(), ctx.now)
    for invariant in invariants:
        for finding in invariant.check(sight):
            yield invariant, finding
        yield invariant, None
