"""Hot topics: what kinds of matters and which places residents speak of, and which rose.

Source: docs/rules/insight.md 1.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.insight.rising import RISING, mean_of
from casetracker.persistence.case import Case
from casetracker.services.commands.insight import TopicsQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, days, days_up_to, profile_at
from casetracker.services.insight.rows import Named, category_row, community_of
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.tallies import Tally, tallies

MOST = 15
LEVEL = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of matter or a place; `before` is the span before, `mean` the rule's weeks before."""

    key: str | None
    name: str
    count: int
    before: int = 0
    mean: Fraction | None = None


@dataclass(frozen=True, slots=True)
class HotTopics:
    """First and last day of the span, of the one before it, and of the days that rose."""

    first: date
    last: date
    before_first: date
    rising_first: date
    kinds: tuple[Topic, ...]
    places: tuple[Topic, ...]
    rising_kinds: tuple[Topic, ...]
    rising_places: tuple[Topic, ...]


Namer = Callable[[Any], Named | None]


@query
def hot_topics(ctx: Context, session: Session, asked: TopicsQuestion) -> HotTopics:
    """The topics of so many days up to a day, within the reader's scope. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    last = asked.last_day(ctx.now)
    first, _ = days_up_to(last, asked.days)
    kinds, places = _namers(asking)
    return HotTopics(
        first=first,
        last=last,
        before_first=first - timedelta(days=asked.days),
        rising_first=last - timedelta(days=RISING.days - 1),
        kinds=_top(asking, Case.category_id, kinds, asked.days, last),
        places=_top(asking, Case.area_unit_id, places, asked.days, last),
        rising_kinds=risen(asking, Case.category_id, kinds, last),
        rising_places=risen(asking, Case.area_unit_id, places, last),
    )


def _namers(asking: Asking) -> tuple[Namer, Namer]:
    def place(unit_id: Any) -> Named | None:
        unit = community_of(asking.ref, unit_id)
        return Named(unit.code, unit.name) if unit else None

    return lambda category_id: category_row(asking.ref, category_id, LEVEL), place


def _top(asking: Asking, column: Any, namer: Namer, length: int, last: date) -> tuple[Topic, ...]:
    before = last - timedelta(days=length)
    now, earlier = _counts(asking, column, namer, [last, before], length)
    ordered = sorted(now.items(), key=lambda one: (-one[1], one[0].name))[:MOST]
    return tuple(Topic(*named, count, earlier[named]) for named, count in ordered)


def risen(asking: Asking, column: Any, namer: Namer, last: date) -> tuple[Topic, ...]:
    """What rose by the rule in the days up to the last; what has no name cannot rise."""
    ends = [last - timedelta(days=RISING.days * back) for back in range(RISING.weeks_before + 1)]
    now, *weeks = _counts(asking, column, namer, ends, RISING.days)
    found = []
    for named, count in now.items():
        before = [week[named] for week in weeks]
        if named.key is not None and RISING.has_risen(count, before):
            found.append(Topic(*named, count, before[0], mean_of(before)))
    return tuple(sorted(found, key=lambda topic: (-topic.count, topic.name)))


def _counts(
    asking: Asking, column: Any, namer: Namer, ends: Sequence[date], length: int
) -> list[Counter[Named]]:
    """For each span of so many days up to an end the cases by row."""
    windows = [days(*days_up_to(end, length)) for end in ends]
    received = asking.received(profile_at(asking.ref, max(ends)))
    found = tallies(asking.session, received, windows, column)
    return [_named(one, namer) for one in found]


def _named(found: Mapping[Any, Tally], namer: Namer) -> Counter[Named]:
    counter: Counter[Named] = Counter()
    for key, tally in found.items():
        named = namer(key)
        if named is not None:
            counter[named] += tally.cases
    return counter


def rising_kinds(asking: Asking, last: date) -> tuple[Topic, ...]:
    """The kinds of matters that rose up to a day."""
    return risen(asking, Case.category_id, _namers(asking)[0], last)
