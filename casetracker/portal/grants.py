"""For half an hour this browser may see one case without the query code being typed again.

Number and code travel sealed (AES-256-GCM) inside the signed session cookie, which is HttpOnly and
ends with the browser; nothing about them stands in an address, a page or a log.
"""

import base64
import json
from binascii import Error as BadBase64
from dataclasses import dataclass
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from flask import session

from casetracker.persistence.sealing import keyring
from casetracker.web.context import now

LIFE = timedelta(minutes=30)
NAME = "case"
FIELD = "portal.grant"


@dataclass(frozen=True, slots=True)
class Grant:
    """One case that this browser has proven to be its own. `is_new`: just handed in."""

    number: str
    code: str
    is_new: bool


def give(number: str, code: str, *, is_new: bool = False) -> None:
    """From now on, for LIFE; an earlier grant is forgotten."""
    until = int((now() + LIFE).timestamp())
    plain = json.dumps([number, code, until, is_new]).encode()
    session[NAME] = base64.b85encode(keyring().seal(plain, field=FIELD)).decode()


def held() -> Grant | None:
    """The grant in force; None when there is none, or it ran out, or its key is gone."""
    try:
        sealed = base64.b85decode(session.get(NAME, ""))
        number, code, until, is_new = json.loads(keyring().unseal(sealed, field=FIELD))
    except (BadBase64, ValueError, KeyError, IndexError, InvalidTag):
        return None
    return Grant(number, code, is_new) if now().timestamp() <= until else None


def end() -> None:
    """Forget it: somebody else may use this device next."""
    session.pop(NAME, None)
