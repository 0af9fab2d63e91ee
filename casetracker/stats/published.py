"""Months as they were published: what another month is compared with, where it was frozen.

People compare with what was printed, not with what became of it since. A month that was frozen
under the profile asked for is told by the figures of its last correction, or else by those that
were frozen; every other one is counted now. Frozen figures are those of the whole street: whoever
sees a part of it has live ones. Source: docs/rules/rates.md 10.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from casetracker.domain.frozen.plain_rates import rate_from_plain
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, Rate, rate_of, whole_month
from casetracker.domain.vocabulary import Basis, Dimension
from casetracker.persistence.queries.frozen_months import (
    AS_FROZEN,
    PublishedState,
    kept_tables,
    published_states,
)
from casetracker.stats.remembering import Remembered
from casetracker.stats.tables import TOTAL, Asked, Lines, Reading, Row, tables_of

REMEMBERED = 64
"""Totals that a process remembers: what is kept never changes, and is large to unpack."""

RECEIVED = "received"
Rates = Mapping[str, Rate]

_totals: Remembered[Rates] = Remembered(REMEMBERED)


class Told(NamedTuple):
    """A window with its total and, where they were asked for, its rows; `basis` says of when.

    `state` is how its month was published, None where it was not.
    """

    rows: tuple[Row, ...]
    total: Rates
    basis: Basis = Basis.LIVE
    state: PublishedState | None = None

    @property
    def total_row(self) -> Row:
        """The last line of its table."""
        return Row(None, TOTAL, self.total)


class AllTold(NamedTuple):
    """What was asked for as it is now, and what that is compared with."""

    now: list[Told]
    before: list[Told]
    totals: list[Told]


def told(
    session: Session,
    reading: Reading,
    now: Sequence[Asked],
    before: Sequence[Asked] = (),
    totals: Sequence[Asked] = (),
) -> AllTold:
    """The windows of `now` as they stand; of the others what was published, or else as they stand.

    Those of `totals` as a whole, without rows.
    """
    states = _states(session, reading.scope, (*now, *before, *totals))
    kept = partial(_kept, session, states)
    counted, whole = tables_of(
        session,
        reading,
        [*now, *(one for one in before if _state(states, one) is None)],
        [one for one in totals if _state(states, one) is None],
    )
    lines, sums = iter(counted), iter(whole)
    return AllTold(
        [_live(next(lines), _state(states, one)) for one in now],
        [kept(one, reading.by) or _live(next(lines)) for one in before],
        [kept(one, None) or Told((), next(sums)) for one in totals],
    )


States = Mapping[tuple[str, str], PublishedState]


def _states(session: Session, scope: Scope, asked: Sequence[Asked]) -> States:
    months = {month for one in asked if (month := whole_month(*one))}
    return published_states(session, months) if months and scope.sees_the_street else {}


def _state(states: States, asked: Asked) -> PublishedState | None:
    month = whole_month(*asked) if states else None
    return states.get((month, asked.profile.code)) if month else None


def _live(lines: Lines, state: PublishedState | None = None) -> Told:
    rows, total = lines
    return Told(rows, total.metrics, state=state)


def _kept(session: Session, states: States, asked: Asked, by: str | None) -> Told | None:
    """None where it was not published."""
    state = _state(states, asked)
    if state is None:
        return None
    basis = Basis.FROZEN if state.number == AS_FROZEN else Basis.CORRECTED
    rows = _rows(session, asked.profile, state, by) if by else ()
    return Told(rows, _total(session, asked.profile, state), basis, state)


def _total(session: Session, profile: Profile, state: PublishedState) -> Rates:
    key = (state, profile.version)
    found = _totals.recall(key)
    if found is None:
        found = _rates(profile, _table(session, state, Dimension.UNIT)["total"])
        _totals.keep(key, found)
    return found


def received_in_rows(session: Session, of: Told, by: str) -> Mapping[str | None, int]:
    """What was received of the rows of a published month that have any, by their codes."""
    assert of.state is not None, "it was published"
    rows = _table(session, of.state, by)["rows"]
    counts = ((row["key"], int(row["metrics"][RECEIVED]["numerator"])) for row in rows)
    return {key: count for key, count in counts if count}


def _rows(session: Session, profile: Profile, state: PublishedState, by: str) -> tuple[Row, ...]:
    rows = _table(session, state, by)["rows"]
    return tuple(Row(row["key"], row["label"], _rates(profile, row)) for row in rows)


def _table(session: Session, state: PublishedState, by: str) -> Mapping[str, Any]:
    tables = kept_tables(session, state.month, state.profile, state.number)
    assert tables is not None, "its state was found"
    table: Mapping[str, Any] = tables[by]
    return table


def _rates(profile: Profile, line: Mapping[str, Any]) -> Rates:
    """As they were kept; a metric that its definitions did not have yet is empty."""
    kept = {code: rate_from_plain(plain) for code, plain in line["metrics"].items()}
    empty = {
        metric.code: rate_of(metric, numerator=Fraction(0), denominator=0, excluded={})
        for metric in profile.metrics
        if metric.code not in kept
    }
    return {**kept, **empty}
