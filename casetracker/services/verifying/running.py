"""Runs the invariants one after the other and gives out what they find."""

from collections.abc import Iterator

from casetracker.persistence.database import db
from casetracker.persistence.queries.visible import numbers_sealed
from casetracker.services.context import Context
from casetracker.services.verifying.findings import Finding, Invariant, Sight
from casetracker.services.verifying.invariants import INVARIANTS


def verify(
    ctx: Context,
    invariants: tuple[Invariant, ...] = INVARIANTS,
    *,
    names_sealed: bool = False,
) -> Iterator[tuple[Invariant, Finding | None]]:
    """Each invariant with each of its findings, and at its end once with None. Reads only.

    A case of the confidential lane is 保密件, unless the officers themselves ask with
    `names_sealed`.
    """
    session = db.session()
    sight = Sight(session, ctx.now)
    sealed = frozenset() if names_sealed else frozenset(session.scalars(numbers_sealed()))
    for invariant in invariants:
        for finding in invariant.check(sight):
            yield invariant, finding.covered(sealed)
        yield invariant, None
