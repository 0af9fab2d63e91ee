"""The monthly table: every metric of a profile by unit, channel, category or track, and in all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import (
    PROFILES,
    Profile,
    Rate,
    period_so_far,
    previous_month,
    same_month_last_year,
)
from casetracker.domain.vocabulary import Channel, Track
from casetracker.labels import label
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.stats.counting import DIMENSIONS, Question
from casetracker.stats.figures import rates_of
from casetracker.stats.groups import counts_of_groups, group_of
from casetracker.stats.pooling import pooled, whole
from casetracker.stats.summing import Cell

NOBODY = "未派单"
UNSORTED = "未分类"
DEFAULT_PROFILE = "WUHAN_DEFAULT"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `key` is a code, None where there is none yet; metrics by code."""

    key: str | None
    label: str
    metrics: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class MonthlyTable:
    """The figures of one month as they stand at `as_of`; `total` pools all rows.

    `previous` and `last_year` are the totals of the month before (环比) and of the same month last
    year (同比).
    """

    month: str
    profile: Profile
    as_of: datetime
    by: str
    rows: tuple[Row, ...]
    total: Row
    previous: Mapping[str, Rate]
    last_year: Mapping[str, Rate]


def profile_named(code: str | None) -> Profile:
    """Raises InvalidInput for an unknown profile."""
    try:
        return PROFILES[code or DEFAULT_PROFILE]
    except KeyError:
        raise InvalidInput({"profile": "unknown_profile"}) from None


def monthly_table(
    session: Session, scope: Scope, now: datetime, *, month: str,
    profile: str | None = None, by: str = "unit",
) -> MonthlyTable:  # fmt: skip
    """The month's figures seen by a scope, always live, and the months it is compared with.

    `month` is YYYY-MM in Asia/Shanghai. Raises InvalidInput for a bad month, profile or `by`.
    Source: docs/rules/rates.md.
    """
    chosen = profile_named(profile)
    if by not in DIMENSIONS:
        raise InvalidInput({"by": "unknown_dimension"})
    window, *compared = (
        period_so_far(chosen, each, now)
        for each in (month, previous_month(month), same_month_last_year(month))
    )
    question = Question(chosen, [window], by, scope, now, compared)
    [(rows, total)], (previous, last_year) = tables_of(session, question)
    return MonthlyTable(month, chosen, now, by, rows, total, previous, last_year)


Lines = tuple[tuple[Row, ...], Row]
"""The rows of a window and all of them pooled."""


def tables_of(session: Session, question: Question) -> tuple[list[Lines], list[Mapping[str, Rate]]]:
    """The table of each window of the question, and the totals of those that it compares with."""
    assert question.by is not None, "a table has rows"
    cells = rates_of(session, question)
    ref, profile, count = reference(session), question.profile, len(question.windows)
    tables = []
    for place in range(count):
        by_key: dict[Any, dict[str, Rate]] = {}
        for (at, key, code), rate in cells.items():
            if at == place:
                by_key.setdefault(key, {})[code] = rate
        total = Row(None, "合计", whole(profile, pooled(profile, by_key.values()), None))
        tables.append((_rows(profile, ref, question.by, by_key), total))
    compared = range(count, count + len(question.compared))
    return tables, _totals(profile, cells, compared)


def _rows(
    profile: Profile, ref: Reference, by: str, by_key: Mapping[Any, Mapping[str, Rate]]
) -> tuple[Row, ...]:
    counts = counts_of_groups(profile, ref, by, by_key)
    rows = [
        Row(*row_name(ref, by, key), whole(profile, found, counts[group_of(ref, by, key)]))
        for key, found in by_key.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.key is None, row.key or "")))


def totals_of(
    session: Session, scope: Scope, now: datetime, *, months: list[str], profile: str | None = None
) -> list[Mapping[str, Rate]]:
    """The pooled figures of months, all in one statement."""
    chosen = profile_named(profile)
    windows = [period_so_far(chosen, month, now) for month in months]
    cells = rates_of(session, Question(chosen, windows, None, scope, now))
    return _totals(chosen, cells, range(len(months)))


def _totals(
    profile: Profile, cells: Mapping[Cell, Rate], places: Iterable[int]
) -> list[Mapping[str, Rate]]:
    """The whole figures of the windows at these places, which have no rows."""
    return [
        whole(profile, {code: rate for (at, _, code), rate in cells.items() if at == place}, None)
        for place in places
    ]


def row_name(ref: Reference, by: str, key: Any) -> tuple[str | None, str]:
    """The code and the Chinese name of a row's key."""
    if by == "unit":
        unit = ref.units.get(key)
        return (unit.code, unit.name) if unit else (None, NOBODY)
    if by == "category":
        category = ref.categories.get(key)
        return (category.code, category.full_name) if category else (None, UNSORTED)
    member = Channel(key) if by == "channel" else Track(key)
    return str(member.value), label(member)
