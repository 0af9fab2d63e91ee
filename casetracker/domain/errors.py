"""What can go wrong in the field: stable codes and facts, no prose and no HTTP numbers.

`web.errors` alone turns them into words and statuses.
"""

from collections.abc import Mapping, Sequence
from typing import Any


class DomainError(Exception):
    """Base of all expected refusals; `code` is stable, `facts` feed the message."""

    code = "refused"

    def __init__(self, code: str | None = None, /, **facts: Any) -> None:
        self.code = code or type(self).code
        self.facts: Mapping[str, Any] = facts
        super().__init__(self.code, facts)


class InvalidInput(DomainError):
    """One or more fields cannot be taken; `problems` maps field to a code or Chinese sentence.

    Further facts fill the places of the codes' sentences, such as `expected`.
    """

    code = "invalid_input"

    def __init__(self, problems: Mapping[str, str], /, **facts: Any) -> None:
        self.problems = dict(problems)
        super().__init__("invalid_input", fields=sorted(self.problems), **facts)


class IllegalTransition(DomainError):
    """The state does not allow the action; `allowed` names what it does allow."""

    code = "illegal_transition"

    def __init__(self, *, action: str, state: str, allowed: Sequence[str]) -> None:
        self.allowed = tuple(allowed)
        super().__init__("illegal_transition", action=action, state=state, allowed=self.allowed)


class NotPermitted(DomainError):
    """The actor may see the case but not do this to it."""

    code = "not_permitted"


class NotFound(DomainError):
    """Does not exist, or is out of the actor's scope: the two cannot be told apart."""

    code = "not_found"


class Conflict(DomainError):
    """Somebody else changed the case first; facts name who, when and what."""

    code = "stale_version"


class GuardRefused(DomainError):
    """The action is right for the state and the actor, but a condition is not met."""

    code = "guard_refused"


class TooManyAttempts(DomainError):
    """A security limit was reached; `retry_after_s` says when to try again."""

    code = "too_many_attempts"
