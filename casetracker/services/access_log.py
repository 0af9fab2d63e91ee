"""The only writer of the access log: who looked at, took out or administered what, and why.

Append-only (the database refuses changes); kept apart from the histories of cases. No personal
data of residents may stand in `detail`.
"""

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.persistence.account import AccessRecord
from casetracker.services.context import Context

LONGEST = 400


def note_access(
    ctx: Context,
    session: Session,
    what: Access,
    detail: str = "",
    *,
    case_number: str | None = None,
    success: bool = True,
) -> None:
    """Write one line in the transaction of the act."""
    session.add(
        AccessRecord(
            at=ctx.now,
            account_id=ctx.actor.account_id,
            username=ctx.actor.username or None,
            what=what,
            case_number=case_number,
            success=success,
            detail=detail[:LONGEST] or None,
            ip=ctx.ip,
            request_id=ctx.request_id or None,
        )
    )
