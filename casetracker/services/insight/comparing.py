"""Cases put together by their words; what was compared once is not compared again.

Comparing thousands of texts takes seconds. A process remembers the last outcomes under a digest of
all that they were made from: another case, word or name of a community is another digest, so that
nothing remembered can be out of date. Source: docs/rules/insight.md 2.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from casetracker.domain.insight.alike import Told, ties_among
from casetracker.domain.insight.clusters import Cluster, clusters_of
from casetracker.persistence.queries.reference import Reference
from casetracker.services.insight.rows import community_of
from casetracker.services.receiving.intake_help import AREAS, named_areas
from casetracker.stats.remembering import Remembered

REMEMBERED = 8
"""Outcomes that a process remembers: a few spans, seen by a few readers. They hold no words."""

_remembered: Remembered[list[Cluster]] = Remembered(REMEMBERED)


def clusters_among(ref: Reference, rows: Sequence[Any]) -> list[Cluster]:
    """The clusters of rows with what cases are compared by, by the places of the rows."""
    key = _digest(ref, rows)
    found = _remembered.recall(key)
    if found is None:
        found = _compared(ref, rows)
        _remembered.keep(key, found)
    return found


def _digest(ref: Reference, rows: Sequence[Any]) -> bytes:
    """Of everything that `_compared` reads."""
    read = blake2b(ref.stamp.encode(), digest_size=32)
    for row in rows:
        facts = (row.id, row.title, row.opening, row.category_id, row.area_unit_id, row.address,
                 row.received_at)  # fmt: skip
        read.update(repr(facts).encode())
    return read.digest()


def _compared(ref: Reference, rows: Sequence[Any]) -> list[Cluster]:
    areas = _names_of_areas(ref)
    told = [_told(ref, areas, row) for row in rows]
    return clusters_of(ties_among(told), [one.category_id for one in told])


def _names_of_areas(ref: Reference) -> re.Pattern[str]:
    names = sorted((unit.name for unit in ref.units.values() if unit.kind in AREAS), key=len)
    return re.compile("|".join(map(re.escape, reversed(names))) or "(?!)")


def _told(ref: Reference, areas: re.Pattern[str], row: Any) -> Told:
    """Where it lies is a fact of its own: a community's name in the words proves nothing more."""
    return Told(
        case_id=row.id,
        title=areas.sub(" ", row.title),
        content=areas.sub(" ", row.opening),
        category_id=row.category_id,
        area_id=_area(ref, row),
        place=row.address,
        received_at=row.received_at,
    )


def _area(ref: Reference, row: Any) -> int | None:
    """The community of the case: as registered, else the one that its words name."""
    area = row.area_unit_id
    if area is None:
        named = named_areas(ref, f"{row.title} {row.opening}")
        area = named[0].id if named else None
    community = community_of(ref, area)
    return community.id if community else None
