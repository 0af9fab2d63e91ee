"""Who holds which office now: the people that notices and reminders are addressed to.

One statement loads everybody; what is asked again is remembered. Knows neither cases nor texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import Reference
from casetracker.services.context import Actor

Ids = frozenset[int]
NOBODY: Ids = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """An active account as far as messages need it."""

    actor: Actor
    has_email: bool
    has_mobile: bool


@dataclass(slots=True)
class Directory:
    """Active accounts by role and unit at one moment."""

    ref: Reference
    people: dict[int, Person]
    _by_role: dict[tuple[Role, int | None], set[int]] = field(default_factory=dict)
    _heads: dict[int, Ids] = field(default_factory=dict)

    @classmethod
    def load(cls, session: Session, ref: Reference) -> "Directory":
        rows = session.execute(
            select(
                Account.id,
                Account.name,
                Account.unit_id,
                Account.roles,
                Account.username,
                Account.email,
                Account.mobile.is_not(None).label("has_mobile"),
            ).where(Account.is_active)
        )
        directory = cls(ref, {})
        for row in rows:
            roles = frozenset(Role(code) for code in row.roles)
            actor = Actor(row.id, row.name, row.unit_id, roles, row.username)
            directory.people[row.id] = Person(actor, bool(row.email), row.has_mobile)
            for role in roles:
                for unit in (row.unit_id, None):
                    directory._by_role.setdefault((role, unit), set()).add(row.id)
        return directory

    def active(self, ids: Iterable[int | None]) -> Ids:
        """Those of the accounts that are in use."""
        return frozenset(one for one in ids if one in self.people)

    def having(self, role: Role, unit_id: int | None = None) -> Ids:
        """Everybody with the role, in one unit if given."""
        return frozenset(self._by_role.get((role, unit_id), ()))

    def heads(self, unit_id: int | None) -> Ids:
        """Heads of the unit, else of the nearest unit above that has one."""
        if unit_id is None or unit_id not in self.ref.units:
            return NOBODY
        if unit_id not in self._heads:
            above = (self.having(Role.UNIT_HEAD, one) for one in self.ref.units[unit_id].line)
            self._heads[unit_id] = next(filter(None, above), NOBODY)
        return self._heads[unit_id]

    def handlers(self, unit_id: int | None, handler_id: int | None = None) -> Ids:
        """The handler where one is named and still in use, else every handler of the unit."""
        named = self.active((handler_id,))
        if named or unit_id is None:
            return named
        return self.having(Role.HANDLER, unit_id)

    def deputy_leader(self, unit_id: int | None) -> Ids:
        """分管领导 of the unit's line, else the leaders."""
        unit = self.ref.units.get(unit_id or 0)
        for one in unit.line if unit else ():
            found = self.active((self.ref.units[one].deputy_leader_id,))
            if found:
                return found
        return self.having(Role.LEADER)
