"""The monthly table: every metric of a profile line by line, and in all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import (
    Profile,
    Rate,
    period_so_far,
    previous_month,
    same_month_last_year,
)
from casetracker.persistence.queries.reference import reference
from casetracker.stats.tables import Asked, Reading, Row, tables_of


@dataclass(frozen=True, slots=True)
class MonthlyTable:
    """The figures of one month as they stand at `as_of`; `total` is that of all rows.

    `previous` and `last_year` are the totals of the month before (环比) and of the same month last
    year (同比), each by the definitions that held for it (`compared`).
    """

    month: str
    profile: Profile
    as_of: datetime
    by: str
    rows: tuple[Row, ...]
    total: Row
    previous: Mapping[str, Rate]
    last_year: Mapping[str, Rate]
    compared: tuple[Profile, Profile]


def monthly_table(
    session: Session, scope: Scope, now: datetime, *, month: str,
    profile: str | None = None, by: str = "unit",
) -> MonthlyTable:  # fmt: skip
    """The month's figures seen by a scope, always live, and the months it is compared with.

    `month` is YYYY-MM in Asia/Shanghai. Raises InvalidInput for a bad month, profile or `by`.
    Source: docs/rules/rates.md.
    """
    profiles = reference(session).profiles
    months = (month, previous_month(month), same_month_last_year(month))
    asked = [asked_of(profiles.chosen(profile, each), each, now) for each in months]
    [(rows, total)], (previous, last_year) = tables_of(
        session, Reading(scope, now, by), asked[:1], asked[1:]
    )
    compared = (asked[1].profile, asked[2].profile)
    return MonthlyTable(
        month, asked[0].profile, now, by, rows, total, previous, last_year, compared
    )


def totals_of(
    session: Session, scope: Scope, now: datetime, *, months: list[str], profile: str | None = None
) -> list[Mapping[str, Rate]]:
    """Each month as a whole by the definitions that hold for it.

    One statement for all months that are counted by the same ones. Raises InvalidInput.
    """
    profiles = reference(session).profiles
    asked = [asked_of(profiles.chosen(profile, month), month, now) for month in months]
    _, totals = tables_of(session, Reading(scope, now, None), [], asked)
    return totals


def asked_of(profile: Profile, month: str, now: datetime) -> Asked:
    """The month as far as it is counted at that moment. Raises InvalidInput for a bad month."""
    return Asked(profile, period_so_far(profile, month, now))
