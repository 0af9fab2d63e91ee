"""Counts under their month, dimension and key, as they are kept: nested lists of numbers."""

from collections.abc import Iterable, Mapping, Sequence
from operator import add
from typing import Any

from casetracker.stats.rollup.plan import Plan

Place = tuple[str, str, str]
"""Month, dimension, key: the empty key is a row without one."""
Document = dict[str, dict[str, list[int]]]
"""For each instant and reason of exclusion (empty: none) the counts of the plan's terms."""


def filed(plan: Plan, rows: Iterable[Sequence[Any]]) -> dict[Place, Document]:
    """Counted rows (`statements`) under the places of all their months."""
    found: dict[Place, Document] = {}
    counted = list(plan.counted.items())
    for dimension, key, *rest in rows:
        months, reason, counts = rest[: len(counted)], rest[len(counted)], rest[len(counted) + 1 :]
        for (instant, places), month in zip(counted, months, strict=True):
            kept = [counts[place] for place in places]
            if month is not None and any(kept):
                document = found.setdefault((month, dimension, key or ""), {})
                _add(document.setdefault(instant, {}), reason or "", kept)
    return found


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
