"""The year: every metric of a profile month by month, and the months together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, Rate
from casetracker.domain.vocabulary import Aggregation
from casetracker.persistence.queries.reference import reference
from casetracker.stats.monthly import asked_of
from casetracker.stats.pooling import pooled, total_of
from casetracker.stats.tables import Found, Reading, found_in


@dataclass(frozen=True, slots=True)
class AnnualTable:
    """Twelve months of a year as they stand at `as_of`, each by the definitions that hold for it.

    `profiles` are those of the months, `profile` that of December; `total` is made of the sums.
    """

    year: int
    profile: Profile
    as_of: datetime
    months: tuple[tuple[str, Mapping[str, Rate]], ...]
    profiles: tuple[Profile, ...]
    total: Mapping[str, Rate]


def annual_table(
    session: Session, scope: Scope, now: datetime, *, year: int, profile: str | None = None
) -> AnnualTable:
    """The year's figures seen by a scope, always live; months to come are empty.

    The months are the profile's own periods. Raises InvalidInput for an unknown profile.
    Source: docs/rules/rates.md.
    """
    profiles = reference(session).profiles
    names = [f"{year:04d}-{number:02d}" for number in range(1, 13)]
    asked = [asked_of(profiles.chosen(profile, name), name, now) for name in names]
    means = any(one.profile.aggregation is Aggregation.MEAN for one in asked)
    found, _ = found_in(session, Reading(scope, now, "unit" if means else None), asked)
    totals = [total_of(one.profile, parts) for one, parts in zip(asked, found, strict=True)]
    last = asked[-1].profile
    return AnnualTable(
        year,
        last,
        now,
        tuple(zip(names, totals, strict=True)),
        tuple(one.profile for one in asked),
        total_of(last, _over_the_year(last, found)),
    )


def _over_the_year(profile: Profile, months: list[Found]) -> Found:
    """The sums of each key over all months."""
    keys: dict[Any, None] = dict.fromkeys(key for found in months for key in found)
    return {key: pooled(profile, (found[key] for found in months if key in found)) for key in keys}
