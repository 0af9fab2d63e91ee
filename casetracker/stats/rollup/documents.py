"""Counts under their month, dimension and key, as they are kept: nested lists of numbers."""

from collections.abc import Iterable, Mapping, Sequence
from operator import add
from typing import Any

from casetracker.stats.rollup.plan import WHOLE, Plan

Place = tuple[str, str, str]
"""Month, dimension, key: the empty key is a row without one."""
Document = dict[str, dict[str, list[int]]]
"""For each instant and reason of exclusion (empty: none) the counts of the plan's terms."""


def filed(
    plan: Plan, rows: Iterable[Sequence[Any]], dimensions: Sequence[str]
) -> dict[Place, Document]:
    """Counted rows under all their places.

    A row has the month of each instant, the key of each dimension but the whole, the reason, and
    the counts (`counting.counts`).
    """
    found: dict[Place, Document] = {}
    instants, whole = list(plan.counted.items()), WHOLE in dimensions
    keyed = [one for one in dimensions if one != WHOLE]
    first, reasons = len(instants), len(instants) + len(keyed)
    for row in rows:
        reason, counts = row[reasons] or "", row[reasons + 1 :]
        rows_of = [(one, key_of(row[first + at])) for at, one in enumerate(keyed)]
        if whole:
            rows_of.append((WHOLE, ""))
        for (instant, places), month in zip(instants, row, strict=False):
            kept = [counts[place] for place in places]
            if month is None or not any(kept):
                continue
            for dimension, key in rows_of:
                document = found.setdefault((month, dimension, key), {})
                _add(document.setdefault(instant, {}), reason, kept)
    return found


def key_of(value: Any) -> str:
    """The key under which a row is kept."""
    return "" if value is None else str(value)


def added(one: Mapping[Place, Document], other: Mapping[Place, Document]) -> dict[Place, Document]:
    """The sums of both."""
    both = {place: merged(one.get(place, {}), found) for place, found in other.items()}
    return {**one, **both}


def merged(one: Mapping[str, Mapping[str, list[int]]], other: Document) -> Document:
    """The sums of both; what became nothing is left out."""
    total = {instant: dict(reasons) for instant, reasons in one.items()}
    for instant, reasons in other.items():
        for reason, counts in reasons.items():
            _add(total.setdefault(instant, {}), reason, counts)
    cleaned = (
        (instant, {reason: counts for reason, counts in reasons.items() if any(counts)})
        for instant, reasons in total.items()
    )
    return {instant: reasons for instant, reasons in cleaned if reasons}


def _add(reasons: dict[str, list[int]], reason: str, counts: list[int]) -> None:
    there = reasons.get(reason)
    reasons[reason] = counts if there is None else list(map(add, there, counts))
