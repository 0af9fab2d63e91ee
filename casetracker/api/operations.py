"""What an operation of the API is: one record that serves the route and its documentation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response

from casetracker.domain.permissions import Right
from casetracker.services.commands.fields import Command
from casetracker.services.context import Context
from casetracker.services.people.api_clients import ApiScope

EVERYWHERE = (400, 401, 403, 429, 500, 503)
"""Problems that any operation may answer with."""
WITH_BODY = (413, 415, 422)
"""And those that a body or an idempotency key may bring."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, checked: what a view is handed. `version` is what If-Match named."""

    ctx: Context
    path: Mapping[str, str]
    body: Any = None
    query: Any = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view gives back; `payload` is plain JSON data."""

    payload: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """One good answer as documented: its words, the type of its payload, its headers."""

    description: str
    schema: Any
    example: Any = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path. `path` is relative to the API's root, with `{name}` places."""

    method: str
    path: str
    name: str
    summary: str
    tag: str
    scope: ApiScope
    rights: tuple[Right, ...]
    view: Callable[[Call], Answer | Response]
    returns: Mapping[int, Returned]
    description: str = ""
    body: type[Command] | None = None
    example: Any = None
    more_examples: Mapping[str, Any] = field(default_factory=dict)
    query: type[Command] | None = None
    form: Mapping[str, Any] | None = None
    takes_version: bool = False
    problems: tuple[int, ...] = ()

    @property
    def changes(self) -> bool:
        return self.method == "POST"

    @property
    def refusals(self) -> tuple[int, ...]:
        """Every status of a problem that it may answer with."""
        more = WITH_BODY if self.changes else ()
        return tuple(sorted({*EVERYWHERE, *more, *self.problems}))
