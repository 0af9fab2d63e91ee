"""The chain over the history of a case: what is hashed, and how a chain is checked.

An entry's hash covers every field that tells who did what when, the commitment to its text and
the hash before it. Source: docs/decisions/0002-version-is-the-length-of-the-history.md;
GB/T 22239-2019 8.1.4.3 c.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

IMPORT_DOOR = "import"
"""By which the entries came in that an old system kept."""

START = "0" * 64
"""What the first entry of a case follows."""

HASHED = (
    "case_number", "seq", "at", "happened_at", "actor_id", "actor_name", "actor_role",
    "actor_unit_id", "action", "outcome", "from_state", "to_state", "visibility", "payload",
    "text_commitment", "door", "ip", "request_id", "prev_hash",
)  # fmt: skip
"""Fields of an entry under its hash, times as UTC ISO 8601 text."""


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of the hashed fields. KeyError if one is missing."""
    return document_hash({name: entry[name] for name in HASHED})


def document_hash(facts: Mapping[str, Any]) -> str:
    """SHA-256 over canonical JSON: the same facts give the same hash, in whatever order."""
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def commitment(text: str, salt: str) -> str:
    """What an entry keeps of a text: without salt and text nobody can guess it back."""
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


class Dated(Protocol):
    """What an entry says of its time: when it was recorded, and when it happened, if earlier."""

    @property
    def at(self) -> datetime: ...

    @property
    def happened_at(self) -> datetime | None: ...

    @property
    def door(self) -> str: ...


def known_time(entry: Dated) -> datetime | None:
    """When it happened. None where an old system did not keep it: the import was later."""
    if entry.happened_at is None and entry.door == IMPORT_DOOR:
        return None
    return entry.happened_at or entry.at
