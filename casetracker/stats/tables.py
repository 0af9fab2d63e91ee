"""Tables of figures: for each window its rows and their total, by the definitions that hold.

Source: docs/rules/rates.md §1, §9.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, Rate, Window
from casetracker.domain.vocabulary import Aggregation, Dimension
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.stats.counting import Question
from casetracker.stats.figures import rates_of
from casetracker.stats.groups import counts_of_groups, group_of
from casetracker.stats.pooling import pooled, total_of, whole
from casetracker.stats.rows import counted_by, row_key, row_name, row_order

TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `key` is a code, None where there is none yet; metrics by code."""

    key: str | None
    label: str
    metrics: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads at which moment, and what the lines are; None for totals alone.

    `codes` are the metrics that are wanted, None for all; others have no cases.
    """

    scope: Scope
    as_of: datetime
    by: str | None
    codes: Collection[str] | None = None


class Asked(NamedTuple):
    """A window of time and the definitions that hold for it."""

    profile: Profile
    window: Window


Lines = tuple[tuple[Row, ...], Row]
"""The rows of a window and their total."""

Found = Mapping[Any, Mapping[str, Rate]]
"""The figures of a window by the key of the row."""


def tables_of(
    session: Session, reading: Reading, asked: Sequence[Asked], compared: Sequence[Asked] = ()
) -> tuple[list[Lines], list[Mapping[str, Rate]]]:
    """The table of each window asked for, and the totals of those that it is compared with."""
    ref, everything = reference(session), [*asked, *compared]
    rows, others = found_in(session, reading, asked, compared)
    parts = _parts_of_totals(session, reading, everything, [*rows, *others])
    totals = [total_of(one.profile, part) for one, part in zip(everything, parts, strict=True)]
    tables = [
        (_rows(one.profile, ref, reading.by, found), Row(None, TOTAL, total))
        for one, found, total in zip(asked, rows, totals, strict=False)
    ]
    return tables, totals[len(asked) :]


def found_in(
    session: Session, reading: Reading, asked: Sequence[Asked], compared: Sequence[Asked] = ()
) -> tuple[list[Found], list[Found]]:
    """The figures of each window by key, and as a whole those of the windows compared.

    One statement for all windows of the same definitions.
    """
    ref, by = reference(session), reading.by
    found: dict[tuple[bool, int], Found] = {}
    for profile in dict.fromkeys(one.profile for one in (*asked, *compared)):
        here, there = _places(profile, asked), _places(profile, compared)
        question = Question(
            profile,
            [asked[place].window for place in here],
            counted_by(by) if here and by else None,
            reading.scope,
            reading.as_of,
            [compared[place].window for place in there],
            reading.codes,
        )
        names = [(True, place) for place in here] + [(False, place) for place in there]
        found |= zip(names, _by_window(session, question, len(names)), strict=True)
    return (
        [_in_rows(ref, one, by, found[True, at]) for at, one in enumerate(asked)],
        [found[False, place] for place in range(len(compared))],
    )


def _places(profile: Profile, asked: Sequence[Asked]) -> list[int]:
    return [place for place, one in enumerate(asked) if one.profile == profile]


def _by_window(session: Session, question: Question, count: int) -> list[Found]:
    found: list[dict[Any, dict[str, Rate]]] = [{} for _ in range(count)]
    for (place, key, code), rate in rates_of(session, question).items():
        found[place].setdefault(key, {})[code] = rate
    return list(found)


def _in_rows(ref: Reference, asked: Asked, by: str | None, found: Found) -> Found:
    """As counted, or put together where a row holds several of what cases are counted by."""
    if by is None or counted_by(by) == by:
        return found
    rows: dict[Any, list[Mapping[str, Rate]]] = {}
    for kept, rates in found.items():
        rows.setdefault(row_key(ref, by, kept), []).append(rates)
    return {key: pooled(asked.profile, parts) for key, parts in rows.items()}


def _parts_of_totals(
    session: Session, reading: Reading, everything: Sequence[Asked], found: Sequence[Found]
) -> Sequence[Found]:
    """What the totals are made of: of a mean the units, whatever the lines are."""
    means = [one.profile.aggregation is Aggregation.MEAN for one in everything]
    if not any(means):
        return found
    units, _ = found_in(session, replace(reading, by=Dimension.UNIT), everything)
    return [
        by_unit if is_mean else given
        for is_mean, by_unit, given in zip(means, units, found, strict=True)
    ]


def _rows(profile: Profile, ref: Reference, by: str | None, found: Found) -> tuple[Row, ...]:
    if by is None:
        return ()
    counts = counts_of_groups(profile, ref, by, found)
    rows: Iterable[Row] = (
        Row(*row_name(ref, by, key), whole(profile, rates, counts[group_of(ref, by, key)]))
        for key, rates in found.items()
    )
    return tuple(sorted(rows, key=lambda row: row_order(by, row.key)))
