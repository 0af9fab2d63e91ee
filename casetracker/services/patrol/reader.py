"""Who reads and keeps the registers of patrols, and how far they see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotPermitted
from casetracker.domain.permissions import Right, Scope
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import Reference, UnitFacts, reference
from casetracker.services import lookup
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of


@dataclass(frozen=True, slots=True)
class Patrol:
    """One person at the registers; made anew in every use case."""

    ctx: Context
    session: Session
    ref: Reference
    scope: Scope

    @classmethod
    def of(cls, ctx: Context, session: Session, right: Right = Right.PATROL_READ) -> "Patrol":
        """Raises NotPermitted for somebody without the right."""
        require_right(ctx, right)
        ref = reference(session)
        return cls(ctx, session, ref, scope_of(ctx.actor, ref))

    @property
    def today(self) -> date:
        return local_date(self.ctx.now)

    def reached(self, table: Any) -> ColumnElement[bool]:
        """Rows of one's own units, and of the places in their area; all for who sees all."""
        if self.scope.sees_all:
            return true()
        units = self.scope.units | self.scope.own_units
        return or_(table.unit_id.in_(units), table.area_unit_id.in_(units))

    def works_for(self, role: Role) -> frozenset[int]:
        """The units whose hazards this role of the actor may work on."""
        if self.ctx.actor.unit_id is None:
            return frozenset()
        if role is Role.UNIT_HEAD:
            return self.ref.with_children(self.ctx.actor.unit_id)
        return frozenset({self.ctx.actor.unit_id})

    def own_unit(self) -> UnitFacts:
        """The unit that enters a row. Raises NotPermitted where the account has none."""
        unit = self.ref.units.get(self.ctx.actor.unit_id or 0)
        if unit is None:
            raise NotPermitted("no_right")
        return unit

    def area_named(self, name: str | None) -> int | None:
        """The community that a form names. Raises InvalidInput."""
        return lookup.any_unit(self.ref, "area", name).id if name else None

    def day_of(self, given: date | None, field: str, not_before: date | None = None) -> date:
        """The day that a form gives, else today. Raises InvalidInput for one that lies ahead."""
        day = given or self.today
        if day > self.today:
            raise InvalidInput({field: "in_the_future"})
        if not_before is not None and day < not_before:
            raise InvalidInput({field: "before_it_was_found"})
        return day

    def names(self, account_ids: Iterable[int | None]) -> dict[int, str]:
        """Names of accounts by id, in one statement."""
        wanted = {one for one in account_ids if one is not None}
        rows = select(Account.id, Account.name).where(Account.id.in_(wanted))
        return {row.id: row.name for row in self.session.execute(rows)} if wanted else {}
