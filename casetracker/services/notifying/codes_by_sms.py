"""The query code of a petition on its way to the petitioner's mobile: sealed, and wiped when sent.

Letters and visits get it by short message where there is a mobile, on the printed receipt where
there is none. Source: 《信访事项网上办理工作规程（试行）》; docs/rules/notices.md.
"""

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag

from casetracker.persistence.outbox import OutboxRow
from casetracker.persistence.sealing import keyring

CODE = "code"
FIELD = "outbox.query_code"


def sealed_code(code: str) -> dict[str, str]:
    """What travels in the payload of a row instead of the code."""
    sealed = keyring().seal(code.encode(), field=FIELD)
    return {CODE: base64.b85encode(sealed).decode()}


def code_aside(row: OutboxRow) -> dict[str, str]:
    """The sealed code of a row, to be handed on to the next one; empty where there is none."""
    return {CODE: row.payload[CODE]} if CODE in row.payload else {}


def code_of(row: OutboxRow) -> str:
    """The code in clear at the moment the message goes; empty where there is none any more."""
    try:
        sealed = base64.b85decode(row.payload.get(CODE, ""))
        return keyring().unseal(sealed, field=FIELD).decode() if sealed else ""
    except (KeyError, InvalidTag):
        return ""


def without_code(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != CODE}
