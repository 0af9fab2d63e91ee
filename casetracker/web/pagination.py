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


def uncounted(fetched: int, size: int) -> Page:
    """Links of the page asked for (`?page=`) of a list of which up to `size` + 1 were fetched."""
    number = asked_page()
    return Page(
        None,
        address_with(page=number - 1) if number > 1 else None,
        address_with(page=number + 1) if fetched > size else None,
    )


def numbered(rows: Sequence[Row], size: int) -> tuple[Page, Sequence[Row]]:
    """The page asked for (`?page=`) of rows that are all at hand; beyond the last, the last."""
    number = min(asked_page(), max(1, -(-len(rows) // size)))
    start = (number - 1) * size
    return page_of(number, len(rows), size), rows[start : start + size]


def asked_page() -> int:
    """The number in `?page=`, from 1; nonsense counts as the first."""
    text = request.args.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def page_of(number: int, total: int, size: int) -> Page:
    """Links of that page of a list of so many rows."""
    start, end = (number - 1) * size, min(number * size, total)
    is_long = total > size
    return Page(
        total,
        address_with(page=number - 1) if start else None,
        address_with(page=number + 1) if end < total else None,
        first=start + 1 if is_long else None,
        last=end if is_long else None,
    )


def before() -> int | None:
    """The id that a list starts below; nonsense counts as none."""
    text = request.args.get("before", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    return int(text)
