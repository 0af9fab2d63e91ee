"""Pages by key instead of by number: the order of a list, and the opaque place within it."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal, tuple_

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.case import Case

BROKEN = (ValueError, TypeError, KeyError, OverflowError, binascii.Error, RecursionError)
"""How reading a cursor ends that nobody was given."""


class Sort(StrEnum):
    """Orders a list may have; a minus is newest first. NEWEST goes by the time of entry."""

    DUE = "due"
    RECEIVED = "received"
    RECEIVED_DESC = "-received"
    NUMBER = "number"
    NUMBER_DESC = "-number"
    NEWEST = "newest"

    @property
    def column(self) -> Any:
        return {
            Sort.DUE: Case.next_due_at,
            Sort.NUMBER: Case.number,
            Sort.NUMBER_DESC: Case.number,
            Sort.NEWEST: Case.id,
        }.get(self, Case.received_at)

    @property
    def descends(self) -> bool:
        return self in (Sort.RECEIVED_DESC, Sort.NUMBER_DESC, Sort.NEWEST)

    @property
    def may_be_absent(self) -> bool:
        """Whether cases without the key stand behind all others."""
        return self is Sort.DUE

    def spoken(self, key: Any) -> Any:
        """The key as a cursor holds it."""
        return key.astimezone(UTC).isoformat() if isinstance(key, datetime) else key

    def read(self, key: Any) -> Any:
        """The key out of a cursor. Raises ValueError."""
        if key is None and self.may_be_absent:
            return None
        if self is Sort.NEWEST:
            return whole(key)
        if not isinstance(key, str) or len(key) > 60:
            raise ValueError("key")
        if self in (Sort.NUMBER, Sort.NUMBER_DESC):
            return _printable(key)
        moment = datetime.fromisoformat(key)
        if moment.tzinfo is None:
            raise ValueError("naive")
        return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: just behind this row, or just before it when going back."""

    sort: Sort
    key: Any
    row_id: int
    backwards: bool = False

    def cursor(self) -> str:
        return packed([self.sort, self.sort.spoken(self.key), self.row_id, int(self.backwards)])


def read_cursor(cursor: str, sort: Sort) -> Place:
    """The place that a cursor means. Raises InvalidInput for nonsense or another order's cursor."""
    try:
        place = _unpacked(cursor)
    except BROKEN:
        raise InvalidInput({"cursor": "bad_cursor"}) from None
    if place.sort is not sort:
        raise InvalidInput({"cursor": "bad_cursor"})
    return place


def _unpacked(cursor: str) -> Place:
    name, key, row_id, backwards = unpacked(cursor)
    sort = Sort(name)
    return Place(sort, sort.read(key), whole(row_id), {0: False, 1: True}[whole(backwards)])


def packed(parts: Sequence[Any]) -> str:
    """A place as programs carry it from page to page without looking inside."""
    plain = json.dumps(parts, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def unpacked(cursor: str) -> Any:
    """What was packed; of a cursor that somebody made up anything. Raises one of `BROKEN`."""
    if len(cursor) > 300:
        raise ValueError("too long")
    plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    return json.loads(plain)


def _printable(key: str) -> str:
    """Without signs that a database would choke on."""
    if not key.isprintable():
        raise ValueError("key")
    return key


def whole(value: Any) -> int:
    """The id or flag of a cursor. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError("whole number")
    return value


def behind(place: Place, column: Any, row_id: Any) -> ColumnElement[bool]:
    """Rows behind the place in the direction of reading; both engines walk an index for it."""
    larger = place.sort.descends == place.backwards
    if column is row_id:
        return row_id > place.row_id if larger else row_id < place.row_id
    if place.key is None:
        return row_id > place.row_id if larger else row_id < place.row_id
    here = tuple_(literal(place.key, column.type), literal(place.row_id, Case.id.type))
    row = tuple_(column, row_id)
    return row > here if larger else row < here
