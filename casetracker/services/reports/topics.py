"""What people spoke of: categories, places, topics that rose. Source: docs/rules/reports.md 6."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, case, type_coerce

from casetracker.domain.days import local_date
from casetracker.domain.insight.rising import RISING, mean_of
from casetracker.domain.rates import Profile, Window
from casetracker.domain.reports.facts import Part, Rising, Topics
from casetracker.domain.vocabulary import RiskTag
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services.reports.asking import Asking
from casetracker.stats.tables import Asked
from casetracker.stats.tallies import Tally, tallies

MOST = 10
WEEK = timedelta(days=RISING.days)
WEEKS_BEFORE = RISING.weeks_before

NO_CATEGORY = "未分类"


def topics_of(asking: Asking, now: Asked, before: Asked) -> Topics:
    """The hot topics of a window, against the one before."""
    found = asking.tallied([now, before], Case.category_id)
    areas = asking.tallied([now, before], Case.area_unit_id)
    tags = {tag: _tagged(asking, now, tag) for tag in (RiskTag.COLLECTIVE, RiskTag.THREAT)}
    [repeats] = asking.tallied([now], Case.repeat_of_id.is_not(None))
    return Topics(
        upper=_top(_by_level(asking.ref, found, 1)),
        lower=_top(_by_level(asking.ref, found, 2)),
        places=_top([_areas(asking.ref, one) for one in areas]),
        rising=_rising(asking, *now),
        repeated=sum(one.cases for is_one, one in repeats.items() if is_one),
        collective=tags[RiskTag.COLLECTIVE],
        threats=tags[RiskTag.THREAT],
    )


def _tagged(asking: Asking, now: Asked, tag: RiskTag) -> int:
    bears = type_coerce(Case.risk_tags, String).like(f"%,{tag},%")
    [found] = asking.tallied([now], case((bears, 1), else_=0))
    return found.get(1, Tally()).cases


def _by_level(
    ref: Reference, found: Sequence[Mapping[Any, Tally]], level: int
) -> list[Counter[str]]:
    counters: list[Counter[str]] = []
    for one in found:
        counter: Counter[str] = Counter()
        for category_id, tally in one.items():
            counter[category_name(ref, category_id, level)] += tally.cases
        counters.append(counter)
    return counters


def category_name(ref: Reference, category_id: int | None, level: int) -> str:
    """The category at that level of the tree, or the deepest above it."""
    name = ref.category_name(category_id)
    return "/".join(name.split("/")[:level]) if name else NO_CATEGORY


def _areas(ref: Reference, found: Mapping[Any, Tally]) -> Counter[str]:
    named = {ref.unit_name(key): tally.cases for key, tally in found.items()}
    return Counter({name: count for name, count in named.items() if name})


def _top(found: Sequence[Counter[str]]) -> tuple[Part, ...]:
    now, before = found
    ordered = sorted(now.items(), key=lambda one: (-one[1], one[0]))[:MOST]
    return tuple(Part(name, count, before[name]) for name, count in ordered)


def _rising(asking: Asking, profile: Profile, window: Window) -> tuple[Rising, ...]:
    """Each topic once, in the week in which it was strongest."""
    weeks = weeks_of(window, asking.now)
    found = tallies(asking.session, asking.received(profile), weeks, Case.category_id)
    counts = _by_level(asking.ref, found, 2)
    best: dict[str, Rising] = {}
    for place in range(WEEKS_BEFORE, len(weeks)):
        until = local_date(weeks[place][1] - timedelta(seconds=1))
        for name, count in counts[place].items():
            before = [one[name] for one in counts[place - WEEKS_BEFORE : place]]
            rose = RISING.has_risen(count, before)
            if rose and (name not in best or count > best[name].count):
                best[name] = Rising(name, until, count, float(mean_of(before)))
    return tuple(sorted(best.values(), key=lambda one: (-one.count, one.name)))


def weeks_of(window: Window, now: datetime) -> list[Window]:
    """Whole weeks back from the end of the window (or from now), and four weeks before them."""
    start, end = window[0], max(min(window[1], now), window[0])
    count = max(1, (end - start) // WEEK) + WEEKS_BEFORE
    return [(end - WEEK * back, end - WEEK * (back - 1)) for back in range(count, 0, -1)]
