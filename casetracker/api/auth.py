"""Whom a request acts for: the person behind its bearer token, within the token's scopes.

Source: RFC 6750; docs/api.md.
"""

import re

from flask import request

from casetracker.domain.errors import DomainError
from casetracker.services.context import RESIDENT, Context
from casetracker.services.people.api_clients import ApiScope, Client, find_client
from casetracker.web.context import act_as, client_ip, now, request_id

DOOR = "api"
REALM = "casetracker"
_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/=-]{1,200}) *", re.IGNORECASE)


class Unauthenticated(DomainError):
    """No token, or one that is not good: `code` is unauthenticated or invalid_token."""

    code = "unauthenticated"


class InsufficientScope(DomainError):
    """The token is good, but not for this; facts: scope."""

    code = "insufficient_scope"


def authenticate(scope: ApiScope) -> Client:
    """The token's person, who acts from now on. Raises Unauthenticated, InsufficientScope."""
    given = request.headers.get("Authorization", "")
    if not given:
        raise Unauthenticated
    token = _BEARER.fullmatch(given)
    stranger = Context(RESIDENT, now(), request_id(), DOOR, client_ip())
    client = find_client(stranger, token[1]) if token else None
    if client is None:
        raise Unauthenticated("invalid_token")
    if scope not in client.scopes:
        raise InsufficientScope(scope=scope.value)
    act_as(client.actor)
    return client


def challenge(error: DomainError) -> str:
    """The `WWW-Authenticate` header that goes with a refusal (RFC 6750 §3)."""
    told = f'Bearer realm="{REALM}"'
    if error.code != Unauthenticated.code:
        told += f', error="{error.code}"'
    if "scope" in error.facts:
        told += f', scope="{error.facts["scope"]}"'
    return told
