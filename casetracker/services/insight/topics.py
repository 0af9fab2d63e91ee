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

from casetracker.domain.days import whole_days
from casetracker.domain.insight.rising import RISING, mean_of
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services.commands.insight import TopicsQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, days_up_to, profile_at
from casetracker.services.insight.rows import Named, category_row, community_of
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.breakdowns import breakdowns, each
from casetracker.stats.tallies import Tally

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


Counts = list[Counter[Named]]
"""How many by row, for each of some spans of days."""


@query
def hot_topics(ctx: Context, session: Session, asked: TopicsQuestion) -> HotTopics:
    """The topics of so many days up to a day, within the reader's scope. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    last = asked.last_day(ctx.now)
    first, _ = days_up_to(last, asked.days)
    before = last - timedelta(days=asked.days)
    kinds, places = _counts(asking, [last, before], asked.days)
    weeks_of_kinds, weeks_of_places = _counts(asking, _weeks_up_to(last), RISING.days)
    return HotTopics(
        first=first,
        last=last,
        before_first=first - timedelta(days=asked.days),
        rising_first=last - timedelta(days=RISING.days - 1),
        kinds=_top(kinds),
        places=_top(places),
        rising_kinds=_risen(weeks_of_kinds),
        rising_places=_risen(weeks_of_places),
    )


def rising_kinds(asking: Asking, last: date) -> tuple[Topic, ...]:
    """The kinds of matters that rose up to a day."""
    return _risen(_counts(asking, _weeks_up_to(last), RISING.days)[0])


def _weeks_up_to(last: date) -> list[date]:
    """The last day of the days that may have risen, and of the weeks before them."""
    return [last - timedelta(days=RISING.days * back) for back in range(RISING.weeks_before + 1)]


def _top(counts: Counts) -> tuple[Topic, ...]:
    now, earlier = counts
    ordered = sorted(now.items(), key=lambda one: (-one[1], one[0].name))[:MOST]
    return tuple(Topic(*named, count, earlier[named]) for named, count in ordered)


def _risen(counts: Counts) -> tuple[Topic, ...]:
    """What rose by the rule in the first span; what has no name cannot rise."""
    now, *weeks = counts
    found = []
    for named, count in now.items():
        before = [week[named] for week in weeks]
        if named.key is not None and RISING.has_risen(count, before):
            found.append(Topic(*named, count, before[0], mean_of(before)))
    return tuple(sorted(found, key=lambda topic: (-topic.count, topic.name)))


def _counts(asking: Asking, ends: Sequence[date], length: int) -> tuple[Counts, Counts]:
    """For each span of so many days up to an end the cases by kind, and by place."""
    windows = [whole_days(*days_up_to(end, length)) for end in ends]
    received = asking.received(profile_at(asking.ref, max(ends)))
    columns = {"kind": Case.category_id, "place": Case.area_unit_id}
    found = breakdowns(asking.session, received, each(columns, windows))
    return (
        [_named(one, lambda key: category_row(asking.ref, key, LEVEL)) for one in found["kind"]],
        [_named(one, lambda key: _place(asking.ref, key)) for one in found["place"]],
    )


def _place(ref: Reference, unit_id: Any) -> Named | None:
    unit = community_of(ref, unit_id)
    return Named(unit.code, unit.name) if unit else None


def _named(found: Mapping[Any, Tally], namer: Callable[[Any], Named | None]) -> Counter[Named]:
    counter: Counter[Named] = Counter()
    for key, tally in found.items():
        named = namer(key)
        if named is not None:
            counter[named] += tally.cases
    return counter
