"""Every register and slip of the patrols that is printed leaves a line in the access log."""

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.permissions import Right
from casetracker.services.access_log import note_access
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import use_case


@use_case
def note_print(ctx: Context, session: Session, what: str) -> None:
    """Raises NotPermitted."""
    require_right(ctx, Right.PATROL_READ)
    note_access(ctx, session, Access.PATROL_PRINTED, what)
