"""What stands around every list of cases: chips of what is asked, quick filters, pages, orders."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask import request

from casetracker.domain.deadlines import Standing
from casetracker.labels import label
from casetracker.services.case_reading.listing import CasePage
from casetracker.web.forms import Form
from casetracker.web.pagination import Page, address_with

NAMED = {
    "unit": "主办单位", "category": "分类", "assignee": "承办人", "q": "搜索",
    "received_from": "受理自", "received_to": "受理至",
}  # fmt: skip
"""Fields whose value is said as it was typed."""
HEADS = {"due": "due", "number": "number"}
Codes = Mapping[str, type[StrEnum]]
Quick = Sequence[tuple[str, Mapping[str, str]]]


def chips_of(
    form: Form[Any], codes: Codes, said: Mapping[str, Mapping[str, str]] | None = None
) -> list[dict[str, str]]:
    """What is being filtered by, each with the address without it; `said` are words of answers."""
    chips = []
    for name, value in form.data.items():
        words = _chip_words(name, value, codes, said or {}) if value else None
        if words:
            url = address_with(**{name: None, "cursor": None})
            chips.append({"text": words, "remove_url": url})
    return chips


def _chip_words(
    name: str, value: str, codes: Codes, said: Mapping[str, Mapping[str, str]]
) -> str | None:
    if name in codes:
        return _code_words(codes[name], value)
    if name in said:
        return said[name].get(value)
    if name in NAMED:
        return f"{NAMED[name]}：{'本人' if value == 'me' else value}"
    if name == "standing" and value in (Standing.OVERDUE, Standing.DUE_SOON):
        return label(Standing(value))
    return None


def _code_words(enum: type[StrEnum], value: str) -> str:
    try:
        return label(enum(value))
    except ValueError:
        return value


def pager_of(found: CasePage | None) -> Page | None:
    if found is None:
        return None
    return Page(
        found.total,
        address_with(cursor=found.previous_cursor) if found.previous_cursor else None,
        address_with(cursor=found.next_cursor) if found.next_cursor else None,
    )


def heads_of(found: CasePage | None) -> dict[str, dict[str, Any]]:
    """Columns by which the list may be ordered."""
    if found is None:
        return {}
    return {
        head: {
            "sort_url": address_with(sort=sort, cursor=None),
            "sorted": "asc" if found.sort == sort else None,
        }
        for head, sort in HEADS.items()
    }


def quick_of(quick: Quick) -> list[dict[str, Any]]:
    """One-press filters; the one that is in force is marked."""
    names = {name for _, wanted in quick for name in wanted}
    here = {name: request.args[name] for name in names if name in request.args}
    clear = dict.fromkeys(names)
    return [
        {
            "text": text,
            "url": address_with(**{**clear, **wanted, "cursor": None}),
            "active": here == wanted,
        }
        for text, wanted in quick
    ]
