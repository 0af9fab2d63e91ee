"""The year: every metric of a profile month by month, and the months pooled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, Rate, period_so_far
from casetracker.stats.counting import Question
from casetracker.stats.figures import rates_of
from casetracker.stats.monthly import profile_named
from casetracker.stats.pooling import pooled, whole


@dataclass(frozen=True, slots=True)
class AnnualTable:
    """Twelve months of a year as they stand at `as_of`; `total` pools them."""

    year: int
    profile: Profile
    as_of: datetime
    months: tuple[tuple[str, Mapping[str, Rate]], ...]
    total: Mapping[str, Rate]


def annual_table(
    session: Session, scope: Scope, now: datetime, *, year: int, profile: str | None = None
) -> AnnualTable:
    """The year's figures seen by a scope, always live; months to come are empty.

    The months are the profile's own periods. Raises InvalidInput for an unknown profile.
    Source: docs/rules/rates.md.
    """
    chosen = profile_named(profile)
    months = [f"{year:04d}-{number:02d}" for number in range(1, 13)]
    windows = [period_so_far(chosen, month, now) for month in months]
    found: list[dict[str, Rate]] = [{} for _ in months]
    cells = rates_of(session, Question(chosen, windows, None, scope, now))
    for (place, _, code), rate in cells.items():
        found[place][code] = rate
    by_month = [whole(chosen, rates, None) for rates in found]
    total = whole(chosen, pooled(chosen, found), None)
    return AnnualTable(year, chosen, now, tuple(zip(months, by_month, strict=True)), total)
