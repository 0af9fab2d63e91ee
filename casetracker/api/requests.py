"""From a request to what a view is handed: JSON body, query, idempotency key, If-Match."""

import hashlib
import re
from functools import cache
from typing import Any

from flask import Request, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from casetracker.api.auth import DOOR, Client
from casetracker.api.operations import Call, Operation
from casetracker.domain.errors import DomainError, InvalidInput, NotFound
from casetracker.services.commands.fields import Command
from casetracker.services.context import ClientKey, Context
from casetracker.web.context import client_ip, now, request_id
from casetracker.web.strict_json import canonical, read_json

MEGABYTE = 1024 * 1024
LARGEST_JSON = MEGABYTE
NOTHING = b"{}"
LONGEST_NAME = 40
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')


class BadHeader(DomainError):
    """A header of the request cannot be understood; `code` says which."""

    code = "bad_request"


def call_of(operation: Operation, client: Client, path: dict[str, str]) -> Call:
    """The request as the view needs it. Raises what any of its parts does."""
    if not all(_may_exist(part) for part in path.values()):
        raise NotFound
    parsed, body = _body(operation)
    return Call(
        ctx=Context(client.actor, now(), request_id(), DOOR, client_ip(), _key(operation, parsed)),
        path=path,
        body=body,
        query=_query(operation.query) if operation.query else None,
        version=_version() if operation.takes_version else None,
    )


def _may_exist(part: str) -> bool:
    """Whether a part of the address can be anything's name: short, and no hidden signs."""
    return len(part) <= LONGEST_NAME and part.isprintable()


def _body(operation: Operation) -> tuple[Any, Command | None]:
    if operation.body is None:
        return None, None
    raw = _limited(request, LARGEST_JSON)
    if not raw and not needs_body(operation.body):
        raw = NOTHING
    elif request.mimetype != "application/json":
        raise UnsupportedMediaType
    parsed = read_json(raw)
    return parsed, operation.body.model_validate_json(raw, strict=True)


@cache
def needs_body(model: type[Command]) -> bool:
    """Whether anything must be said at all; signing for a case, for one, needs no word."""
    return any(field.is_required() for field in model.model_fields.values())


def _limited(incoming: Request, most: int) -> bytes:
    if (incoming.content_length or 0) > most:
        raise RequestEntityTooLarge
    incoming.max_content_length = most + 1  # for a body that comes without its length
    raw = incoming.get_data(cache=False)
    if len(raw) > most:
        raise RequestEntityTooLarge
    return raw


def _query(model: type[Command]) -> Command:
    given = request.args
    twice = sorted(name for name in given if len(given.getlist(name)) > 1)
    if twice:
        raise InvalidInput(dict.fromkeys(twice, "given_twice"))
    return model.model_validate(given.to_dict())


def given_key() -> str | None:
    """The client's idempotency key. Raises BadHeader for one that is none."""
    given = request.headers.get("Idempotency-Key")
    if given is not None and not _KEY.fullmatch(given):
        raise BadHeader("bad_idempotency_key")
    return given


def _key(operation: Operation, parsed: Any) -> ClientKey | None:
    given = given_key() if operation.body is not None else None
    if given is None:
        return None
    sent = f"{request.method}\n{request.path}\n".encode() + canonical(parsed)
    return ClientKey(given, hashlib.sha256(sent).hexdigest())


def _version() -> int | None:
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return None
    tag = _ETAG.fullmatch(given.strip())
    if tag is None:
        raise BadHeader("bad_if_match")
    return int(tag[1])
