"""Who works in a unit, for whoever names a handler."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.use_case import query


@query
def handlers_of(ctx: Context, session: Session, unit_code: str | None) -> list[tuple[str, str]]:
    """Username and name of the active handlers of a unit and its children."""
    ref = reference(session)
    unit = ref.unit_named(unit_code) if unit_code else None
    if unit is None:
        return []
    rows = session.execute(
        select(Account.username, Account.name, Account.roles)
        .where(Account.unit_id.in_(ref.with_children(unit.id)), Account.is_active)
        .order_by(Account.username)
    )
    return [(row.username, row.name) for row in rows if Role.HANDLER in row.roles]
