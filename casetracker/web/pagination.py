"""Links of a list: this very address with some of its parameters changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page:
    """What the `pager` component reads; `total` None where nobody counted."""

    total: int | None
    prev_url: str | None
    next_url: str | None
    first: int | None = None
    last: int | None = None


def address_with(**changes: Any) -> str:
    """This address with parameters set; None takes one away."""
    given = [(k, v) for k, v in request.args.items(multi=True) if k not in changes]
    for name, value in changes.items():
        if value is not None:
            several = value if isinstance(value, list | tuple) else [value]
            given += [(name, str(one)) for one in several]
    return request.path + (f"?{urlencode(given)}" if given else "")


def newest_first(ids: Sequence[int], size: int) -> Page:
    """Links of a list ordered by falling id, of which up to `size` + 1 were fetched."""
    more = len(ids) > size
    return Page(
        total=None,
        prev_url=address_with(before=None) if before() is not None else None,
        next_url=address_with(before=ids[size - 1]) if more else None,
    )


def numbered(rows: Sequence[Row], size: int) -> tuple[Page, Sequence[Row]]:
    """The page asked for (`?page=`) of rows that are all at hand; beyond the last, the last."""
    text = request.args.get("page", "")
    last = max(1, -(-len(rows) // size))
    number = min(int(text), last) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    start = (max(number, 1) - 1) * size
    shown = rows[start : start + size]
    page = Page(
        len(rows),
        address_with(page=number - 1) if start else None,
        address_with(page=number + 1) if start + size < len(rows) else None,
        first=start + 1 if last > 1 else None,
        last=start + len(shown) if last > 1 else None,
    )
    return page, shown


def before() -> int | None:
    """The id that a list starts below; nonsense counts as none."""
    text = request.args.get("before", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    return int(text)
