"""How many cases and persons came in, by anything a case carries: the `received` of a profile.

The same definition as the metric of that name, so that every breakdown adds up to it.
Source: docs/rules/rates.md W1, X1; docs/rules/reports.md 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, Window
from casetracker.persistence.case import Case
from casetracker.persistence.local_time import local_month
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import condition
from casetracker.stats.counting import Question
from casetracker.stats.placing import lies_in_any, place_of
from casetracker.stats.rollup.reading import is_kept, kept_cells


class Tally(NamedTuple):
    """件次 and 人次."""

    cases: int = 0
    persons: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """What a profile counts as received, as far as a scope sees it at a moment."""

    profile: Profile
    scope: Scope
    as_of: datetime

    def condition(self, session: Session, windows: Sequence[Window]) -> ColumnElement[bool]:
        """A case is counted in one of the windows; excluded ones are not."""
        metric = self.profile.metric("received")
        excluded = and_(
            Case.excluded.is_not(None), Case.excluded.in_(sorted(self.profile.exclusions))
        )
        return and_(
            lies_in_any(session, [metric.window], windows),
            condition(self.profile.population, self.as_of),
            condition(metric.base, self.as_of),
            ~excluded,
            visible(self.scope),
        )


def tallies(
    session: Session, received: Received, windows: Sequence[Window], column: Any = None
) -> list[Mapping[Any, Tally]]:
    """For each window what came in, by the values of a column; without one under None."""
    key = (literal(None) if column is None else column).label("key")
    found: list[dict[Any, Tally]] = [{} for _ in windows]
    rows = session.execute(
        select(place_of("received_at", windows), key, func.count(Case.id), func.sum(Case.persons))
        .where(received.condition(session, windows))
        .group_by("received_at_place", "key")
    )
    for at, value, cases, persons in rows:
        found[at][value] = Tally(cases, int(persons or 0))
    return list(found)


def counts_by_category_and_month(
    session: Session, received: Received, months: Mapping[str, Window]
) -> dict[tuple[int | None, str], int]:
    """How many cases came in by category, in each of these calendar months or parts of them.

    From kept sums where they hold a month, else counted: many years are much to read.
    """
    found = _kept_by_month(session, received, months)
    rest = [window for month, window in months.items() if month not in found]
    counts = {(key, month): count for month, of in found.items() for key, count in of.items()}
    return counts | _counted_by_month(session, received, rest) if rest else counts


def _kept_by_month(
    session: Session, received: Received, months: Mapping[str, Window]
) -> Mapping[str, Mapping[int | None, int]]:
    """Those of the months that kept sums tell, by category; none before there are any."""
    question = Question(
        received.profile, [], "category", received.scope, received.as_of, codes=("received",)
    )
    whole = [month for month, window in months.items() if is_kept(question, window)]
    asked = replace(question, windows=[months[month] for month in whole])
    kept = kept_cells(session, asked) if whole else None
    if kept is None:
        return {}
    found: dict[str, dict[int | None, int]] = {month: {} for month in whole}
    for (at, key, _), rate in kept.rates(received.profile).items():
        if rate.numerator:
            found[whole[at]][key] = int(rate.numerator)
    return found


def _counted_by_month(
    session: Session, received: Received, windows: Sequence[Window]
) -> dict[tuple[int | None, str], int]:
    month = local_month(Case.received_at).label("month")
    rows = session.execute(
        select(Case.category_id, month, func.count())
        .where(received.condition(session, windows))
        .group_by(Case.category_id, "month")
    )
    return {(category_id, of_month): count for category_id, of_month, count in rows}


def whole_of(parts: Mapping[Any, Tally]) -> Tally:
    """All of them together."""
    return Tally(sum(one.cases for one in parts.values()), sum(o.persons for o in parts.values()))
