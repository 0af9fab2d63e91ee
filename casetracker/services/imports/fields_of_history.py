"""The columns of the mapping `history`: how each cell is read, whatever the others say."""

from collections.abc import Callable, Mapping
from typing import Any

from casetracker.domain.limits import CATALOGUE, HANDLE_CAP
from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    SourceLevel,
    Track,
)
from casetracker.services.imports.cells import (
    flag_of,
    instant_of,
    limit_of,
    member_of,
    phone_of,
    text_of,
    whole_of,
)
from casetracker.services.imports.reading import Cell

Reader = Callable[[Cell], Any]
LINE, PROSE = 200, 20_000


def _line(longest: int) -> Reader:
    return lambda cell: text_of(cell, longest=longest, multiline=False)


def _prose(cell: Cell) -> str | None:
    return text_of(cell, longest=PROSE, multiline=True)


def _one_of(enum: Any) -> Reader:
    return lambda cell: member_of(enum, cell)


def _whole(low: int, high: int) -> Reader:
    return lambda cell: whole_of(cell, low=low, high=high)


MOST_EXTENDED: Mapping[Track, int] = {
    Track.HOTLINE: HANDLE_CAP,
    Track.PETITION: CATALOGUE["handle60"].cap_days or 0,
}
"""Working days of a hotline case; calendar days of a petition (art. 34)."""

COLUMNS: Mapping[str, Reader] = {
    "external_number": _line(80),
    "track": _one_of(Track),
    "channel": _one_of(Channel),
    "source_level": _one_of(SourceLevel),
    "kind": _one_of(Kind),
    "category": _line(LINE),
    "title": _line(LINE),
    "content": _prose,
    "petitioner_name": _line(LINE),
    "petitioner_phone": phone_of,
    "persons": _whole(1, 9999),
    "address": _line(LINE),
    "received_at": instant_of,
    "petition_class": _one_of(PetitionClass),
    "subroute": _one_of(Subroute),
    "notified_at": instant_of,
    "accepted_at": instant_of,
    "served_at": instant_of,
    "dispatched_at": instant_of,
    "lead_unit": _line(LINE),
    "external_due_at": limit_of,
    "signed_at": instant_of,
    "contacted_at": instant_of,
    "extended_days": _whole(0, MOST_EXTENDED[Track.PETITION]),
    "replied_at": instant_of,
    "closed_at": instant_of,
    "result": _one_of(Result),
    "callback_at": instant_of,
    "callback_valid": flag_of,
    "resolved": flag_of,
    "satisfaction": _one_of(Satisfaction),
    "redo_count": _whole(0, 99),
    "returned_count": _whole(0, 99),
    "returns_granted": _whole(0, 99),
    "excluded": _one_of(ExcludeReason),
    "repeat_of": _line(80),
}
"""Column → reader; the order is that of the format, and of the problems that are told."""

PETITION_ONLY = ("petition_class", "subroute", "notified_at", "accepted_at", "served_at")
"""Columns of the format that say nothing about a hotline case: there they are not read."""

REQUIRED = ("external_number", "track", "channel", "kind", "received_at")
NEEDED_IN_HEADER = (*REQUIRED, "content")
MOMENTS = (
    "received_at", "notified_at", "accepted_at", "served_at", "dispatched_at", "signed_at",
    "contacted_at", "replied_at", "closed_at", "callback_at",
)  # fmt: skip
"""Columns that tell what has happened already: none may lie in the future."""

CHINESE = {
    "received_at": "受理时间", "notified_at": "告知时间", "accepted_at": "决定受理时间",
    "served_at": "送达时间", "dispatched_at": "派单时间", "signed_at": "签收时间",
    "contacted_at": "联系时间", "replied_at": "答复时间", "closed_at": "办结时间",
    "callback_at": "回访时间", "external_due_at": "上级时限",
}  # fmt: skip

_HOTLINE_ORDER = (
    ("dispatched_at", "received_at"),
    ("signed_at", "dispatched_at"),
    ("contacted_at", "received_at"),
    ("contacted_at", "dispatched_at"),
    ("replied_at", "received_at"),
    ("replied_at", "dispatched_at"),
    ("replied_at", "signed_at"),
    ("replied_at", "contacted_at"),
    ("closed_at", "received_at"),
    ("closed_at", "dispatched_at"),
    ("closed_at", "signed_at"),
    ("closed_at", "contacted_at"),
    ("closed_at", "replied_at"),
    ("callback_at", "replied_at"),
    ("external_due_at", "received_at"),
)
_PETITION_ORDER = (
    ("notified_at", "received_at"),
    ("accepted_at", "received_at"),
    ("dispatched_at", "received_at"),
    ("replied_at", "received_at"),
    ("served_at", "received_at"),
    ("served_at", "notified_at"),
    ("served_at", "accepted_at"),
    ("served_at", "dispatched_at"),
    ("served_at", "replied_at"),
    ("closed_at", "received_at"),
    ("closed_at", "notified_at"),
    ("closed_at", "accepted_at"),
    ("closed_at", "dispatched_at"),
    ("closed_at", "replied_at"),
    ("closed_at", "served_at"),
    ("callback_at", "served_at"),
    ("callback_at", "replied_at"),
    ("external_due_at", "received_at"),
)
ORDER: Mapping[Track, tuple[tuple[str, str], ...]] = {
    Track.HOTLINE: _HOTLINE_ORDER,
    Track.PETITION: _PETITION_ORDER,
}
"""(later, earlier): the first may not lie before the second."""
