"""How many cases and persons came in, by anything a case carries: the `received` of a profile.

The same definition as the metric of that name, so that every breakdown adds up to it.
Source: docs/rules/rates.md W1, X1; docs/rules/reports.md 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, literal, select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, Window
from casetracker.persistence.case import Case
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import condition
from casetracker.stats.placing import lies_in_any, place_of


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
    place = place_of("received_at", windows)
    rows = session.execute(
        select(place, key, func.count(Case.id), func.sum(Case.persons))
        .where(received.condition(session, windows))
        .group_by("received_at_place", "key")
    )
    found: list[dict[Any, Tally]] = [{} for _ in windows]
    for at, value, cases, persons in rows:
        found[at][value] = Tally(cases, int(persons or 0))
    return list(found)


def whole_of(parts: Mapping[Any, Tally]) -> Tally:
    """All of them together."""
    return Tally(sum(one.cases for one in parts.values()), sum(o.persons for o in parts.values()))
