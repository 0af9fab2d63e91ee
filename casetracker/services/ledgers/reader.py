"""Who reads and keeps the ledgers, and what they see of the cases that rows name."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput, NotPermitted
from casetracker.domain.permissions import Right, Scope
from casetracker.domain.vocabulary import State
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case that a row names, as far as the reader sees it."""

    number: str
    title: str
    state: State


@dataclass(frozen=True, slots=True)
class Reader:
    """One person at the ledgers; made anew in every use case."""

    ctx: Context
    session: Session
    ref: Reference
    scope: Scope

    @classmethod
    def of(cls, ctx: Context, session: Session) -> "Reader":
        """Raises NotPermitted for somebody without the right to read ledgers."""
        require_right(ctx, Right.LEDGERS_READ)
        ref = reference(session)
        return cls(ctx, session, ref, scope_of(ctx.actor, ref))

    @property
    def sees_every_row(self) -> bool:
        """Whoever sees every petition; others see the rows of which they are a part."""
        return self.scope.sees_all or self.scope.sees_petitions

    def is_self(self, account_id: int | None) -> bool:
        return account_id is not None and account_id == self.ctx.actor.account_id

    def linked(self, case_ids: Iterable[int | None]) -> dict[int, LinkedCase]:
        """The cases among these that the reader may see, by id."""
        wanted = {case_id for case_id in case_ids if case_id is not None}
        if not wanted:
            return {}
        rows = self.session.execute(
            select(Case.id, Case.number, Case.title, Case.state).where(
                Case.id.in_(wanted), visible(self.scope)
            )
        )
        return {row.id: LinkedCase(row.number, row.title, row.state) for row in rows}

    def case_named(self, number: str, field: str = "number") -> Case:
        """The case, locked so that it cannot be sealed meanwhile. Raises InvalidInput."""
        wanted = select(Case).where(Case.number == number, visible(self.scope))
        case = self.session.scalar(locked(self.session, wanted))
        if case is None or case.is_sealed:
            raise InvalidInput({field: "unknown_case"})
        return case

    def accounts(self, account_ids: Iterable[int | None]) -> dict[int, tuple[str, str]]:
        """Username and name by id, in one statement."""
        wanted = {one for one in account_ids if one is not None}
        columns = select(Account.id, Account.username, Account.name)
        rows = self.session.execute(columns.where(Account.id.in_(wanted))) if wanted else ()
        return {row.id: (row.username, row.name) for row in rows}

    def names(self, account_ids: Iterable[int | None]) -> dict[int, str]:
        """Names of accounts by id."""
        return {key: name for key, (_, name) in self.accounts(account_ids).items()}


def require_own_or_keeper(ctx: Context, leader_id: int | None) -> None:
    """The petition office, or the leader whose row it is. Raises NotPermitted."""
    is_own = ctx.actor.may(Right.PETITIONS_SIGN) and leader_id == ctx.actor.account_id
    if not (is_own or ctx.actor.may(Right.LEDGERS_KEEP)):
        raise NotPermitted("no_right")
