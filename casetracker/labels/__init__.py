"""Chinese words for every code of the vocabulary, and back; holds no page prose.

Wording: docs/glossary.md. There is one table per enum, because members of different enums may be
equal as strings (`State.REDO == Action.REDO`).
"""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

from casetracker.labels import (
    of_patrol,
    of_petitions,
    of_the_case,
    of_the_desk,
    of_the_office,
    of_the_oversight,
)

Member = TypeVar("Member", bound=StrEnum)

LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    **of_the_case.WORDS,
    **of_the_office.WORDS,
    **of_the_desk.WORDS,
    **of_petitions.WORDS,
    **of_patrol.WORDS,
    **of_the_oversight.WORDS,
}


class UnknownName(ValueError):
    """A text is neither a code nor a Chinese name of the enum; `accepted` lists the names."""

    def __init__(self, enum: type[StrEnum], text: str) -> None:
        self.enum = enum
        self.text = text
        self.accepted = tuple(LABELS[enum].values())
        super().__init__(f"{text!r} is not a {enum.__name__}")


def label(member: StrEnum) -> str:
    """The Chinese word for a member; KeyError for an enum without a table."""
    return LABELS[type(member)][member]


def member_from(enum: type[Member], text: str) -> Member:
    """The member meant by a code or a Chinese name, as imports, API and CLI give it.

    Surrounding space, letter case of codes and full-width letters and digits do not matter.
    Raises UnknownName.
    """
    member = _names(enum).get(_folded(text))
    if member is None:
        raise UnknownName(enum, text)
    return enum(member)


@cache
def _names(enum: type[StrEnum]) -> Mapping[str, str]:
    table = LABELS[enum]
    return {_folded(name): member for member in enum for name in (member.value, table[member])}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
