"""From a request to a Context: the only reader of flask-login's user and of the clock.

One clock reading a request, in whole seconds UTC. Knows neither pages nor rules.
"""

import re
import uuid
from datetime import UTC, datetime

from flask import g, request
from flask_login import current_user

from casetracker.services.context import RESIDENT, Actor, ClientKey, Context
from casetracker.services.people.sessions import SignedIn

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def now() -> datetime:
    """The moment of this request."""
    if "now" not in g:
        g.now = datetime.now(UTC).replace(microsecond=0)
    moment: datetime = g.now
    return moment


def request_id() -> str:
    """The caller's own id where it is harmless, else a fresh one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    found: str = g.request_id
    return found


def client_ip() -> str | None:
    """Who calls; proxies are believed as far as PROXY_COUNT says (web.security)."""
    return request.remote_addr


def act_as(actor: Actor) -> None:
    """A door with its own proof (a token, a query code) says whom this request acts for."""
    g.actor = actor


def acts_by_own_proof() -> bool:
    """Whether a door's own proof said whom this request acts for: no session is asked then."""
    return "actor" in g


def signed_in() -> SignedIn | None:
    """The person whose cookie is good, read from the database once a request."""
    user = current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None


def current_actor() -> Actor | None:
    """Whom the request acts for; None for a stranger."""
    if acts_by_own_proof():
        actor: Actor = g.actor
        return actor
    person = signed_in()
    return person.actor if person else None


def stranger_context(door: str, key: ClientKey | None = None) -> Context:
    """For requests that no account stands behind: the portal, the sign-in itself."""
    return Context(RESIDENT, now(), request_id(), door, client_ip(), key)


def current_context(door: str, key: ClientKey | None = None) -> Context:
    """The context of a use case; the resident's where nobody is signed in."""
    actor = current_actor()
    return Context(actor or RESIDENT, now(), request_id(), door, client_ip(), key)
