"""Several persons typed as one text: a line each, the name first, then numbers in any order."""

import re
from typing import Any

from pydantic_core import PydanticCustomError

from casetracker.domain.text import half_width

_BETWEEN = re.compile(r"[\s,，、;；]+")
SPEAKS = "代表"
"""The mark of somebody whom the others chose to speak for them."""
_ID_LIKE = re.compile(r"[0-9]{14,17}[0-9Xx]")


def read_people(value: Any) -> Any:
    """`李四 13812345678` as what `PersonCommand` takes.

    Anything but text is left alone; a list becomes the tuple that strict reading of JSON asks for.
    """
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    lines = (_BETWEEN.split(line.strip()) for line in value.splitlines() if line.strip())
    return tuple(_person(parts) for parts in lines)


def read_signers(value: Any) -> Any:
    """`李四 13812345678 代表`: the same, with the mark of a representative."""
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    lines = (_BETWEEN.split(line.strip()) for line in value.splitlines() if line.strip())
    return tuple(_signer(parts) for parts in lines)


def _signer(parts: list[str]) -> dict[str, Any]:
    """The mark stands behind the name, wherever among the numbers."""
    person = _person([part for part in parts if part != SPEAKS] or [""])
    return {**person, "representative": SPEAKS in parts}


def _person(parts: list[str]) -> dict[str, str]:
    person = {"name": parts[0]}
    for part in filter(None, parts[1:]):
        field = "id_number" if _ID_LIKE.fullmatch(half_width(part)) else "phone"
        if field in person:
            raise PydanticCustomError("bad_people", "bad_people")
        person[field] = part
    return person


def people_lines(people: list[dict[str, str | None]]) -> str:
    """The same persons as text again, for a form that changes them."""
    return "\n".join(" ".join(filter(None, person.values())) for person in people)
