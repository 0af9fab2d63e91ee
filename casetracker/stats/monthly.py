"""The monthly table: every metric of a profile line by line, and in all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import (
    Profile,
    period_so_far,
    previous_month,
    same_month_last_year,
)
from casetracker.persistence.queries.reference import reference
from casetracker.stats.published import Told, told
from casetracker.stats.tables import Asked, Reading, Row


@dataclass(frozen=True, slots=True)
class MonthlyTable:
    """The figures of one month as they stand at `as_of`; `total` is that of all rows.

    `previous` is the month before (环比) and `last_year` the same month last year (同比): what was
    published of it, or its figures now, by the definitions that held for it (`compared`).
    `frozen_version` is that of the definitions by which the month itself was frozen.
    """

    month: str
    profile: Profile
    as_of: datetime
    by: str
    rows: tuple[Row, ...]
    total: Row
    previous: Told
    last_year: Told
    compared: tuple[Profile, Profile]
    frozen_version: str | None


def monthly_table(
    session: Session, scope: Scope, now: datetime, *, month: str,
    profile: str | None = None, by: str = "unit",
) -> MonthlyTable:  # fmt: skip
    """The month's figures seen by a scope, always live, and what they are compared with.

    `month` is YYYY-MM in Asia/Shanghai. Raises InvalidInput for a bad month, profile or `by`.
    Source: docs/rules/rates.md.
    """
    profiles = reference(session).profiles
    months = (month, previous_month(month), same_month_last_year(month))
    asked = [asked_of(profiles.chosen(profile, each), each, now) for each in months]
    [own], _, (previous, last_year) = told(
        session, Reading(scope, now, by), asked[:1], totals=asked[1:]
    )
    compared = (asked[1].profile, asked[2].profile)
    return MonthlyTable(
        month, asked[0].profile, now, by, own.rows, own.total_row, previous, last_year, compared,
        own.state.version if own.state else None,
    )  # fmt: skip


def totals_of(
    session: Session, scope: Scope, now: datetime, *, months: list[str], profile: str | None = None
) -> list[Told]:
    """Each month as a whole by the definitions that hold for it, as it was published or is now.

    One statement for all months that are counted by the same ones. Raises InvalidInput.
    """
    profiles = reference(session).profiles
    asked = [asked_of(profiles.chosen(profile, month), month, now) for month in months]
    return told(session, Reading(scope, now, None), [], totals=asked).totals


def asked_of(profile: Profile, month: str, now: datetime) -> Asked:
    """The month as far as it is counted at that moment. Raises InvalidInput for a bad month."""
    return Asked(profile, period_so_far(profile, month, now))
