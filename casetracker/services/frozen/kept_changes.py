"""What a correction says, as JSON and back."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from casetracker.domain.frozen.changes import MonthChanges


@cache
def _adapter() -> "TypeAdapter[MonthChanges]":
    return TypeAdapter(MonthChanges)


def changes_as_json(changes: MonthChanges) -> dict[str, Any]:
    """Plain values that JSON can hold."""
    plain: dict[str, Any] = _adapter().dump_python(changes, mode="json")
    return plain


def changes_from_json(plain: dict[str, Any]) -> MonthChanges:
    """The changes as they were kept."""
    return _adapter().validate_python(plain)
