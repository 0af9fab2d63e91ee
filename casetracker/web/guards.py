"""Every view says who may open it; a view that says nothing stops the start of the product.

Rights are read anew on every request. What a case allows is decided by the use case, not here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import Unauthorized

from casetracker.domain.errors import NotPermitted
from casetracker.domain.permissions import Right
from casetracker.web.context import current_actor

View = TypeVar("View", bound=Callable[..., Any])
MARK = "access_mark"
WITHOUT_MARK = frozenset({"static"})
"""Endpoints of Flask itself."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a view: anybody, or whoever carries one of the rights."""

    rights: frozenset[Right] = frozenset()

    @property
    def is_public(self) -> bool:
        return not self.rights


class UnmarkedView(RuntimeError):
    """Views without a mark; the message names them all."""


def requires(*rights: Right) -> Callable[[View], View]:
    """Only for those who carry one of the rights. Place it directly above the function."""
    if not rights:
        raise ValueError("name at least one right")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            check(*rights)
            return view(*args, **kwargs)

        setattr(guarded, MARK, Access(frozenset(rights)))
        return guarded  # type: ignore[return-value]

    return guard


def public(view: View) -> View:
    """For everybody, signed in or not."""
    setattr(view, MARK, Access())
    return view


def check(*rights: Right) -> None:
    """Raises Unauthorized for a stranger, NotPermitted for somebody without any of the rights."""
    actor = current_actor()
    if actor is None:
        raise Unauthorized
    if not any(actor.may(right) for right in rights):
        raise NotPermitted("no_right")


def access_of(app: Flask, endpoint: str) -> Access | None:
    """The mark of a view, for the start-up check and for tests of the whole matrix."""
    return getattr(app.view_functions[endpoint], MARK, None)


def access_here() -> Access | None:
    """The mark of the view of this request; None where the address leads nowhere."""
    return access_of(current_app, request.endpoint) if request.endpoint else None


def refuse_unmarked(app: Flask) -> None:
    """Raises UnmarkedView naming every view that is neither guarded nor public."""
    bare = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in WITHOUT_MARK and access_of(app, rule.endpoint) is None
    )
    if bare:
        raise UnmarkedView(f"没有标明权限的页面：{'、'.join(bare)}")
