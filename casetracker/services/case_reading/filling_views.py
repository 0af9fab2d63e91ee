"""How a frozen view is filled from a row."""

from dataclasses import fields
from typing import Any


def filled(kind: Any, row: Any, **worked_out: Any) -> Any:
    """A view whose fields are those of the row, but for what was worked out."""
    names = (field.name for field in fields(kind))
    return kind(**{n: worked_out[n] if n in worked_out else getattr(row, n) for n in names})
