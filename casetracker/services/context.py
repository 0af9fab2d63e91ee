"""Who asks, when, by which door: the first argument of every use case."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from casetracker.domain.errors import NotPermitted
from casetracker.domain.permissions import Right, may
from casetracker.domain.vocabulary import Role
from casetracker.domain.workflow import ActorFacts


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with roles and a unit at this moment, the resident at the portal, or the system."""

    account_id: int | None
    name: str
    unit_id: int | None
    roles: frozenset[Role]
    username: str = ""

    def may(self, right: Right) -> bool:
        return may(self.roles, right)

    @property
    def facts(self) -> ActorFacts:
        return ActorFacts(self.account_id, self.roles)

    @property
    def principal(self) -> str:
        """Whom an idempotency key belongs to."""
        return f"account:{self.account_id}" if self.account_id else "public"


SYSTEM = Actor(None, "系统", None, frozenset({Role.SYSTEM}))
RESIDENT = Actor(None, "诉求人", None, frozenset({Role.RESIDENT}))


@dataclass(frozen=True, slots=True)
class ClientKey:
    """An idempotency key as the client gave it, and the hash of what it sent with it."""

    key: str
    body_hash: str


@dataclass(frozen=True, slots=True)
class Context:
    """One call of one use case. `now` is aware; the door took it once."""

    actor: Actor
    now: datetime
    request_id: str = ""
    door: str = "cli"
    ip: str | None = None
    key: ClientKey | None = None

    def part(self, name: str) -> "Context":
        """The same call for a use case within it, whose answer is kept under a key of its own."""
        if self.key is None:
            return self
        key = hashlib.sha256(f"{self.key.key}:{name}".encode()).hexdigest()
        return replace(self, key=ClientKey(f"part:{key}", self.key.body_hash))


def require_right(ctx: Context, *any_of: Right) -> None:
    """Raises NotPermitted for a person without any of the rights."""
    if not any(ctx.actor.may(right) for right in any_of):
        raise NotPermitted("no_right")
