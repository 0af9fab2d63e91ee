"""What people spoke of: categories, places, topics that rose. Source: docs/rules/reports.md 6."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from casetracker.domain.days import at, local_date
from casetracker.domain.insight.rising import RISING, mean_of
from casetracker.domain.rates import Window
from casetracker.domain.reports.facts import Part, Rising, Topics
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services.reports.asking import Asking
from casetracker.stats.breakdowns import Breakdown, By
from casetracker.stats.report_figures import OF_RECEIVED, in_part
from casetracker.stats.tables import Asked
from casetracker.stats.tallies import Tally

MOST = 10
WEEK = timedelta(days=RISING.days)
WEEKS_BEFORE = RISING.weeks_before

NO_CATEGORY = "未分类"

Counted = Counter[int | None]
"""Cases by the id of a category or a unit, None for those without one."""


COLUMNS: Mapping[str, Any] = {
    "category": Case.category_id,
    "area": Case.area_unit_id,
    **{code: OF_RECEIVED[code] for code in ("repeated", "collective", "threat")},
}
"""What cases are broken down by here."""

WEEKLY = "weekly"


def weekly(window: Window, now: datetime) -> dict[str, By]:
    """The categories in the weeks that are looked at for what rose."""
    return {WEEKLY: By(Case.category_id, tuple(weeks_of(window, now)))}


def topics_of(asking: Asking, now: Asked, found: Mapping[str, Breakdown]) -> Topics:
    """The hot topics of a window; `found` by `COLUMNS` in it and the one before, and `weekly`."""
    categories = found["category"]
    return Topics(
        upper=_top(_by_level(asking.ref, categories, 1), _Level(asking.ref, 1)),
        lower=_top(_by_level(asking.ref, categories, 2), _Level(asking.ref, 2)),
        places=_top([_areas(one) for one in found["area"]], _Places(asking.ref)),
        rising=_rising(asking.ref, weeks_of(now.window, asking.now), found[WEEKLY]),
        repeated=in_part(found, "repeated").cases,
        collective=in_part(found, "collective").cases,
        threats=in_part(found, "threat").cases,
    )


def _by_level(ref: Reference, found: Sequence[Mapping[Any, Tally]], level: int) -> list[Counted]:
    counters: list[Counted] = []
    for one in found:
        counter: Counted = Counter()
        for category_id, tally in one.items():
            counter[category_at(ref, category_id, level)] += tally.cases
        counters.append(counter)
    return counters


def category_at(ref: Reference, category_id: int | None, level: int) -> int | None:
    """The category at that level of the tree, or the deepest above it."""
    above = ref.above(category_id)
    return next((each for each in above if ref.categories[each].level <= level), None)


def _areas(found: Mapping[Any, Tally]) -> Counted:
    return Counter({key: tally.cases for key, tally in found.items() if key is not None})


class _Row(Protocol):
    """What the lines of a breakdown are called, and how an address names their cases."""

    def name(self, key: int | None) -> str: ...

    def among(self, key: int | None) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class _Level:
    """Categories at a level of the tree, each with those below it."""

    ref: Reference
    level: int

    def name(self, key: int | None) -> str:
        return self.ref.category_name(key) or NO_CATEGORY

    def among(self, key: int | None) -> dict[str, str]:
        """A category above the level stands for the cases filed under itself."""
        category = self.ref.categories.get(key or 0)
        if category is None:
            return {"by": "category", "key": ""}
        is_alone = len(self.ref.category_with_children(category.id)) == 1
        if is_alone or category.level < self.level:
            return {"by": "category", "key": category.code}
        return {"topic": category.code}


@dataclass(frozen=True, slots=True)
class _Places:
    """Units in whose area the matters lie."""

    ref: Reference

    def name(self, key: int | None) -> str:
        return self.ref.unit_name(key) or ""

    def among(self, key: int | None) -> dict[str, str]:
        return {"area": self.ref.units[key or 0].code}


def _top(found: Sequence[Counted], row: _Row) -> tuple[Part, ...]:
    now, before = found
    ordered = sorted(now.items(), key=lambda one: (-one[1], row.name(one[0])))[:MOST]
    return tuple(Part(row.name(key), count, before[key], row.among(key)) for key, count in ordered)


def _rising(ref: Reference, weeks: Sequence[Window], found: Breakdown) -> tuple[Rising, ...]:
    """Each topic once, in the week in which it was strongest."""
    counts = _by_level(ref, found, 2)
    level = _Level(ref, 2)
    best: dict[str, Rising] = {}
    for place in range(WEEKS_BEFORE, len(weeks)):
        until = local_date(weeks[place][1] - timedelta(seconds=1))
        for key, count in counts[place].items():
            name = level.name(key)
            before = [one[key] for one in counts[place - WEEKS_BEFORE : place]]
            rose = RISING.has_risen(count, before)
            if rose and (name not in best or count > best[name].count):
                mean = float(mean_of(before))
                best[name] = Rising(name, until, count, mean, level.among(key))
    return tuple(sorted(best.values(), key=lambda one: (-one.count, one.name)))


def weeks_of(window: Window, now: datetime) -> list[Window]:
    """Whole weeks back from the last day of the window (or from today), and four before them."""
    start, last = window[0], max(min(window[1], now), window[0]) - timedelta(seconds=1)
    end = at(local_date(last) + timedelta(days=1), time.min)
    count = max(1, (end - start) // WEEK) + WEEKS_BEFORE
    return [(end - WEEK * back, end - WEEK * (back - 1)) for back in range(count, 0, -1)]
